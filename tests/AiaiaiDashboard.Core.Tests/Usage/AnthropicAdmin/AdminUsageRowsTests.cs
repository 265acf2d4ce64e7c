using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using static AiaiaiDashboard.Core.Tests.Usage.AnthropicAdmin.AdminReports;

namespace AiaiaiDashboard.Core.Tests.Usage.AnthropicAdmin;

/// <summary>Usage on its way into the ledger: prices, projects, days, and what counts where other sources have it too.</summary>
public sealed class AdminUsageRowsTests : AdminSourceFixture
{
    [Fact]
    public async Task Run_UsageAtEveryRate_IsPricedWhole()
    {
        UsageAnswer = _ => Reply.Ok(UsagePage(("2026-11-22T00:00:00Z",
        [
            Result(input: 1_000_000, write5m: 1_000_000, write1h: 1_000_000, read: 1_000_000, output: 1_000_000, searches: 100),
            Result(window: "200k-1M", input: 1_000_000),
            Result(tier: "batch", output: 1_000_000),
            Result(model: "claude-opus-4-6", geo: "us", input: 1_000_000),
            Result(model: "claude-opus-4-6", speed: "fast", input: 1_000_000),
        ])));

        await RunAsync();

        UsageRow sonnet = Assert.Single(Counted, r => r.Model == "claude-sonnet-4-20250514");
        // Plain: 3 + 3.75 + 6 + 0.30 + 15, 100 searches: 1; long context: 6; batch: 15 / 2.
        Assert.Equal(28.05m + 1 + 6 + 7.5m, sonnet.Cost);
        Assert.Equal((2_000_000, 2_000_000, 2_000_000, 1_000_000, 1_000_000), (sonnet.TokensIn, sonnet.TokensOut, sonnet.CacheWrite, sonnet.CacheWrite1h, sonnet.CacheRead));
        Assert.Equal((Day, "anthropic-api", "api-key:apikey_1", UsageSource.AnthropicAdmin), (sonnet.Date, sonnet.Project, sonnet.Session, sonnet.Source));
        Assert.Equal(5.5m, Assert.Single(Counted, r => r.Model == "claude-opus-4-6").Cost);
        Assert.Equal(30m, Assert.Single(Counted, r => r.Model == "claude-opus-4-6-fast").Cost);
    }

    [Fact]
    public async Task Run_UnknownModel_IsUnpricedAndNotFree()
    {
        UsageAnswer = _ => Reply.Ok(UsagePage(("2026-11-22T00:00:00Z", [Result(model: "claude-unheard-of-99", input: 10)])));

        await RunAsync();

        UsageRow row = Assert.Single(Counted);
        Assert.True(row.Unpriced);
        Assert.Equal("claude-unheard-of-99", row.Model);
    }

    [Fact]
    public async Task Run_Mapping_KeyGoesBeforeWorkspaceAndTheRestByName()
    {
        Config = Config with
        {
            Workspaces = new Dictionary<string, string> { ["wrkspc_1"] = "alpha", ["default"] = "home" },
            ApiKeys = new Dictionary<string, string> { ["apikey_9"] = "beta" },
        };
        WorkspacesAnswer = _ => Reply.Ok("""{"data":[{"id":"wrkspc_2","type":"workspace","name":"Data Team"}],"has_more":false,"first_id":"wrkspc_2","last_id":"wrkspc_2"}""");
        UsageAnswer = _ => Reply.Ok(UsagePage(("2026-11-22T00:00:00Z",
        [
            Result("wrkspc_1", "apikey_1", input: 1), Result("wrkspc_1", "apikey_9", input: 2), Result("wrkspc_2", null, input: 3),
            Result("wrkspc_3", "apikey_3", input: 4), Result(null, null, input: 5),
        ])));

        (_, SyncSourceStatus source) = await RunAsync();

        Assert.Equal(
            ["alpha/api-key:apikey_1=1", "beta/api-key:apikey_9=2", "data-team/workspace:wrkspc_2=3", "home/workspace:default=5", "wrkspc-3/api-key:apikey_3=4"],
            Counted.Select(r => $"{r.Project}/{r.Session}={r.TokensIn}"));
        Assert.Equal(2, source.Details!.Count);
        Assert.Equal(
            "Usage of the workspace wrkspc_2 counts for the project \"data-team\": anthropicAdmin.workspaces in config/sources.json can name another.", source.Details[0]);
    }

    [Fact]
    public async Task Run_EveryWorkspaceMapped_DoesNotAskForNames()
    {
        Config = Config with { Workspaces = new Dictionary<string, string> { ["wrkspc_1"] = "alpha" } };
        UsageAnswer = _ => Reply.Ok(UsagePage(("2026-11-22T00:00:00Z", [Result("wrkspc_1", input: 1)])));

        await RunAsync();

        Assert.DoesNotContain(Server.Requests, r => r.Path.EndsWith("workspaces", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_SameAnswerTwice_WritesNothing()
    {
        UsageAnswer = _ => Reply.Ok(UsagePage(("2026-11-22T00:00:00Z", [Result(input: 5, searches: 2), Result(tier: "batch", output: 7)])));
        CostsAnswer = _ => Reply.Ok(CostsPage("2026-11-22T00:00:00Z", (null, "tokens", "12.50")));
        ClaudeCodeAnswer = asked => Reply.Ok(ClaudeCodePage(asked.Parameter("starting_at")!));
        await RunAsync();
        Dictionary<string, (DateTime Written, string Text)> before = Files();

        Clock.Advance(TimeSpan.FromMinutes(15));
        await RunAsync();

        Assert.Equal(["cache/anthropic-admin.json", "history/tokens-2026-11.jsonl"], before.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task Run_UsageIsGone_BecomesZeroInTheAskedDaysAndStaysBefore()
    {
        Config = Config with { Days = 2 };
        UsageLedger.Load(Folder.Data, repair: true).Apply(
        [
            Held("2026-11-21", "api-key:apikey_1"), Held("2026-11-22", "api-key:apikey_1"), Held("2026-11-22", "auto-sync"),
        ]);
        Folder.Write(DataFiles.Tokens, """{"entries":[{"date":"2026-11-22","project":"alpha","session":"auto-sync","tokensIn":10,"tokensOut":0,"cost":1,"model":"m"}]}""");
        UsageAnswer = asked => Reply.Ok(asked.Parameter("starting_at") == "2026-11-22T00:00:00Z" ? Empty : "wrong range");

        (_, SyncSourceStatus source) = await RunAsync();

        Assert.Equal((SyncOutcome.Success, (string?)null), (source.Status, source.Error));
        UsageLedger ledger = UsageLedger.Load(Folder.Data, repair: false);
        Assert.Equal(0, Find(ledger, "2026-11-22", "api-key:apikey_1").TotalTokens);
        Assert.Equal(10, Find(ledger, "2026-11-21", "api-key:apikey_1").TotalTokens);
        Assert.Equal(10, Find(ledger, "2026-11-22", "auto-sync").TotalTokens);
    }

    [Fact]
    public async Task Run_ZoneBesideUtc_AsksByHourAndCountsDaysOfTheZone()
    {
        Zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(-8), "test", "test");
        Config = Config with { Days = 2 };
        UsageAnswer = asked => Reply.Ok(asked.Parameter("bucket_width") == "1h"
            ? UsagePage(
                ("2026-11-22T07:00:00Z", [Result(input: 100)]), ("2026-11-22T08:00:00Z", [Result(input: 1)]),
                ("2026-11-23T07:00:00Z", [Result(input: 2)]), ("2026-11-23T08:00:00Z", [Result(input: 4)]))
            : Empty);

        await RunAsync();

        Assert.Equal([(new DateOnly(2026, 11, 22), 3L), (new DateOnly(2026, 11, 23), 4L)], Counted.Select(r => (r.Date, r.TokensIn)));
    }

    [Fact]
    public async Task Run_NewPriceForAnOldDay_RepricesItFromTheLedger()
    {
        Config = Config with { Days = 1 };
        UsageLedger.Load(Folder.Data, repair: true).Apply([Held("2026-11-01", "api-key:apikey_1") with { Model = "my-model", Unpriced = true, Cost = 0 }]);
        Folder.Write(DataFiles.Pricing, """{"my-model":{"input":100000,"output":1}}""");

        await RunAsync();

        UsageRow row = Assert.Single(Counted);
        Assert.Equal((1m, false, false), (row.Cost, row.Unpriced, row.Hours is { Count: > 0 }));
    }

    [Fact]
    public async Task Run_TranscriptsAndApiOnOneDay_TranscriptsCountAndTheDifferenceIsShown()
    {
        Config = Config with { Workspaces = new Dictionary<string, string> { ["default"] = "alpha" } };
        UsageLedger.Load(Folder.Data, repair: true).Apply(
            [Held("2026-11-22", "s1") with { Source = UsageSource.ClaudeCode, Calls = 3, Cost = 5 }]);
        UsageAnswer = _ => Reply.Ok(UsagePage(("2026-11-21T00:00:00Z", [Result(input: 1_000_000)]), ("2026-11-22T00:00:00Z", [Result(input: 1_000_000)])));

        await RunAsync();

        Assert.Equal([UsageSource.AnthropicAdmin, UsageSource.ClaudeCode], Counted.Select(r => r.Source));
        IReadOnlyList<AdminReconciliation> days = AdminReconciliation.Of(Model());
        Assert.Equal([new AdminReconciliation(new DateOnly(2026, 11, 21), "alpha", null, 3), new AdminReconciliation(Day, "alpha", 5, 3)], days);
        Assert.Equal([null, 2m], days.Select(d => d.Difference));
        Assert.Equal(Day, Assert.Single(AdminReconciliation.Of(Model(), since: Day)).Date);
    }

    [Fact]
    public async Task Run_EarlierApiSyncOfTheSameDay_IsNotCountedTwice()
    {
        Config = Config with { Workspaces = new Dictionary<string, string> { ["default"] = "alpha" } };
        Folder.Write(DataFiles.Tokens, """{"entries":[{"date":"2026-11-22","project":"alpha","session":"auto-sync","tokensIn":10,"tokensOut":0,"cost":9,"model":"m"}]}""");
        UsageAnswer = _ => Reply.Ok(UsagePage(("2026-11-22T00:00:00Z", [Result(input: 1_000_000)])));

        await RunAsync();

        Assert.Equal(3m, Assert.Single(Counted).Cost);
        Assert.Equal(3m, Assert.Single(AdminReconciliation.Of(Model())).ApiCost);
    }
}
