using System.Text.RegularExpressions;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AiaiaiDashboard.Core.Projects.Planning;

/// <summary>A row of a status table: <c>| 2. Sync | 1/3 | In progress | - |</c>, the first column named Phase or beginning with its number.</summary>
internal static partial class StatusRow
{
    private const int MaxStatus = 60;

    /// <summary>Reads it; a row about something else is passed over.</summary>
    public static void Read(TableRow row, RoadmapCollector collector, Func<ContainerInline?, string> textOf)
    {
        string[] cells = Cells(row, textOf);
        if (cells.Length < 2 || PhaseName.OfRow(cells[0]) is not { } name)
        {
            return;
        }

        string[] heads = row.Parent is Table { Count: > 0 } table && table[0] is TableRow { IsHeader: true } head ? Cells(head, textOf) : [];
        int status = Array.FindIndex(heads, h => h.Equals("status", StringComparison.OrdinalIgnoreCase) || h.Equals("state", StringComparison.OrdinalIgnoreCase));
        // Rows are written with a cell too few now and then: the word counts wherever it stands, if it stands alone.
        bool done = status > 0 && status < cells.Length && Finished().IsMatch(cells[status])
            || cells.Skip(1).Any(c => c.Length <= MaxStatus && FinishedAlone().IsMatch(c));
        Match count = cells.Skip(1).Select(c => Count().Match(c)).FirstOrDefault(m => m.Success) ?? Match.Empty;
        (int Done, int Total)? plans = count.Success ? RoadmapReader.Counts(count) : null;
        bool isPlan = status > 0 && PhaseHead().IsMatch(heads[0]);
        collector.Row(name.Phase, name.Title, plans is { Total: 0 } ? null : plans, done, plans is not null || isPlan);
    }

    private static string[] Cells(TableRow row, Func<ContainerInline?, string> textOf) =>
        [.. row.OfType<TableCell>().Select(c => string.Join(' ', c.OfType<ParagraphBlock>().Select(p => textOf(p.Inline))))];

    // Not the beginning of a date such as 2026/07/15.
    [GeneratedRegex(@"^\s*(\d{1,4})\s*(?:/|of)\s*(\d{1,4})\b(?!\s*/)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    [GeneratedRegex(@"^\W{0,4}(?:complete|completed|done|shipped|finished)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Finished();

    [GeneratedRegex(@"^\W{0,4}(?:complete|completed|done|shipped|finished)\b[^A-Za-z]{0,30}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FinishedAlone();

    [GeneratedRegex(@"^\W{0,4}(?:phases?|milestones?|stages?|sprints?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PhaseHead();
}
