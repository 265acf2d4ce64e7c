using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Tests.Storage;
using AiaiaiDashboard.Core.Usage;
using Microsoft.Extensions.Time.Testing;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage;

/// <summary>The step "tokens": sources, statuses and what is reported (CONTRACT.md §2, "Statuses", "Bad input").</summary>
public sealed class TokensStepTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly TestFolder folder = new();
    private readonly TokensStep step;
    private SourcesConfig sources = new();
    private int retentionMonths = 24;

    public TokensStepTests()
    {
        folder.Data.EnsureCreated();
        step = new TokensStep(name => name == "HOME" ? Home : null);
    }

    private string Home => Path.Combine(folder.Parent, "home");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RunAsync_NothingThere_SkipsItsSourcesWithoutAWarning()
    {
        (SyncStepResult result, SyncContext context) = await Run();

        Assert.Equal(("success", 0L, null), (result.Status, result.Items, result.Error));
        Assert.Equal(["claude-code skipped", "manual skipped"], result.Sources!.Select(s => $"{s.Name} {s.Status}"));
        Assert.Equal(["no such directory", "no such directory"], context.Searched.Select(s => s.Result));
        Assert.Empty(context.Usage!.Rows);
    }

    [Fact]
    public async Task RunAsync_Transcripts_AreASuccess()
    {
        Transcript("s1", Assistant("m1"), Assistant("m2"));

        (SyncStepResult result, SyncContext context) = await Run();

        Assert.Equal(("success", 1L, null), (result.Status, result.Items, result.Error));
        Assert.Equal(("success", 1L), (result.Sources![0].Status, result.Sources[0].Items));
        Assert.Equal(2, Assert.Single(context.Usage!.Rows).Calls);
        Assert.Equal("1 transcript", context.Searched[^1].Result);
        Assert.Equal("w", context.Usage.Rows[0].Project);
    }

    [Fact]
    public async Task RunAsync_SwitchedOff_IsSkippedAndKeepsItsRows()
    {
        Transcript("s1", Assistant());
        await Run();
        sources = new SourcesConfig { ClaudeCode = new ClaudeCodeSource { Enabled = false } };

        (SyncStepResult result, SyncContext context) = await Run();

        Assert.Equal("skipped", result.Sources![0].Status);
        Assert.Single(context.Usage!.Rows);
    }

    [Fact]
    public async Task RunAsync_MalformedLine_IsAWarningThatNamesFileAndLine()
    {
        Transcript("s1", Assistant("m1"), "{\"usage\"", Assistant("m2").At("never"));

        (SyncStepResult result, _) = await Run();

        Assert.Equal("warning", result.Status);
        Assert.Contains("2 lines could not be read and were left out", result.Error, StringComparison.Ordinal);
        Assert.Contains("s1.jsonl: 2 lines are not usable, the first is line 2", Assert.Single(result.Sources![0].Details!), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_ConfiguredDirectoryMissing_IsAWarning()
    {
        sources = new SourcesConfig { ClaudeCode = new ClaudeCodeSource { Paths = ["~/gone"] } };

        (SyncStepResult result, _) = await Run();

        Assert.Equal("warning", result.Status);
        Assert.Contains("gone does not exist.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_RootIsAFile_IsAnErrorAndOtherRootsAreRead()
    {
        Transcript("s1", Assistant());
        File.WriteAllText(Path.Combine(Home, "file"), "");
        sources = new SourcesConfig { ClaudeCode = new ClaudeCodeSource { Paths = ["~/file", "~/.claude"] } };

        (SyncStepResult result, SyncContext context) = await Run();

        Assert.Equal(("error", "error"), (result.Status, result.Sources![0].Status));
        Assert.Contains("is a file, not a directory", result.Error, StringComparison.Ordinal);
        Assert.Single(context.Usage!.Rows);
    }

    [Fact]
    public async Task RunAsync_ManualEntries_BecomeRows()
    {
        Tokens("""
            {"date":"2026-03-10","project":"Alpha","session":"typed","tokensIn":1000000,"tokensOut":5,"cost":1.5,"model":"claude-opus-4-6"},
            {"date":"2026-03-10","project":"Alpha","session":"typed","tokensIn":1,"tokensOut":1,"cost":0.25,"model":"claude-opus-4.6"},
            {"date":"2026-03-11T09:00:00Z","project":"alpha","tokensIn":1000000,"tokensOut":0,"model":"claude-opus-4-6"},
            {"date":"2026-03-12","project":"Beta","session":"auto-sync","tokensIn":7,"tokensOut":8,"cost":2,"model":"all"},
            {"date":"2026-03-13","tokensIn":7,"tokensOut":8}
            """);

        (SyncStepResult result, SyncContext context) = await Run();

        Assert.Equal(("success", 5L), (Manual(result).Status, Manual(result).Items));
        Assert.Equal(
            [
                "2026-03-10 alpha typed claude-opus-4-6 manual 1000001+6 1.75",
                "2026-03-11 alpha  claude-opus-4-6 manual 1000000+0 5",
                "2026-03-12 beta auto-sync all anthropic-admin 7+8 2",
                "2026-03-13 unknown  unknown manual 7+8 0 unpriced",
            ],
            context.Usage!.Rows.OrderBy(r => r.Date).Select(r =>
                FormattableString.Invariant($"{r.Date:yyyy-MM-dd} {r.Project} {r.Session} {r.Model} {r.Source} {r.TokensIn}+{r.TokensOut} {r.Cost:0.##}{(r.Unpriced ? " unpriced" : "")}")));
    }

    [Fact]
    public async Task RunAsync_ManualEntryChangedAndRemoved_CorrectsItsRow()
    {
        Tokens("""{"date":"2026-03-10","project":"a","session":"x","tokensIn":5,"cost":1},{"date":"2026-03-10","project":"a","session":"y","tokensIn":5,"cost":2}""");
        await Run();
        Tokens("""{"date":"2026-03-10","project":"a","session":"x","tokensIn":5,"cost":4}""");

        Assert.Equal(4, (await Run()).Context.Usage!.Rows.Sum(r => r.Cost));

        File.Delete(folder.Data.PathOf(DataFiles.Tokens));
        Assert.Equal(0, (await Run()).Context.Usage!.Rows.Sum(r => r.Cost));
    }

    [Theory]
    [InlineData("""{"entries":[{"date":"2026-13-10","tokensIn":5}]}""", "2026-13-10")]
    [InlineData("""{"entries":[{"date":"2026-03-10","tokensIn":-5}]}""", "-5")]
    [InlineData("""{"entries":[{"date":"2026-03-10","tokensIn":"x"}]}""", "tokensIn")]
    [InlineData("""{"entries":""", "tokens.json")]
    public async Task RunAsync_BrokenTokensFile_IsAnErrorThatKeepsTheRowsAndTheFile(string broken, string named)
    {
        Transcript("s1", Assistant());
        Tokens("""{"date":"2026-03-10","project":"a","tokensIn":5,"cost":1}""");
        await Run();
        folder.Write(DataFiles.Tokens, broken);

        (SyncStepResult result, SyncContext context) = await Run();

        Assert.Equal(("error", "success", "error"), (result.Status, result.Sources![0].Status, Manual(result).Status));
        Assert.Contains(named, result.Error, StringComparison.Ordinal);
        Assert.Contains(context.Problems, p => p.File == DataFiles.Tokens);
        Assert.Equal(1, context.Usage!.Rows.Single(r => r.Source == UsageSource.Manual).Cost);
        Assert.Equal(broken, folder.Text(DataFiles.Tokens));
    }

    [Fact]
    public async Task RunAsync_SeveralMistakesInTokensFile_AllAreReported()
    {
        folder.Write(DataFiles.Tokens, """{"entries":[{"date":"2026-13-10"},{"date":"2026-03-10","tokensIn":"x"},{"date":"2026-03-10","tokensOut":-5}]}""");

        (SyncStepResult result, SyncContext context) = await Run();

        Assert.All((string[])["$.entries[0].date", "$.entries[1].tokensIn", "$.entries[2].tokensOut"], place =>
        {
            Assert.Contains(place, Manual(result).Error, StringComparison.Ordinal);
            Assert.Contains(context.Problems, p => p.Location == place);
        });
    }

    [Fact]
    public async Task RunAsync_HistoryOfTheOriginal_CountsOnceBesideTokensFile()
    {
        Tokens("""{"date":"2026-02-10","project":"Alpha","session":"typed","tokensIn":5,"cost":1,"model":"m"}""");
        string original = """
            {"date":"2026-02-10","project":"alpha","session":"typed","tokensIn":9,"tokensOut":9,"cost":9,"model":"m"}
            {"date":"2026-02-11","project":"Alpha","session":"auto-sync","tokensIn":7,"tokensOut":8,"cost":2,"model":"m"}
            {"date":"2026-02-12","project":"Beta","session":"old","tokensIn":1,"tokensOut":2,"cost":3,"model":"m"}
            {"date":"2026-02-12","project":"Beta","session":"old","tokensIn":1,"tokensOut":2,"cost":4,"model":"m"}

            """;
        folder.Write("history/tokens/tokens-2026-02.jsonl", original);

        (SyncStepResult result, SyncContext first) = await Run();
        string ledger = folder.Text("history/tokens-2026-02.jsonl");
        UsageReadModel usage = (await Run()).Context.Usage!;

        Assert.Equal(("success", 5L), (Manual(result).Status, Manual(result).Items));
        Assert.Equal(
            ["2026-02-10 alpha typed manual 1", "2026-02-11 alpha auto-sync anthropic-admin 2", "2026-02-12 beta old manual 4"],
            usage.Rows.Select(r => FormattableString.Invariant($"{r.Date:yyyy-MM-dd} {r.Project} {r.Session} {r.Source} {r.Cost:0.##}")));
        Assert.Equal(first.Usage!.Rows.Sum(r => r.Cost), usage.Rows.Sum(r => r.Cost));
        Assert.Equal(ledger, folder.Text("history/tokens-2026-02.jsonl"));
        Assert.Equal(original, folder.Text("history/tokens/tokens-2026-02.jsonl"));
    }

    [Fact]
    public async Task RunAsync_DamagedHistoryOfTheOriginal_IsAWarningWithFileAndLine()
    {
        folder.Write(
            "history/tokens/tokens-2026-02.jsonl",
            "{\"date\":\"2026-02-10\",\"project\":\"a\",\"cost\":1}\n{broken\n{\"date\":\"2026-02-10\",\"tokensIn\":\"x\"}\n{\"date\":\"2026-02-99\"}\n\n{\"date\":\"20");

        (SyncStepResult result, SyncContext context) = await Run();

        Assert.Equal("warning", Manual(result).Status);
        Assert.Contains("history/tokens/tokens-2026-02.jsonl, line 3: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("$.tokensIn: \"x\" is not allowed here", result.Error, StringComparison.Ordinal);
        Assert.Equal(["line 2", "line 3", "line 4", "line 6"], context.Problems.Where(p => p.File == "history/tokens/tokens-2026-02.jsonl").Select(p => p.Location));
        Assert.Equal(1, Assert.Single(context.Usage!.Rows).Cost);
    }

    [Fact]
    public async Task RunAsync_HistoryOfTheOriginalCannotBeRead_IsAnErrorThatKeepsItsRows()
    {
        folder.Write("history/tokens/tokens-2026-02.jsonl", "{\"date\":\"2026-02-10\",\"project\":\"a\",\"cost\":1}\n");
        await Run();
        string path = folder.Data.PathOf("history/tokens/tokens-2026-02.jsonl");
        File.Delete(path);
        Directory.CreateDirectory(path);

        (SyncStepResult result, SyncContext context) = await Run();

        Assert.Equal("error", Manual(result).Status);
        Assert.Contains("history/tokens/tokens-2026-02.jsonl", result.Error, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(context.Usage!.Rows).Cost);
    }

    [Fact]
    public async Task RunAsync_LedgerMonthIsADirectory_FailsAndNamesIt()
    {
        Directory.CreateDirectory(folder.Data.PathOf("history/tokens-2026-02.jsonl"));
        Transcript("s1", Assistant());

        IOException exception = await Assert.ThrowsAsync<IOException>(Run);

        Assert.Contains("history/tokens-2026-02.jsonl is a directory", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_PriceOverride_RepricesOnTheNextRunAlsoManualRows()
    {
        Transcript("s1", Assistant().Tokens(1_000_000, 0, 0, 0));
        Tokens("""{"date":"2026-03-10","project":"a","tokensIn":1000000,"model":"claude-sonnet-4-6"}""");
        await Run();
        folder.Write(DataFiles.Pricing, """{"claude-sonnet-4-6":{"input":10}}""");

        Assert.Equal([10m, 10m], (await Run()).Context.Usage!.Rows.Select(r => r.Cost));

        File.Delete(folder.Data.PathOf(DataFiles.Pricing));
        Assert.Equal([3m, 3m], (await Run()).Context.Usage!.Rows.Select(r => r.Cost));
    }

    [Fact]
    public async Task RunAsync_BrokenPrices_AreAnErrorAndTheLastGoodOnesStayInForce()
    {
        folder.Write(DataFiles.Pricing, """{"claude-sonnet-4-6":{"input":10}}""");
        Transcript("s1", Assistant("m1").Tokens(1_000_000, 0, 0, 0));
        await Run();
        folder.Write(DataFiles.Pricing, """{"claude-sonnet-4-6":{"input":-1}}""");
        Transcript("s2", Assistant("m2").Tokens(1_000_000, 0, 0, 0).Session("s2"));

        (SyncStepResult result, SyncContext context) = await Run();

        Assert.Equal("error", result.Status);
        Assert.Contains("config/pricing.json, $[\"claude-sonnet-4-6\"].input: is -1", result.Error, StringComparison.Ordinal);
        Assert.Equal([10m, 10m], context.Usage!.Rows.Select(r => r.Cost));
    }

    [Theory]
    [InlineData("""{"schemaVersion":2,"claude-sonnet-4-6":{"input":10}}""", "config/pricing.json, $.schemaVersion: 2 was written by a newer version of the dashboard")]
    [InlineData("""{"schemaVersion":"x"}""", "config/pricing.json, $.schemaVersion: \"x\" is not allowed")]
    [InlineData("""{"claude-sonnet-4-6":7}""", "is 7, must be an object with prices")]
    [InlineData("[1]", "is a list, must be an object of model names")]
    public async Task RunAsync_PricesOfAnotherShape_AreRefusedWithTheirValue(string prices, string message)
    {
        folder.Write(DataFiles.Pricing, prices);

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(Run);

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
        Assert.Equal(prices, folder.Text(DataFiles.Pricing));
    }

    [Fact]
    public async Task RunAsync_BrokenPricesFromTheStart_FailsAndTouchesNoRow()
    {
        folder.Write(DataFiles.Pricing, "{");
        Transcript("s1", Assistant());

        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(Run);

        Assert.StartsWith("config/pricing.json", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Data.PathOf("history")));
    }

    [Fact]
    public async Task RunAsync_BadHistoryLine_IsAWarningEveryTime()
    {
        Transcript("s1", Assistant());
        await Run();
        File.AppendAllText(folder.Data.PathOf("history/tokens-2026-03.jsonl"), "{broken\n");
        var fresh = new TokensStep(name => name == "HOME" ? Home : null);

        foreach (TokensStep again in new[] { fresh, fresh })
        {
            SyncContext context = Context();
            SyncStepResult result = await again.RunAsync(context, CancellationToken.None);

            Assert.Equal("warning", result.Status);
            Assert.Contains("history/tokens-2026-03.jsonl, line 2", result.Error, StringComparison.Ordinal);
            Assert.Contains(context.Problems, p => p.Location == "line 2");
            Assert.Single(context.Usage!.Rows);
        }
    }

    [Fact]
    public async Task RunAsync_Retention_RemovesAndLeavesOutOldMonthsAndSaysSo()
    {
        Transcript("s1", Assistant("m1").At("2026-01-31T12:00:00Z"), Assistant("m2").At("2026-02-01T12:00:00Z"));
        await Run();
        retentionMonths = 1;

        (SyncStepResult result, SyncContext context) = await Run();

        Assert.Equal("warning", result.Status);
        Assert.Contains("History before 2026-02-01 was removed", result.Error, StringComparison.Ordinal);
        Assert.Equal(["2026-02-01"], context.Usage!.Rows.Select(r => $"{r.Date:yyyy-MM-dd}"));
        Assert.Equal(["history/tokens-2026-02.jsonl"], folder.Files().Where(f => f.StartsWith("history", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RunAsync_RowsMovedInAClosedMonth_AreCompactedInTheSameRun()
    {
        Transcript("s1", Assistant("m1").At("2026-02-10T12:00:00Z"));
        await Run();
        Transcript("s0", Assistant("m1").At("2026-02-10T12:00:00Z").Session("s0"));
        await Run();

        Assert.Equal(2, File.ReadAllLines(folder.Data.PathOf("history/tokens-2026-02.jsonl")).Length);
    }

    [Fact]
    public async Task RunAsync_Cancelled_ThrowsAndTheNextRunIsComplete()
    {
        Transcript("s1", Assistant());
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step.RunAsync(Context(), stop.Token));

        Assert.Single((await Run()).Context.Usage!.Rows);
    }

    private void Transcript(string session, params string[] lines)
    {
        string path = Path.Combine(Home, ".claude", "projects", "-w", session + ".jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, lines);
    }

    private void Tokens(string entries) => folder.Write(DataFiles.Tokens, $"{{\"budget\":null,\"entries\":[{entries}]}}");

    private SyncContext Context() => new()
    {
        Store = new DocumentStore(folder.Data),
        Config = DashboardConfig.Default with { Sources = sources, Sync = new SyncConfig { RetentionMonths = retentionMonths } },
        Time = new FakeTimeProvider(Now),
        Zone = TimeZoneInfo.Utc,
        Catalogue = new ProjectCatalogue([]),
    };

    private async Task<(SyncStepResult Result, SyncContext Context)> Run()
    {
        SyncContext context = Context();
        return (await step.RunAsync(context, CancellationToken.None), context);
    }

    private static SyncSourceStatus Manual(SyncStepResult result) => Assert.Single(result.Sources!, s => s.Name == UsageSource.Manual);
}
