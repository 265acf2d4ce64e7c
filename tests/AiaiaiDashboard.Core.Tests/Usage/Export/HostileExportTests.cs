using System.Text;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.Export;
using AiaiaiDashboard.Tests.Shared;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace AiaiaiDashboard.Core.Tests.Usage.Export;

/// <summary>What leaves the program as a file or a text to paste, with hostile names in it.</summary>
public sealed class HostileExportTests
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    public static IEnumerable<object[]> Texts => HostileTexts.Cases;

    private static UsageRow Row(string text) => new()
    {
        Date = Today,
        Project = text,
        Session = text,
        Model = text,
        Source = UsageSource.ClaudeCode,
        Calls = 1,
        TokensIn = 1,
        Cost = 2,
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task UsageCsv_HostileNames_AreFieldsAndNoFormulas(string text)
    {
        var rows = new StringWriter();
        await UsageCsv.WriteRowsAsync(rows, [Row(text), Row("plain")]);
        var answer = new StringWriter();
        var query = new UsageQuery([UsageGrouping.Project, UsageGrouping.Model], Today, Today, null);
        UsageCsv.WriteAnswer(answer, new UsageReadModel([Row(text), Row("plain")], Today).Query(query), query);

        foreach (string csv in (string[])[rows.ToString(), answer.ToString()])
        {
            List<List<string>> records = Records(csv);
            Assert.Equal(3, records.Count);
            Assert.All(records, record => Assert.Equal(records[0].Count, record.Count));
            Assert.Contains(records.SelectMany(r => r), field => field == text || field == "'" + text);
            Assert.All(records.SelectMany(r => r), field => Assert.False(IsFormula(field), field));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Digest_HostileNames_AreTextInMarkdown(string text)
    {
        UsageReadModel usage = new([Row(text), Row("plain")], Today);

        string markdown = Digest.Write(
            new DigestSource
            {
                Figures = AnalyticsCalculator.Compute(usage, new AlertsConfig(), Today, TimeZoneInfo.Utc, []),
                Usage = usage,
                Alerts = [new ActiveAlert { Key = "x", Type = AlertType.Project, Level = text, Message = text, Since = Today }],
                Quality = [new QualityMove(text, text, 70, 72.5m, "%")],
                NameOf = id => id,
            },
            Today.AddDays(-6),
            Today);

        MarkdownDocument parsed = Markdown.Parse(markdown, new MarkdownPipelineBuilder().UsePipeTables().UseEmphasisExtras().Build());
        Assert.Empty(parsed.Descendants<HtmlBlock>());
        Assert.Empty(parsed.Descendants<HtmlInline>());
        Assert.Empty(parsed.Descendants<HtmlEntityInline>());
        Assert.Empty(parsed.Descendants<LinkInline>());
        Assert.Empty(parsed.Descendants<AutolinkInline>());
        Assert.Empty(parsed.Descendants<CodeInline>());
        Assert.Empty(parsed.Descendants<CodeBlock>());
        // The one emphasis is the digest's own sum.
        Assert.Single(parsed.Descendants<EmphasisInline>());
        Assert.Equal(2, parsed.Descendants<Table>().Count());
        Assert.All(parsed.Descendants<Table>(), table => Assert.Equal(3, table.Count));
        Assert.All(parsed.Descendants<Table>().SelectMany(t => t).OfType<TableRow>(), row => Assert.Equal(((Table)row.Parent!).ColumnDefinitions.Count(c => c is not null), row.Count));
        Assert.Equal(5, parsed.OfType<HeadingBlock>().Count());
        Assert.Equal(2, parsed.OfType<ListBlock>().Sum(l => l.Count));
    }

    private static bool IsFormula(string field) =>
        field.TrimStart(' ', '\t', '\r', '\n', '\0') is { Length: > 0 } start && start[0] is '=' or '+' or '-' or '@' or '\uFF1D' or '\uFF0B' or '\uFF0D' or '\uFF20';

    // By RFC 4180. A spreadsheet of another country also divides at ';': there such a field has quotes.
    private static List<List<string>> Records(string csv)
    {
        List<List<string>> records = [];
        List<string> record = [];
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < csv.Length; i++)
        {
            char c = csv[i];
            if (quoted)
            {
                if (c == '"' && i + 1 < csv.Length && csv[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    field.Append(c);
                }
            }
            else if (c == '"')
            {
                Assert.Equal(0, field.Length);
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                record.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    records.Add(record);
                    record = [];
                }
            }
            else if (c != '\r')
            {
                Assert.NotEqual(';', c);
                field.Append(c);
            }
        }

        return records;
    }
}
