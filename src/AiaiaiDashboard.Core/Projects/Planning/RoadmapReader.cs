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
/// A phase is also done where its heading ends with a tick or "(Complete)", or its status line says so; one that was abandoned counts for nothing. In a document without such phases
/// every heading with tasks below it is one.
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
                    string headline = TextOf(heading.Inline);
                    PhaseName? phase = PhaseName.Of(headline);
                    collector.Heading(heading.Level, headline, phase);
                    if (phase is not null && DroppedHeading().IsMatch(headline))
                    {
                        collector.Dropped();
                    }
                    else if (phase is not null && FinishedHeading().IsMatch(headline))
                    {
                        collector.Finished();
                    }

                    break;
                case ListItemBlock item when IsDone(item) is { } done:
                    Item((ParagraphBlock)item[0], done, collector);
                    break;
                case ParagraphBlock { Parent: not (ListItemBlock or TableCell) } paragraph when StatusLine().IsMatch(TextOf(paragraph.Inline)):
                    collector.Finished();
                    break;
                case ListItemBlock { Count: > 0 } item when item[0] is ParagraphBlock line && StatusLine().IsMatch(TextOf(line.Inline)):
                    collector.Finished();
                    break;
                case TableRow { IsHeader: false } row:
                    StatusRow.Read(row, collector, TextOf);
                    break;
            }
        }

        return collector.Result(file);
    }

    // Whether the box of an item is ticked; null where it has none. "[~]" and "[/]" mean under way, a tick or a square stands before phases only.
    private static bool? IsDone(ListItemBlock item)
    {
        if ((item.Count > 0 ? item[0] as ParagraphBlock : null)?.Inline is not { FirstChild: { } first } inline)
        {
            return null;
        }

        string text = first is LiteralInline literal ? literal.Content.ToString() : "";
        return first is TaskList box ? box.Checked
            : text is ['[', ..] && TextOf(inline) is ['[', '~' or '/', ']', ' ', ..] ? false
            : Sign().Match(text) is { Success: true } sign && PhaseName.Of(TextOf(inline)) is not null ? sign.Groups["done"].Success
            : null;
    }

    private static void Item(ParagraphBlock paragraph, bool done, RoadmapCollector collector)
    {
        string text = TextOf(paragraph.Inline);
        text = text is ['[', '~' or '/', ']', ' ', ..] ? text[4..] : text;
        if (PhaseName.Of(text) is not { } phase)
        {
            collector.Task(text, done);
            return;
        }

        // What is bold is the name; the rest says what it is about, and perhaps how many plans are done.
        string name = paragraph.Inline?.OfType<EmphasisInline>().FirstOrDefault(e => e.DelimiterCount == 2) is { } bold && PhaseName.Of(TextOf(bold)) is { HasTitle: true } ? TextOf(bold) : text;
        (int Done, int Total)? plans = PlansOfItem().Match(text) is { Success: true } count ? Counts(count) : null;
        collector.Mark(name, done, phase, plans);
    }

    /// <summary>The two numbers of a match.</summary>
    internal static (int Done, int Total) Counts(Match match) =>
        (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));

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

    // Signs that stand for a box before the name of a phase.
    [GeneratedRegex(@"^\s*(?:(?<done>[\u2705\u2713\u2714\u2611])|[\u2610\u2B1C\u23F3]|\uD83D(?:\uDEA7|\uDD32|\uDFE1|\uDD04))", RegexOptions.CultureInvariant)]
    private static partial Regex Sign();

    [GeneratedRegex(@"\((\d{1,4})\s*/\s*(\d{1,4})(?:\s+(?:plans?|tasks?))?\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PlansOfItem();

    // "Phase 2: Sync (Complete)", "Phase 2: Sync - DONE 2026-07-15", "Phase 2 (tick): Sync"; not "Phase 2: Definition of done".
    [GeneratedRegex(@"[\u2705\u2713\u2714\u2611]|[-\u2013\u2014(\[]\s*(?:complete|completed|done|shipped|finished)\b[^A-Za-z]{0,30}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FinishedHeading();

    // "Phase 3.4: Graph (ABANDONED)"
    [GeneratedRegex(@"[-\u2013\u2014(\[]\s*(?:abandoned|cancell?ed|dropped|skipped|superseded|removed)\b[^A-Za-z]{0,30}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DroppedHeading();

    // "**Status**: Complete (2026-07-15)" on a line of its own, or among others that begin so.
    [GeneratedRegex(@"(?:^|\s)Status:\s*\W{0,4}(?:complete|completed|done|shipped|finished)\b(?!\s+(?:when|once|if|after|by|the)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex StatusLine();
}
