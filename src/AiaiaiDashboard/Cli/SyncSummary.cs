using System.Globalization;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Cli;

/// <summary>What a sync did, for people.</summary>
internal static class SyncSummary
{
    /// <summary>Writes one line per step, then the outcome.</summary>
    public static void Write(TextWriter output, SyncStatus status)
    {
        foreach (SyncStepStatus step in status.Steps)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{step.Name,-9}  {step.Status,-7}  {step.Items,9:N0}  {Seconds(step.DurationMs),8}"));
            output.Write(step.Error is null ? "\n" : $"  {Printable(step.Error)}\n");
        }

        output.Write($"Sync: {status.Status} in {Seconds(status.DurationMs)}\n");
    }

    private static string Seconds(long milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000.0:0.00} s");

    // Reasons quote file names and contents: control characters must not reach the terminal.
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
