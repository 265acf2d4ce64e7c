using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AiaiaiDashboard.Core.Projects.Planning;

/// <summary>
/// Reads checkboxes and phases of a Markdown document. The style it is made for:
/// <code>
/// ## Phases
/// - [x] **Phase 1: Storage** - Atomic files            a phase's own checkbox: no task, but it says whether the phase is done
/// ### Phase 1: Storage
/// - [x] 01-01: Documents                               a task of the phase
/// | 1. Storage | 3/3 | Complete | 2026-07-15 |         a row of the status table: counts where the phase lists no task
/// </code>
/// In a document without such phases every heading with tasks below it is one.
/// </summary>
internal static partial class RoadmapReader
{
    /// <summary>Most phases; later ones count for the totals only.</summary>
    public const int MaxPhases = 100;

    private const int MaxTitle = 100;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseTaskLists().DisableHtml().Build();

    /// <summary>Reads it; null where it holds neither a task nor a phase.</summary>
    /// <exception cref="ArgumentException">Nested too deeply.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Roadmap? Read(string file, string text, CancellationToken cancel)
    {
        MarkdownDocument document = Markdown.Parse(WithoutFolds(text.TrimStart('\uFEFF')), Pipeline);
        var collector = new RoadmapCollector();
        foreach (Block block in document.Descendants<Block>())
        {
            cancel.ThrowIfCancellationRequested();
            switch (block)
            {
                case HeadingBlock heading:
                    collector.Heading(heading.Level, TextOf(heading.Inline), PhaseKey(TextOf(heading.Inline)));
                    break;
                case ListItemBlock item when Task(item) is { } task:
                    string title = TextOf((item[0] as ParagraphBlock)!.Inline);
                    collector.Task(title, task.Checked, PhaseKey(title));
                    break;
                case TableRow { IsHeader: false } row:
                    Row(row, collector);
                    break;
            }
        }

        return collector.Result(file);
    }

    // "Phase 2.1: Sync" and "2. Sync" of a status table are one phase: the number is what they have in common.
    private static string? PhaseKey(string text) =>
        PhaseName().Match(text) is { Success: true } match ? match.Groups["number"].Value.TrimStart('0').PadLeft(1, '0') : null;

    private static TaskList? Task(ListItemBlock item) => (item.Count > 0 ? item[0] as ParagraphBlock : null)?.Inline?.FirstChild as TaskList;

    private static void Row(TableRow row, RoadmapCollector collector)
    {
        string[] cells = [.. row.OfType<TableCell>().Select(c => string.Join(' ', c.OfType<ParagraphBlock>().Select(p => TextOf(p.Inline))))];
        if (cells.Length < 2 || RowName().Match(cells[0]) is not { Success: true } name)
        {
            return;
        }

        Match count = cells.Skip(1).Select(c => Count().Match(c)).FirstOrDefault(m => m.Success) ?? Match.Empty;
        bool done = cells.Skip(1).Any(c => Finished().IsMatch(c));
        collector.Row(
            name.Groups["number"].Value.TrimStart('0').PadLeft(1, '0'),
            name.Groups["title"].Value,
            count.Success ? (int.Parse(count.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(count.Groups[2].ValueSpan, CultureInfo.InvariantCulture)) : null,
            done);
    }

    /// <summary>Text on one line, without marks, as it may be shown.</summary>
    internal static string Title(string text) => ProjectNames.OneLine(text, MaxTitle);

    private static string TextOf(ContainerInline? inline)
    {
        if (inline is null)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (Inline part in inline.Descendants())
        {
            _ = part switch
            {
                LiteralInline literal => text.Append(literal.Content.AsSpan()),
                CodeInline code => text.Append(code.Content),
                LineBreakInline => text.Append(' '),
                _ => text,
            };
        }

        return text.ToString().Trim();
    }

    // <details> makes everything up to the next blank line raw HTML; without its tags the list in it is a list.
    private static string WithoutFolds(string text) => FoldTag().Replace(text, "\n");

    [GeneratedRegex(@"^[ \t]*</?(?:details|summary)\b[^<>\n]{0,200}>(?:[^<\n]{0,300}</summary>)?[ \t]*\r?$", RegexOptions.Multiline | RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex FoldTag();

    [GeneratedRegex(@"^\W{0,4}(?:phase|milestone|stage|sprint)\s+(?<number>\d{1,4}(?:\.\d{1,3})?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PhaseName();

    [GeneratedRegex(@"^\W{0,4}(?:(?:phase|milestone|stage|sprint)\s+)?(?<number>\d{1,4}(?:\.\d{1,3})?)[.:)]?\s*[-:]?\s*(?<title>.{0,200})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RowName();

    [GeneratedRegex(@"^\s*(\d{1,4})\s*(?:/|of)\s*(\d{1,4})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Count();

    [GeneratedRegex(@"^\W{0,4}(?:complete|completed|done|shipped|finished)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Finished();
}
