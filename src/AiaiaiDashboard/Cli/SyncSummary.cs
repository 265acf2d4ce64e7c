using System.Text;
using AiaiaiDashboard.Core;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Cli;

/// <summary>What a sync did, for people.</summary>
internal static class SyncSummary
{
    private const string Spaces = "                    ";

    /// <summary>Writes one line per step, then the outcome.</summary>
    public static void Write(TextWriter output, SyncStatus status)
    {
        var text = new StringBuilder();
        foreach (SyncStepStatus step in status.Steps)
        {
            text.Append(step.Name).Append(Fill(step.Name, 9)).Append("  ").Append(step.Status).Append(Fill(step.Status, 7));
            Right(text, PlainNumber.Grouped(step.Items), 9);
            Right(text, Seconds(step.DurationMs), 8);
            text.Append(step.Error is null ? "" : $"  {Printable(step.Error)}").Append('\n');
        }

        output.Write(text.Append("Sync: ").Append(status.Status).Append(" in ").Append(Seconds(status.DurationMs)).Append('\n').ToString());
    }

    private static void Right(StringBuilder text, string value, int width) => text.Append("  ").Append(Fill(value, width)).Append(value);

    // By hand: what the framework fills columns with is compiled when the program runs.
    private static string Fill(string text, int width) => text.Length < width ? Spaces[..(width - text.Length)] : "";

    private static string Seconds(long milliseconds)
    {
        long hundredths = (milliseconds + 5) / 10;
        string rest = PlainNumber.Text(hundredths % 100);
        return string.Concat(PlainNumber.Text(hundredths / 100), rest.Length < 2 ? ".0" : ".", rest, " s");
    }

    // Reasons quote file names and contents: control characters must not reach the terminal.
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
