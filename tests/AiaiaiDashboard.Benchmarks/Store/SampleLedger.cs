using System.Buffers;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Benchmarks.Store;

/// <summary>Ledger rows of a busy year, the same in every run.</summary>
internal static class SampleLedger
{
    private const int DaysOfYear = 365;
    private const int RowsPerDay = 200;

    /// <summary>So many rows as the ledger writes them.</summary>
    public static byte[] Rows(int count)
    {
        var buffer = new ArrayBufferWriter<byte>();
        for (int i = 0; i < count; i++)
        {
            UsageRowJson.Write(buffer, Row(i));
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Writes one log of at least so many bytes; every tenth row supersedes an earlier one.</summary>
    public static void Write(JsonlLog log, long bytes) => log.Replace(stream =>
    {
        var buffer = new ArrayBufferWriter<byte>();
        for (int i = 0; stream.Length < bytes; i++)
        {
            UsageRowJson.Write(buffer, Row(i % 10 == 9 ? i - 5 : i));
            stream.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    });

    private static UsageRow Row(int number)
    {
        DateOnly day = new DateOnly(2026, 1, 1).AddDays(number / RowsPerDay % DaysOfYear);
        var at = new DateTimeOffset(day, new TimeOnly(number % 24, number % 60), TimeSpan.Zero);
        decimal cost = 0.00012345m * (1 + (number % 9973));
        return new UsageRow
        {
            Date = day,
            Project = $"project-{number % 37}",
            Session = $"{number:x8}-5f1c-4d7e-9a3b-{number * 2654435761L % 1_000_000_000_000L:x12}",
            Model = number % 3 == 0 ? "claude-opus-4-5" : "claude-sonnet-4-5",
            Source = UsageSource.ClaudeCode,
            Calls = 1 + (number % 90),
            TokensIn = number % 7919,
            TokensOut = 10L * number % 104_729,
            CacheWrite = 100L * number % 1_299_709,
            CacheWrite1h = 0,
            CacheRead = 1000L * number % 15_485_863,
            Cost = cost,
            FirstAt = at,
            LastAt = at.AddMinutes(37),
            Hours = new SortedDictionary<string, decimal>(StringComparer.Ordinal) { [$"{at.Hour:00}"] = cost },
        };
    }
}
