using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using static AiaiaiDashboard.Core.Tests.Usage.AnthropicAdmin.AdminReports;

namespace AiaiaiDashboard.Core.Tests.Usage.AnthropicAdmin;

/// <summary>What the source says and keeps when it is off, refused, cut off or answered badly, and the reports it keeps beside the ledger.</summary>
public sealed class AdminUsageSourceTests : AdminSourceFixture
{
    [Fact]
    public async Task Run_NotEnabled_IsNoSourceAndAsksNothing()
    {
        Config = Config with { Enabled = false };

        SyncStepResult step = await StepAsync();

        Assert.Equal(SyncOutcome.Success, step.Status);
        Assert.DoesNotContain(step.Sources!, s => s.Name == UsageSource.AnthropicAdmin);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public async Task Run_WithoutKey_IsSkippedAsNotConfigured(string? key)
    {
        Variables["ANTHROPIC_ADMIN_KEY"] = key;

        (SyncStepResult step, SyncSourceStatus source) = await RunAsync();

        Assert.Equal((SyncOutcome.Success, SyncOutcome.Skipped), (step.Status, source.Status));
        Assert.Equal("Not configured: the environment variable ANTHROPIC_ADMIN_KEY is not set.", source.Error);
        Assert.Null(step.Error);
        Assert.Empty(Server.Requests);
    }

    [Theory]
    [InlineData("sk-ant-admin01-secret\nX-Evil: 1")]
    [InlineData("sk-ant-admin01 secret")]
    [InlineData("sk-ant-admin01-sécret")]
    public async Task Run_KeyThatIsNone_IsAnErrorThatDoesNotRepeatIt(string key)
    {
        Variables["ANTHROPIC_ADMIN_KEY"] = key;

        (_, SyncSourceStatus source) = await RunAsync();

        Assert.Equal(SyncOutcome.Error, source.Status);
        Assert.StartsWith("ANTHROPIC_ADMIN_KEY holds characters that no key has", source.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("cret", source.Error, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Run_RefusedKey_IsAnErrorAndManualRowsAreStillCounted()
    {
        UsageAnswer = _ => new Reply(401, """{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}""");
        Folder.Write(DataFiles.Tokens, """{"entries":[{"date":"2026-11-22","project":"alpha","session":"s","tokensIn":1,"tokensOut":1,"cost":2,"model":"m"}]}""");

        (SyncStepResult step, SyncSourceStatus source) = await RunAsync();

        Assert.Equal((SyncOutcome.Error, SyncOutcome.Error), (step.Status, source.Status));
        Assert.StartsWith("The Anthropic Admin API refused the key in ANTHROPIC_ADMIN_KEY (HTTP 401", source.Error, StringComparison.Ordinal);
        Assert.Equal(2m, Assert.Single(Counted).Cost);
    }

    [Fact]
    public async Task Run_NobodyListens_IsAnError()
    {
        Server.Dispose();

        Task<(SyncStepResult Step, SyncSourceStatus Source)> running = RunAsync();
        for (int retry = 0; retry < AdminConnection.MaxRetries; retry++)
        {
            await Clock.PassAsync(due => due > TimeSpan.Zero && due != AdminConnection.AttemptLimit && due != AdminUsageSource.RunLimit);
        }

        SyncSourceStatus source = (await running).Source;
        Assert.Equal(SyncOutcome.Error, source.Status);
        Assert.StartsWith("The Anthropic Admin API could not be reached: ", source.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_SpeedIsRefused_AsksWithoutIt()
    {
        UsageAnswer = asked => asked.Beta is null && !asked.Query.Contains("speed", StringComparison.Ordinal)
            ? Reply.Ok(UsagePage(("2026-11-22T00:00:00Z", [Result(speed: null, input: 10)])))
            : new Reply(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Unexpected value(s) for the anthropic-beta header"}}""");

        (_, SyncSourceStatus source) = await RunAsync();

        Assert.Equal(SyncOutcome.Success, source.Status);
        Assert.Single(Counted);
    }

    [Fact]
    public async Task Run_MalformedSecondPage_LeavesTheLedgerAlone()
    {
        UsageAnswer = asked => Reply.Ok(asked.Parameter("page") is null
            ? """{"data":[{"starting_at":"2026-11-22T00:00:00Z","results":[]}],"has_more":true,"next_page":"page_2"}"""
            : UsagePage(("2026-11-22T00:00:00Z", [Result(input: -1)])));
        UsageLedger.Load(Folder.Data, repair: true).Apply([Held("2026-11-22", "api-key:apikey_1")]);
        string before = Folder.Text("history/tokens-2026-11.jsonl");

        (_, SyncSourceStatus source) = await RunAsync();

        Assert.Equal("The answer of the Anthropic Admin API could not be used: a counter is negative or too large.", source.Error);
        Assert.Equal(before, Folder.Text("history/tokens-2026-11.jsonl"));
    }

    [Fact]
    public async Task Run_CostsAndClaudeCode_AreKeptBesideTheLedgerWithoutNames()
    {
        Config = Config with { Days = 2 };
        CostsAnswer = _ => Reply.Ok(CostsPage("2026-11-22T00:00:00Z", (null, "tokens", "123.45"), (null, "tokens", "0.55"), (null, "web_search", "-2")));
        ClaudeCodeAnswer = asked => Reply.Ok(asked.Parameter("starting_at") == "2026-11-22" ? ClaudeCodePage("2026-11-22") : Empty);

        await RunAsync();

        AdminReportDay day = Report!.Days[0];
        Assert.Equal((Day, 1.22m), (day.Date, day.BilledUsd));
        Assert.Equal([new AdminBilledCost(null, "tokens", 1.24m), new AdminBilledCost(null, "web_search", -0.02m)], day.Costs);
        Assert.Equal((5, 3, 1, 100, 20), (day.ClaudeCode!.Sessions, day.ClaudeCode.Commits, day.ClaudeCode.PullRequests, day.ClaudeCode.LinesAdded, day.ClaudeCode.LinesRemoved));
        Assert.Equal(new AdminClaudeCodeUse("subscription", "claude-sonnet-4-20250514", 1000, 200, 10, 50, 1.86m), Assert.Single(day.ClaudeCode.Models));
        Assert.DoesNotContain("someone", Folder.Text(AdminReport.File), StringComparison.Ordinal);
        Assert.Equal(0m, Counted.Sum(r => r.Cost));
    }

    [Fact]
    public async Task Run_ClaudeCodeDaysThatSettled_AreNotAskedAgain()
    {
        Config = Config with { Days = 10 };
        await RunAsync();
        int first = ClaudeCodeRequests();

        await RunAsync();

        Assert.Equal((10, 3), (first, ClaudeCodeRequests() - first));

        int ClaudeCodeRequests() => Server.Requests.Count(r => r.Path.EndsWith("claude_code", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_SideReportsFail_IsAWarningAndUsageCounts()
    {
        UsageAnswer = _ => Reply.Ok(UsagePage(("2026-11-22T00:00:00Z", [Result(input: 1_000_000)])));
        CostsAnswer = _ => Reply.Ok(CostsPage("2026-11-22T00:00:00Z", (null, "tokens", "much")));
        ClaudeCodeAnswer = _ => new Reply(404, "");

        (SyncStepResult step, SyncSourceStatus source) = await RunAsync();

        Assert.Equal((SyncOutcome.Warning, SyncOutcome.Warning), (step.Status, source.Status));
        Assert.Equal(
            "The cost report is missing: The answer of the Anthropic Admin API to cost_report could not be used: an \"amount\" is no number. "
            + "The Claude Code report is missing: The Anthropic Admin API did not accept the request (HTTP 404).",
            source.Error);
        Assert.Equal(3m, Assert.Single(Counted).Cost);
    }

    [Fact]
    public async Task Run_WhateverHappens_TheKeyIsInNoFileLogOrStatus()
    {
        string echo = $$$"""{"type":"error","error":{"type":"{{{Key}}}","message":"no {{{Key}}}"}}""";
        Reply[] replies = [new Reply(401, echo), new Reply(400, echo), Reply.Ok(echo), new Reply(302, "") { Headers = new Dictionary<string, string> { ["Location"] = $"/{Key}" } }];
        foreach (Reply reply in replies)
        {
            UsageAnswer = _ => reply;
            (SyncStepResult step, _) = await RunAsync();
            Assert.Equal(SyncOutcome.Error, step.Status);
            Assert.DoesNotContain(Key, System.Text.Json.JsonSerializer.Serialize(step), StringComparison.Ordinal);
        }

        UsageAnswer = _ => Reply.Ok(UsagePage(("2026-11-22T00:00:00Z", [Result(input: 5)])));
        await RunAsync();

        Assert.All(Files().Values, f => Assert.DoesNotContain(Key, f.Text, StringComparison.Ordinal));
        Assert.All(Log.Lines, l => Assert.DoesNotContain(Key, l, StringComparison.Ordinal));
        Assert.All(Server.Requests, r => Assert.Equal(Key, r.Key));
    }
}
