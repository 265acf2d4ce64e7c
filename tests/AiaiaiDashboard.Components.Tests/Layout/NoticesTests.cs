using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Components.Layout;
using AiaiaiDashboard.Components.Pages.Alerts;
using AiaiaiDashboard.Components.Pages.Home;
using AiaiaiDashboard.Components.Pages.Kanban;
using AiaiaiDashboard.Components.Pages.Project;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Layout;

/// <summary>What the top of every page says of data that is broken or old, and what pages show in place of what they do not know.</summary>
public sealed class NoticesTests : DashboardTestContext
{
    private const string BadAmount = "-5 is not allowed.";

    [Fact]
    public void Problems_OfManyFiles_StandInOneBannerThatUnfolds()
    {
        State.Publish(SampleSnapshot.Practice().Build() with
        {
            Problems =
            [
                new FileProblem("config/alerts.json", "$.globalBudget", BadAmount), new FileProblem("config/sync.json", "$.cron", "\"x\" is not allowed."),
                new FileProblem("config/sync.json", "$.timeZone", "\"y\" is not allowed."), new FileProblem("history/tokens-2026-11.jsonl", "line 4", "not a ledger row. The line is skipped and kept."),
            ],
        });

        IRenderedComponent<Notices> notices = Render<Notices>(parameters => parameters.Add(n => n.Path, "/"));

        string folded = TextOf(notices.Find("[data-testid=file-problem]"));
        Assert.StartsWith("3 files cannot be used. The last good state stays on screen. config/alerts.json, $.globalBudget -5 is not allowed.", folded, StringComparison.Ordinal);
        Assert.EndsWith("and 2 more", folded, StringComparison.Ordinal);
        notices.Find("[data-testid=problems-more]").Click();
        Assert.Equal(4, notices.FindAll(".problems > li").Count);
        Assert.Equal("true", notices.Find("[data-testid=problems-more]").GetAttribute("aria-expanded"));
    }

    [Fact]
    public void Problems_LinesOfHistory_PromiseNoGoodStateOfTheFile()
    {
        State.Publish(SampleSnapshot.Practice().Build() with { Problems = [new FileProblem("history/tokens-2026-11.jsonl", "line 4", "not a ledger row. The line is skipped and kept.")] });

        IRenderedComponent<Notices> notices = Render<Notices>(parameters => parameters.Add(n => n.Path, "/"));

        Assert.EndsWith("The line is skipped and kept.", TextOf(notices.Find("[data-testid=file-problem]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Stale_LastSyncDaysAgo_SaysHowOldAndOffersRefresh()
    {
        State.Publish(Synced(TimeSpan.FromDays(4)));

        IRenderedComponent<Notices> notices = Render<Notices>(parameters => parameters.Add(n => n.Path, "/"));

        Assert.StartsWith("The figures are 4 days old. The last sync that worked was Nov 19, 14:20.", TextOf(notices.Find("[data-testid=stale-notice]")), StringComparison.Ordinal);
        notices.Find("[data-testid=stale-notice] button").Click();
        Assert.Equal(["sync"], Commands.Calls);
    }

    [Fact]
    public void Stale_FailedSinceHours_CountsFromTheLastSyncThatWorked()
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        State.Publish(snapshot with
        {
            Status = snapshot.Status with
            {
                Status = SyncOutcome.Partial,
                Steps = [new SyncStepStatus { Name = SyncStepNames.Tokens, Status = SyncOutcome.Error, Error = "gone" }],
                RecentRuns = [Run(SyncOutcome.Partial, 1), Run(SyncOutcome.Success, 20)],
            },
        });

        IRenderedComponent<Notices> notices = Render<Notices>(parameters => parameters.Add(n => n.Path, "/"));

        Assert.StartsWith("The figures are 20 hours old.", TextOf(notices.Find("[data-testid=stale-notice]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Stale_YoungOrRareOrSaidByAnAlertOrSample_IsNotSaid()
    {
        DashboardSnapshot old = Synced(TimeSpan.FromDays(4));
        var alert = new ActiveAlert { Key = "source-sync", Type = AlertType.Source, Level = AlertLevel.Warning, Title = "Usage data is stale", Message = "Usage was not read.", Since = SampleSnapshot.Today };
        DashboardSnapshot[] quiet =
        [
            Synced(TimeSpan.FromHours(11)), old with { SyncSettings = new SyncConfig { Cron = "0 6 * * 1" } }, old with { ActiveAlerts = [alert] }, old with { IsDemo = true },
        ];
        foreach (DashboardSnapshot snapshot in quiet)
        {
            State.Publish(snapshot);

            Assert.Empty(Render<Notices>(parameters => parameters.Add(n => n.Path, "/")).FindAll("[data-testid=stale-notice]"));
        }
    }

    [Fact]
    public void UnreadProjects_AreNoZeros()
    {
        State.Publish(SampleSnapshot.Practice().Build() with { Projects = [], Problems = [new FileProblem("projects.json", "line 1", "not valid JSON.")] });

        Assert.Equal("Active projects – No data Cannot be read", TextOf(Render<HomeStats>().Find("[data-testid=stat-projects]")));
        IRenderedComponent<KanbanPage> board = Render<KanbanPage>();
        Assert.Contains("Projects cannot be read", board.Markup, StringComparison.Ordinal);
        Assert.Empty(board.FindAll(".filter-row"));
        IRenderedComponent<ProjectPage> project = Render<ProjectPage>(parameters => parameters.Add(p => p.Id, "rag-evaluator"));
        Assert.Equal("rag-evaluator", TextOf(project.Find("h1")));
        Assert.Contains("Projects cannot be read", project.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("last good state", TextOf(Render<Notices>(parameters => parameters.Add(n => n.Path, "/")).Find("[data-testid=file-problem]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_OfOneLevel_NoZeroBesideTheOther()
    {
        State.Publish(new SampleSnapshot { Budget = 58 }.Add("one", 0.3m).Build());

        IRenderedComponent<AlertsPage> page = Render<AlertsPage>();

        Assert.Equal(["All 1", "Critical", "Warnings 1"], page.FindAll("[aria-label=Level] a").Select(TextOf));
        Assert.Equal("1 active.", TextOf(page.Find(".page-head p")));
    }

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(3, 0, "3 critical")]
    [InlineData(0, 1, "1 warning")]
    [InlineData(2, 1_200, "2 critical, 1,200 warnings")]
    public void AlertCounts_Words_LeaveOutWhatThereIsNone(int critical, int warnings, string? expected) => Assert.Equal(expected, AlertCounts.Words(critical, warnings));

    private static DashboardSnapshot Synced(TimeSpan ago)
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        return snapshot with { Status = snapshot.Status with { LastSync = SampleSnapshot.Now - ago } };
    }

    private static SyncRunSummary Run(string status, int hoursAgo) => new() { StartedAt = SampleSnapshot.Now.AddHours(-hoursAgo), Status = status };
}
