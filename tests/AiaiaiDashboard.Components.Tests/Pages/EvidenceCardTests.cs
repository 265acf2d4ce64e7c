using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Components.Pages.Tokens;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Pages;

public sealed class EvidenceCardTests : DashboardTestContext
{
    private static readonly DateOnly Day = SampleSnapshot.Today.AddDays(-3);

    [Fact]
    public void Incomplete_NothingFlagged_ShowsNothing()
    {
        State.Publish(SampleSnapshot.Practice().Build());

        Assert.Empty(Render<IncompleteCard>().Markup.Trim());
    }

    [Fact]
    public void Incomplete_FlaggedCalls_NamesDaysVersionsAndWhy()
    {
        State.Publish(WithRows(Row(UsageSource.ClaudeCode, 2m) with { Calls = 40, IncompleteCalls = 30 }) with
        {
            Versions = new TranscriptVersions
            {
                Versions = [new TranscriptVersion("2.0.67", 50, 31, Day.AddDays(-9), Day), new TranscriptVersion("2.1.204", 900, 0, Day, Day)],
            },
        });

        IRenderedComponent<IncompleteCard> card = Render<IncompleteCard>();

        string text = TextOf(card.Find("[data-testid=incomplete]"));
        Assert.Contains("Nov 20 30 40 75.0% $2.00", text, StringComparison.Ordinal);
        Assert.Contains("2.0.67 31 50 62.0% Nov 20", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2.1.204", text, StringComparison.Ordinal);
        Assert.Contains("under a quarter of their visible text", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Incomplete_VersionFromATranscript_IsShownEncoded()
    {
        State.Publish(WithRows(Row(UsageSource.ClaudeCode, 2m) with { IncompleteCalls = 1 }) with
        {
            Versions = new TranscriptVersions { Versions = [new TranscriptVersion("<img src=x onerror=alert(1)>", 5, 5, Day, Day)] },
        });

        IRenderedComponent<IncompleteCard> card = Render<IncompleteCard>();

        Assert.Empty(card.FindAll("img"));
        Assert.Contains("<img src=x", TextOf(card.Find("[data-testid=incomplete]")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(3, true)]
    public void IncompleteMark_FlaggedCalls_IsThere(long flagged, bool shown)
    {
        IRenderedComponent<IncompleteMark> mark = Render<IncompleteMark>(p => p.Add(m => m.Incomplete, flagged).Add(m => m.Calls, 12));

        Assert.Equal(shown, mark.FindAll("a.incomplete-mark").Count == 1);
        Assert.Equal(shown, mark.Markup.Contains("3 of 12 calls", StringComparison.Ordinal));
    }

    [Fact]
    public void Reconciliation_NotEnabled_SaysNotConfiguredAndWhatToDo()
    {
        State.Publish(SampleSnapshot.Practice().Build());

        string text = TextOf(Render<ReconciliationCard>().Find("[data-testid=reconciliation]"));

        Assert.Contains("Not configured", text, StringComparison.Ordinal);
        Assert.Contains("ANTHROPIC_ADMIN_KEY", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Reconciliation_NoKey_SaysSo()
    {
        State.Publish(Enabled(SyncOutcome.Skipped, "Not configured: the environment variable ANTHROPIC_ADMIN_KEY is not set.", WithRows()));

        Assert.Contains("the environment variable ANTHROPIC_ADMIN_KEY is not set", TextOf(Render<ReconciliationCard>().Find("[data-testid=reconciliation]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Reconciliation_BothSources_ShowsBothAndTheDifferenceAndCountsOne()
    {
        DashboardSnapshot snapshot = WithRows(Row(UsageSource.ClaudeCode, 10m), Row(UsageSource.AnthropicAdmin, 9.25m), Row(UsageSource.AnthropicAdmin, 3m) with { Project = "api-only" });
        State.Publish(Enabled(SyncOutcome.Success, null, snapshot));

        string text = TextOf(Render<ReconciliationCard>().Find("[data-testid=reconciliation]"));

        Assert.Contains("Nov 20 api-only None $3.00 – Admin API", text, StringComparison.Ordinal);
        Assert.Contains("Nov 20 rag-evaluator $10.00 $9.25 +$0.75 Transcripts", text, StringComparison.Ordinal);
        Assert.Contains("$3.00 of the total", text, StringComparison.Ordinal);
        Assert.Equal(13m, snapshot.Usage.Query(new UsageQuery([])).Total.Cost);
    }

    [Fact]
    public void Reconciliation_OtherReports_AreShownAndCountNowhere()
    {
        DashboardSnapshot snapshot = WithRows(Row(UsageSource.ClaudeCode, 10m)) with
        {
            AdminReport = new AdminReport
            {
                Days = [new AdminReportDay { Date = Day, Costs = [new AdminBilledCost(null, "tokens", 9.5m), new AdminBilledCost("w", "web_search", 0.5m)], ClaudeCode = new AdminClaudeCodeDay { Sessions = 4, Commits = 1 } }],
            },
        };
        State.Publish(Enabled(SyncOutcome.Success, null, snapshot));

        string text = TextOf(Render<ReconciliationCard>().Find("[data-testid=reconciliation]"));

        Assert.Contains("Billed, all workspaces $10.00", text, StringComparison.Ordinal);
        Assert.Contains("4 sessions, 1 commit,", text, StringComparison.Ordinal);
        Assert.Equal(10m, snapshot.Usage.Query(new UsageQuery([])).Total.Cost);
    }

    [Fact]
    public void Reconciliation_Failure_ShowsReason()
    {
        State.Publish(Enabled(SyncOutcome.Error, "The Anthropic Admin API has a fault (HTTP 529). The next sync asks again.", WithRows()));

        Assert.Contains("HTTP 529", TextOf(Render<ReconciliationCard>().Find("[data-testid=reconciliation]")), StringComparison.Ordinal);
    }

    [Fact]
    public void RetentionNote_SettingFound_IsShown()
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        State.Publish(snapshot with
        {
            Status = snapshot.Status with
            {
                Steps = [new SyncStepStatus { Name = "tokens", Status = SyncOutcome.Success, Sources = [new SyncSourceStatus { Name = UsageSource.ClaudeCode, Status = SyncOutcome.Success, Note = "Claude Code deletes transcripts after 7 days." }] }],
            },
        });

        Assert.Contains("after 7 days", Render<RetentionNote>().Markup, StringComparison.Ordinal);
    }

    private static UsageRow Row(string source, decimal cost) => new()
    {
        Date = Day,
        Project = "rag-evaluator",
        Session = "s",
        Model = "claude-opus-5",
        Source = source,
        Calls = 1,
        TokensOut = 100,
        Cost = cost,
    };

    private static DashboardSnapshot WithRows(params UsageRow[] rows) =>
        SampleSnapshot.Practice().Build() with { Usage = new UsageReadModel(rows, SampleSnapshot.Today) };

    private static DashboardSnapshot Enabled(string status, string? error, DashboardSnapshot snapshot) => snapshot with
    {
        Sources = new SourcesConfig { AnthropicAdmin = new AnthropicAdminSource { Enabled = true } },
        Status = snapshot.Status with
        {
            Steps = [new SyncStepStatus { Name = "tokens", Status = SyncOutcome.Success, Sources = [new SyncSourceStatus { Name = UsageSource.AnthropicAdmin, Status = status, Error = error }] }],
        },
    };
}
