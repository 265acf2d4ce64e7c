using AiaiaiDashboard.Components.Pages.Home;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;
using AngleSharp.Dom;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Pages;

public sealed class HomePageTests : DashboardTestContext
{
    [Fact]
    public void Render_Practice_FirstAmountOfStatSpendIsMonthToDate()
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        State.Publish(snapshot);

        IRenderedComponent<HomePage> page = Render<HomePage>();

        string text = TextOf(page.Find("[data-testid=stat-spend]"));
        Assert.Equal(
            snapshot.Analytics.Total.Month.Spend.ToString("$#,##0.00", System.Globalization.CultureInfo.InvariantCulture),
            text.Split(' ').First(word => word.StartsWith('$')));
        Assert.Contains("of $200.00", text, StringComparison.Ordinal);
        Assert.Contains("runs out Nov 27", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_NotMeasured_ShowsADashAndWhy()
    {
        State.Publish(SampleSnapshot.Practice().Build() with { Quality = new QualitySummary() });

        IRenderedComponent<HomePage> page = Render<HomePage>();

        Assert.Equal("Average coverage \u2013 No data Not measured", TextOf(page.Find("[data-testid=stat-coverage]")));
        Assert.Equal("Open issues \u2013 No data Not counted", TextOf(page.Find("[data-testid=stat-issues]")));
    }

    [Fact]
    public void Render_ProjectFilter_ShowsThatProjectAgainstItsLimit()
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        State.Publish(snapshot);
        Navigation.NavigateTo("/?project=storefront-api");

        IRenderedComponent<HomePage> page = Render<HomePage>();

        Assert.Contains("of $40.00", TextOf(page.Find("[data-testid=stat-spend]")), StringComparison.Ordinal);
        Assert.Single(page.FindAll(".projects-table tbody tr"));
        Assert.Equal("1 of 1", TextOf(page.Find("[data-testid=stat-projects] .figure")));
    }

    [Fact]
    public void Render_MonthWithoutSpend_LinksToTheLastMonthThatHasSome()
    {
        State.Publish(WithoutSpendThisMonth());

        IRenderedComponent<HomePage> page = Render<HomePage>();

        Assert.Equal("/?month=2025-09", page.Find("[data-testid=no-spend] a").GetAttribute("href"));
        Assert.Contains("No spend in November", TextOf(page.Find("[data-testid=spend-chart]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Render_OtherMonth_ShowsItsSpendFromTheLedger()
    {
        State.Publish(WithoutSpendThisMonth());
        Navigation.NavigateTo("/?month=2025-09");

        IRenderedComponent<HomePage> page = Render<HomePage>();

        string chart = TextOf(page.Find("[data-testid=spend-chart]"));
        Assert.Contains("Spend in September 2025", chart, StringComparison.Ordinal);
        Assert.Contains("Opus 4.5 $3.50", chart, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Render_NothingFound_SaysWhereAndOffersSampleData()
    {
        State.Publish(new DashboardSnapshot { IsLoaded = true, Today = SampleSnapshot.Today, Searched = [new SearchedPlace("Claude Code transcripts", "/home/dev/.claude/projects", "does not exist", false)] });

        IRenderedComponent<HomePage> page = Render<HomePage>();
        await page.Find("[data-testid=show-demo]").ClickAsync();

        string text = TextOf(page.Find("[data-testid=first-run]"));
        Assert.Contains("/home/dev/.claude/projects", text, StringComparison.Ordinal);
        Assert.Contains("does not exist", text, StringComparison.Ordinal);
        Assert.Equal(["demo"], Commands.Calls);
    }

    [Fact]
    public void Render_NotLoaded_ShowsNoFigures()
    {
        IRenderedComponent<HomePage> page = Render<HomePage>();

        Assert.DoesNotContain("$", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing needs attention", page.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[aria-busy=true]"));
    }

    [Fact]
    public void Render_HostileName_IsEncoded()
    {
        State.Publish(new SampleSnapshot().Add("<script>alert(1)</script>", 0.5m).Build());

        IRenderedComponent<HomePage> page = Render<HomePage>();

        Assert.Empty(page.FindAll("script"));
        Assert.Contains("<script>alert(1)</script>", page.Find(".project-name").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_Text_NarrowsTheTable()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        IRenderedComponent<HomePage> page = Render<HomePage>();

        await page.Find("input[type=search]").InputAsync("grocery");

        Assert.Equal(["storefront-api", "pricing-engine"], page.FindAll(".projects-table .project-name").Select(link => link.TextContent));
    }

    [Theory]
    [InlineData("/?status=paused", "invoice-ocr")]
    [InlineData("/?sort=coverage", "invoice-ocr")]
    [InlineData("/?sort=name", "claims-triage")]
    [InlineData("/?sort=nonsense", "rag-evaluator")]
    public void Render_StatusAndSortInTheAddress_DecideTheFirstRow(string address, string expected)
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo(address);

        IRenderedComponent<HomePage> page = Render<HomePage>();

        Assert.Equal(expected, page.Find(".projects-table .project-name").TextContent);
    }

    [Fact]
    public async Task Publish_NewSpend_IsShownWithoutReload()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        IRenderedComponent<HomePage> page = Render<HomePage>();

        State.Publish(new SampleSnapshot { Budget = 50 }.Add("one", 0.1m).Build());

        // Every block has its own subscription, so they follow one after the other.
        await page.WaitForAssertionAsync(() =>
        {
            Assert.Contains("of $50.00", TextOf(page.Find("[data-testid=stat-spend]")), StringComparison.Ordinal);
            Assert.Single(page.FindAll(".projects-table tbody tr"));
        });
    }

    private static DashboardSnapshot WithoutSpendThisMonth() => new()
    {
        IsLoaded = true,
        Today = SampleSnapshot.Today,
        Projects = [new ProjectSummary { Id = "old", Name = "old", LastUsage = new DateOnly(2025, 9, 12) }],
        Analytics = new AnalyticsDocument { Months = [new MonthTotal("2025-09", 3.5m)] },
        Usage = new UsageReadModel(
            [new UsageRow { Date = new DateOnly(2025, 9, 12), Project = "old", Session = "s", Model = "claude-opus-4-5-20251101", Source = UsageSource.ClaudeCode, Cost = 3.5m, Calls = 1 }],
            SampleSnapshot.Today),
    };
}
