using AiaiaiDashboard.Components.Pages.Alerts;
using AiaiaiDashboard.Components.Pages.Analytics;
using AiaiaiDashboard.Components.Pages.Kanban;
using AiaiaiDashboard.Components.Pages.Project;
using AiaiaiDashboard.Components.Pages.Projects;
using AiaiaiDashboard.Components.Pages.Quality;
using AiaiaiDashboard.Components.Pages.Settings;
using AiaiaiDashboard.Components.Pages.Tokens;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Sync;
using AngleSharp.Dom;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Pages;

public sealed class OtherPagesTests : DashboardTestContext
{
    [Fact]
    public void Projects_Practice_GroupsCardsByStatus()
    {
        State.Publish(SampleSnapshot.Practice().Build());

        IRenderedComponent<ProjectsPage> page = Render<ProjectsPage>();

        Assert.Equal(["Active 8", "Paused 2", "Completed 2"], page.FindAll("h2").Select(TextOf));
        Assert.Equal(12, page.FindAll("[data-testid=project-card]").Count);
        Assert.Equal("rag-evaluator", page.Find("[data-testid=project-card]").GetAttribute("data-project-id"));
    }

    [Fact]
    public void Projects_AsTable_GroupsRowsByStatusInTheOrderThatIsChosen()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo("/projects?view=table&sort=name");

        IRenderedComponent<ProjectsPage> page = Render<ProjectsPage>();

        Assert.Equal(["Active 8", "Paused 2", "Completed 2"], page.FindAll(".projects-table .group-row").Select(TextOf));
        Assert.Equal(["data-catalog", "invoice-ocr"], page.FindAll(".projects-table tbody[data-status=paused] .project-name").Select(TextOf));
        Assert.Equal(12 + 3, page.FindAll(".projects-table tbody tr").Count);
    }

    [Fact]
    public void Projects_AsTableOfOneStatus_ShowsThatGroupOnly()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo("/projects?view=table&status=paused");

        IRenderedComponent<ProjectsPage> page = Render<ProjectsPage>();

        Assert.Equal(["Paused 2"], page.FindAll(".projects-table .group-row").Select(TextOf));
    }

    [Fact]
    public void Projects_FiltersOnASmallScreen_UnfoldAndSayHowManyAreSet()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo("/projects?show=due&stack=python");
        IRenderedComponent<ProjectsPage> page = Render<ProjectsPage>();
        Assert.Equal("Filters 2", TextOf(page.Find("[data-testid=filter-toggle]")));
        Assert.Equal("false", page.Find("[data-testid=filter-toggle]").GetAttribute("aria-expanded"));

        page.Find("[data-testid=filter-toggle]").Click();

        Assert.Equal("true", page.Find("[data-testid=filter-toggle]").GetAttribute("aria-expanded"));
        Assert.Contains("open", page.Find(".filter-row").ClassList);
    }

    [Fact]
    public void Kanban_Practice_PutsCardsIntoTheColumnOfTheirStatus()
    {
        State.Publish(SampleSnapshot.Practice().Build());

        IRenderedComponent<KanbanPage> page = Render<KanbanPage>();

        Assert.Equal(["active", "paused", "completed"], page.FindAll("[data-testid=kanban-column]").Select(column => column.GetAttribute("data-status")));
        Assert.Equal(["invoice-ocr", "data-catalog"], page.FindAll("[data-status=paused] [data-testid=kanban-card]").Select(card => card.GetAttribute("data-project-id")));
    }

    [Fact]
    public void Project_Known_ShowsFactsAndSessions()
    {
        State.Publish(SampleSnapshot.Practice().Build());

        IRenderedComponent<ProjectPage> page = Render<ProjectPage>(parameters => parameters.Add(p => p.Id, "storefront-api"));

        string text = TextOf(page.Nodes[0].ParentElement!);
        Assert.Contains("storefront-api", text, StringComparison.Ordinal);
        Assert.Contains("Backend for the web shop and the store pick-up app.", text, StringComparison.Ordinal);
        Assert.Contains("latest 8 of 30", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Project_Unknown_IsNotFound()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        bool notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        Render<ProjectPage>(parameters => parameters.Add(p => p.Id, "nope"));

        Assert.True(notFound);
    }

    [Fact]
    public void Project_UnknownWhileLoading_Waits()
    {
        bool notFound = false;
        Navigation.OnNotFound += (_, _) => notFound = true;

        IRenderedComponent<ProjectPage> page = Render<ProjectPage>(parameters => parameters.Add(p => p.Id, "nope"));

        Assert.False(notFound);
        Assert.NotEmpty(page.FindAll("[aria-busy=true]"));
    }

    [Fact]
    public void Tokens_Practice_TotalsAreTheMonths()
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        State.Publish(snapshot);

        IRenderedComponent<TokensPage> page = Render<TokensPage>();

        string total = TextOf(page.Find("[data-testid=usage-table] tfoot"));
        Assert.Contains(AiaiaiDashboard.Formatting.Format.Money(snapshot.Analytics.Total.Month.Spend), total, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_MonthWithoutSpend_LeadsToTheLastWithSome()
    {
        State.Publish(SampleSnapshot.Practice().Build() with { Today = SampleSnapshot.Today.AddMonths(2) });

        IRenderedComponent<TokensPage> page = Render<TokensPage>();

        IElement table = page.Find("[data-testid=usage-table]");
        Assert.EndsWith("The last month with spend is November 2026 .", TextOf(table), StringComparison.Ordinal);
        Assert.Equal("/?month=2026-11", table.QuerySelector("a.link")!.GetAttribute("href"));
    }

    [Fact]
    public void Project_WithoutALimit_LeadsToWhereOneIsSet()
    {
        State.Publish(SampleSnapshot.Practice().Build());

        IRenderedComponent<ProjectPage> page = Render<ProjectPage>(parameters => parameters.Add(p => p.Id, "design-system"));

        Assert.Equal("Set a limit", TextOf(page.Find("a[href^='/settings'].button")));
        Assert.DoesNotContain("config/alerts.json", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/analytics", "Spend per day", "Per week")]
    [InlineData("/analytics?range=90d&per=week", "Spend per week", "Per month")]
    [InlineData("/analytics?from=2026-07-01", "Spend per week", "Per month")]
    [InlineData("/analytics?from=2026-07-01&per=day", "Spend per day", "Per week")]
    public void Analytics_LongRange_IsShownByWeekAndSaysSo(string address, string trend, string models)
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo(address);

        IRenderedComponent<AnalyticsPage> page = Render<AnalyticsPage>();

        Assert.Contains(trend, TextOf(page.Find("[data-testid=spend-trend]")), StringComparison.Ordinal);
        Assert.Contains(models, TextOf(page.Find("[data-testid=models-by-week]")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/analytics", "30 days", "range-30d")]
    [InlineData("/analytics?range=7d", "7 days", "range-7d")]
    [InlineData("/analytics?range=90d", "90 days", "range-90d")]
    [InlineData("/analytics?range=rubbish", "30 days", "range-30d")]
    public void Analytics_RangeInTheAddress_IsSelected(string address, string words, string selected)
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo(address);

        IRenderedComponent<AnalyticsPage> page = Render<AnalyticsPage>();

        Assert.Equal("true", page.Find($"[data-testid={selected}]").GetAttribute("aria-current"));
        Assert.Contains(words, TextOf(page.Find("[data-testid=spend-trend]")), StringComparison.Ordinal);
        Assert.Contains("Nov 27", TextOf(page.Find("[data-testid=exhaustion-date]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Quality_NotMeasured_SaysSo()
    {
        State.Publish(SampleSnapshot.Practice().Build());

        IRenderedComponent<QualityPage> page = Render<QualityPage>();

        Assert.Equal(12, page.FindAll("[data-testid=quality-card]").Count);
        Assert.Contains("Coverage Not measured", TextOf(page.Find("[data-project-id=claims-triage]")), StringComparison.Ordinal);
        Assert.Contains("No test run", TextOf(page.Find("[data-project-id=claims-triage]")), StringComparison.Ordinal);
        Assert.Contains("Coverage 61.4%", TextOf(page.Find("[data-project-id=invoice-ocr]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_BelowEveryThreshold_SaysThereAreNone()
    {
        State.Publish(new SampleSnapshot { Budget = 5_000 }.Add("one", 0.5m).Build());

        IRenderedComponent<AlertsPage> page = Render<AlertsPage>();

        Assert.Contains("No alerts", page.Markup, StringComparison.Ordinal);
        Assert.Contains("75% $3,750.00", TextOf(page.Find("table")), StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_OverLimit_ListsWhatIsActiveWithItsKey()
    {
        State.Publish(SampleSnapshot.Practice().Build());

        IRenderedComponent<AlertsPage> page = Render<AlertsPage>();

        Assert.Equal(AlertFamily.Heads(State.Current.ActiveAlerts).Select(a => a.Key), page.FindAll("[data-alert-key]").Select(item => item.GetAttribute("data-alert-key")));
        Assert.Matches("^Also reached: 90% on [A-Z][a-z]{2} \\d+, 75% on ", page.Find("[data-alert-key=project-rag-evaluator-100] [data-testid=alert-before]").TextContent);
    }

    [Fact]
    public void Settings_FailedStep_ShowsReasonAndFindings()
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        State.Publish(snapshot with
        {
            Status = snapshot.Status with
            {
                Status = SyncOutcome.Partial,
                Steps =
                [
                    new SyncStepStatus
                    {
                        Name = "tokens",
                        Status = SyncOutcome.Error,
                        Error = "The folder cannot be read.",
                        Sources = [new SyncSourceStatus { Name = "claude-code", Status = SyncOutcome.Warning, Details = ["a.jsonl, line 3: not JSON"] }],
                    },
                ],
            },
        });

        IRenderedComponent<SettingsPage> page = Render<SettingsPage>();

        string text = TextOf(page.Find("#last-sync"));
        Assert.Contains("The folder cannot be read.", text, StringComparison.Ordinal);
        Assert.Contains("a.jsonl, line 3: not JSON", text, StringComparison.Ordinal);
    }
}
