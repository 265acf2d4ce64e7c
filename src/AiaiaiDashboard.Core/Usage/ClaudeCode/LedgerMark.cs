using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>A number that changes when the ledger's transcript rows do, whatever their order.</summary>
internal static class LedgerMark
{
    /// <summary>The mark of the rows that come from transcripts.</summary>
    public static ulong Of(UsageLedger ledger)
    {
        ulong mark = 0;
        foreach (UsageRow row in ledger.Rows)
        {
            if (row.Source == UsageSource.ClaudeCode)
            {
                mark += Of(row);
            }
        }

        return mark;
    }

    private static ulong Of(UsageRow row)
    {
        ReadOnlySpan<ulong> facts =
        [
            (ulong)row.Date.DayNumber, Of(row.Project), Of(row.Session), Of(row.Model), (ulong)row.Calls, (ulong)row.TotalTokens,
        ];
        return XxHash3.HashToUInt64(MemoryMarshal.AsBytes(facts));
    }

    private static ulong Of(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));
}
