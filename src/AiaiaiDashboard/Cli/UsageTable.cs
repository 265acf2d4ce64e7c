using System.Globalization;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.Export;

namespace AiaiaiDashboard.Cli;

/// <summary>Answers of the ledger as a table for people.</summary>
internal static class UsageTable
{
    private static readonly string[] Counters = ["Calls", "Input", "Output", "Cache write", "Cache read", "Cost (USD)"];

    /// <summary>Aligned columns; numbers to the right, the total last.</summary>
    public static void WriteText(TextWriter output, UsageAnswer answer, UsageQuery query)
    {
        List<string[]> lines = Lines(answer, query, Printable);
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(c => lines.Max(l => l[c].Length))];
        foreach (string[] line in lines)
        {
            IEnumerable<string> cells = line.Select((cell, c) => c < query.By.Count ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]));
            output.Write(string.Join("  ", cells).TrimEnd());
            output.Write('\n');
        }

        if (answer.Total.Unpriced)
        {
            output.Write("* calls without a price are not in the cost.\n");
        }
    }

    /// <summary>A table in Markdown.</summary>
    public static void WriteMarkdown(TextWriter output, UsageAnswer answer, UsageQuery query)
    {
        List<string[]> lines = Lines(answer, query, t => Printable(t)
            .Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace("`", "\\`", StringComparison.Ordinal));
        for (int i = 0; i < lines.Count; i++)
        {
            output.Write($"| {string.Join(" | ", lines[i])} |\n");
            if (i == 0)
            {
                output.Write($"|{string.Concat(lines[0].Select((_, c) => c < query.By.Count ? " --- |" : " ---: |"))}\n");
            }
        }
    }

    private static List<string[]> Lines(UsageAnswer answer, UsageQuery query, Func<string, string> text)
    {
        List<string[]> lines = [[.. query.By.Select(Heading), .. Counters]];
        lines.AddRange(answer.Rows.Select(r => (string[])[.. r.Keys.Select(text), .. Numbers(r)]));
        lines.Add([.. query.By.Select((_, i) => i == 0 ? "Total" : ""), .. Numbers(answer.Total)]);
        return lines;
    }

    private static string Heading(UsageGrouping grouping)
    {
        string name = UsageAnswerJson.NameOf(grouping);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static string[] Numbers(UsageSum sum) =>
    [
        Whole(sum.Calls), Whole(sum.TokensIn), Whole(sum.TokensOut), Whole(sum.CacheWrite), Whole(sum.CacheRead),
        Usd(sum.Cost) + (sum.Unpriced ? "*" : ""),
    ];

    // Less than a cent is not nothing.
    private static string Usd(decimal cost) => cost is > 0 and < 0.01m ? "<0.01" : cost.ToString("N2", CultureInfo.InvariantCulture);

    private static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // Names come from transcripts: what would move the cursor or colour the terminal is shown as a question mark.
    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
