using System.IO.Hashing;

namespace AiaiaiDashboard.Benchmarks.Store;

/// <summary>
/// The key of a ledger line as 128 bits. The ledger writes the five parts of the key first and in one way, so that equal keys are equal bytes:
/// <c>{"date":"2026-11-23","project":"a","session":"b","model":"c","source":"d","calls":</c>...
/// </summary>
internal static class LedgerKeyReader
{
    public static UInt128 Read(ReadOnlySpan<byte> line)
    {
        int end = line.IndexOf(",\"calls\":"u8);
        return end > 0 && line.StartsWith("{\"date\":"u8) && line[^1] == (byte)'}'
            ? XxHash128.HashToUInt128(line[..end])
            : throw new FormatException("the key is not where the ledger writes it");
    }
}
