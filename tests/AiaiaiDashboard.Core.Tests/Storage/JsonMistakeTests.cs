using System.Text;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>What is said about files that cannot be read: every mistake, in own words, with its place.</summary>
public sealed class JsonMistakeTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_SeveralValuesOfAWrongTypeAndBrokenRules_NamesThemAll()
    {
        folder.Write(DataFiles.Alerts, """{"currency":"usd","globalBudget":"200","globalThresholds":[{"percent":"a"},{"percent":0},5],"perProjectLimits":{"x":-1,"y":[]}}""");

        IReadOnlyList<FileProblem> problems = new DocumentStore(folder.Data).Read(ConfigDocuments.Alerts).Problems;

        Assert.Equal(
            ["$.currency", "$.globalBudget", "$.globalThresholds[0].percent", "$.globalThresholds[1].percent", "$.globalThresholds[2]", "$.perProjectLimits.x", "$.perProjectLimits.y"],
            problems.Select(p => p.Location).Where(l => l is not null).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(problems, p => p.Message.StartsWith("\"200\" is not allowed here: expected a number", StringComparison.Ordinal));
        Assert.All(problems, p => Assert.Equal(DataFiles.Alerts, p.File));
    }

    [Fact]
    public void Read_ElementsOfAListOfAWrongType_NamesEachByItsOwnNumber()
    {
        folder.Write(DataFiles.Sources, """{"projects":{"roots":[1,"/a",{},"/b",true],"discoverFromUsage":"yes"}}""");

        IEnumerable<string?> places = new DocumentStore(folder.Data).Read(ConfigDocuments.Sources).Problems.Select(p => p.Location);

        Assert.Equal(["$.projects.discoverFromUsage", "$.projects.roots[0]", "$.projects.roots[2]", "$.projects.roots[4]"], places.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_ThousandsOfMistakes_NamesABoundedNumber()
    {
        folder.Write(DataFiles.Sources, """{"projects":{"roots":[5]}}""".Replace("5", string.Join(',', Enumerable.Repeat("5", 5000)), StringComparison.Ordinal));

        Assert.Equal(JsonMistake.MaxMistakes, new DocumentStore(folder.Data).Read(ConfigDocuments.Sources).Problems.Count);
    }

    [Theory]
    [InlineData("{\"cron\":}", "line 1: not valid JSON at byte 9 of the line, in $.cron: found '}'; expected a value: a text in double quotes")]
    [InlineData("{\"cron\":\"x\" \"onStart\":true}", "in $.cron: found '\"'; expected a comma or a closing bracket.")]
    [InlineData("{\"onStart\":true,\n}", "line 2: not valid JSON at byte 1 of the line, in $.onStart: found '}'; a comma stands before a closing bracket; remove it.")]
    [InlineData("{\"onStart\" true}", "expected a colon between name and value.")]
    [InlineData("{onStart:true}", "in $: found 'o'; expected a name in double quotes.")]
    [InlineData("{\"onStart\":tru}", "in $.onStart: ")]
    [InlineData("{\"onStart\":true", "the file ends before every bracket is closed.")]
    [InlineData("{\"cron\":\"x", "the file ends in the middle of a value; a quote or a bracket is not closed.")]
    [InlineData("{\"onStart\":true} x", "found 'x'; expected nothing more after the value that is the file.")]
    [InlineData("{\"onStart\":true,\"onStart\":true}", "the same name stands twice in one object; keep one of them.")]
    [InlineData("{\"cron\":\"a\tb\"}", "a text may not hold this character as it is; write it as an escape such as \\n.")]
    [InlineData("{\"retentionMonths\":01}", "in $.retentionMonths: ")]
    [InlineData("{\"a\":{\"b\":[1,{\"c\":?}]}}", "in $.a.b[1].c: found '?'; expected a value")]
    [InlineData("// no\n{}", "found '/'; expected a value")]
    public void Read_NotJson_SaysSoInItsOwnWordsWithLineAndPath(string content, string expected)
    {
        folder.Write(DataFiles.Sync, content);

        FileProblem problem = Assert.Single(new DocumentStore(folder.Data).Read(ConfigDocuments.Sync).Problems);

        Assert.Contains(expected, problem.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BytePosition", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("invalid", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MistakesInEveryFile_AreToldTogetherWithThoseOfThePrices()
    {
        folder.Write(DataFiles.Alerts, """{"globalBudget":-1}""");
        folder.Write(DataFiles.Sync, """{"retentionMonths":"a","missedRuns":"x"}""");
        folder.Write(DataFiles.Pricing, """{"a":{"input":1},"b":{"input":"x","output":-1},"c":5}""");

        DashboardConfig config = StartConfig.Load(new DocumentStore(folder.Data));

        Assert.Equal(
            [
                "config/alerts.json $.globalBudget", "config/pricing.json $[\"a\"]", "config/pricing.json $[\"b\"].input", "config/pricing.json $[\"b\"].output",
                "config/pricing.json $[\"c\"]", "config/sync.json $.missedRuns", "config/sync.json $.retentionMonths",
            ],
            config.Problems.Select(p => $"{p.File} {p.Location}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WithOverrides_NotJson_SaysWhereInItsOwnWords()
    {
        PriceTableException exception = Assert.Throws<PriceTableException>(() => PriceTable.WithOverrides(Encoding.UTF8.GetBytes("{\"a\":{\"input\":1 2}}"), DataFiles.Pricing));

        Assert.Contains("line 1: not valid JSON at byte 17 of the line, in $.a.input: found '2'; expected a comma", exception.Message, StringComparison.Ordinal);
    }
}
