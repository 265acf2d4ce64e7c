using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Components.Pages.Quality;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Tests.Pages;

public sealed class QualityPageTests : DashboardTestContext
{
    [Theory]
    [InlineData("", "low high none")]
    [InlineData("?sort=-coverage", "high low none")]
    [InlineData("?sort=name", "high low none")]
    [InlineData("?sort=issues", "low high none")]
    [InlineData("?sort=-issues", "high low none")]
    [InlineData("?sort=tests", "low high none")]
    [InlineData("?sort=no-such-column", "low high none")]
    public void Table_Sorted_PutsWhatIsNotMeasuredLast(string query, string expected)
    {
        Navigation.NavigateTo("quality" + query);
        State.Publish(Measured().Build());

        IRenderedComponent<QualityPage> page = Render<QualityPage>();

        Assert.Equal(expected, string.Join(' ', page.FindAll(".quality-table tbody .name").Select(TextOf)));
        Assert.Single(page.FindAll(".quality-table th[aria-sort]"));
    }

    [Theory]
    [InlineData("", "Coverage", "sort=-coverage")]
    [InlineData("?sort=-coverage", "Coverage", "sort=coverage")]
    [InlineData("?range=30d", "Open issues", "range=30d&sort=issues")]
    public void Table_HeadOfAColumn_LinksToTheOtherOrder(string query, string title, string expected)
    {
        Navigation.NavigateTo("quality" + query);
        State.Publish(Measured().Build());

        IRenderedComponent<QualityPage> page = Render<QualityPage>();

        Assert.EndsWith("?" + expected, page.FindAll(".quality-table th a").First(a => TextOf(a) == title).GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Tiles_ViewAsTable_LeadsToTheTableBelow()
    {
        Navigation.NavigateTo("quality?range=30d");
        State.Publish(Measured().Build());

        IRenderedComponent<QualityPage> page = Render<QualityPage>();

        string? link = page.FindAll("a.link").First(a => TextOf(a) == "View as table").GetAttribute("href");
        Assert.EndsWith("/quality?range=30d#metrics-title", link, StringComparison.Ordinal);
        Assert.NotNull(page.Find("#metrics-title"));
    }

    [Fact]
    public void Sources_Asked_NamesFileFormatAgeProblemAndHowToProduceOne()
    {
        Navigation.NavigateTo("quality?sources=low");
        State.Publish(Measured().Build());

        IRenderedComponent<QualityPage> page = Render<QualityPage>();

        string dialog = TextOf(page.Find("dialog.sources"));
        Assert.Contains("Quality of low", dialog, StringComparison.Ordinal);
        Assert.Contains("coverage/lcov.info lcov", dialog, StringComparison.Ordinal);
        Assert.Contains("Stale", dialog, StringComparison.Ordinal);
        Assert.Contains("junit.xml: <script> is no number.", dialog, StringComparison.Ordinal);
        Assert.Contains("How to produce a report", dialog, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("dialog script"));
    }

    [Fact]
    public void Sources_Closed_TakesItOutOfTheAddress()
    {
        Navigation.NavigateTo("quality?range=30d&sources=low");
        State.Publish(Measured().Build());
        IRenderedComponent<QualityPage> page = Render<QualityPage>();

        page.Find("dialog.sources").TriggerEvent("onclose", EventArgs.Empty);

        Assert.EndsWith("/quality?range=30d", Navigation.Uri, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("dialog.sources")));
    }

    [Fact]
    public void Sources_UnknownProject_OpensNothing()
    {
        Navigation.NavigateTo("quality?sources=no-such-project");
        State.Publish(Measured().Build());

        Assert.Empty(Render<QualityPage>().FindAll("dialog.sources"));
    }

    [Theory]
    [InlineData("low", "41.2% Lighthouse 55 Open issues 4 Tests 1 of 3 fail", "Tech debt: high")]
    [InlineData("none", "Not measured Lighthouse Not measured Open issues Not measured Tests Not measured", "Tech debt: not measured")]
    public void QualityCard_Project_ShowsItsFiguresAndNeverAZeroForNone(string id, string figures, string debt)
    {
        State.Publish(Measured().Build());

        IRenderedComponent<QualityCard> card = Render<QualityCard>(p => p.Add(c => c.ProjectId, id));

        Assert.Equal($"Coverage {figures}", string.Join(' ', card.FindAll("dt, dd.value").Select(TextOf)));
        Assert.Contains(debt, TextOf(card.Find("section")), StringComparison.Ordinal);
    }

    [Fact]
    public void QualityCard_FiguresWithoutAReport_ShowsTheirDay()
    {
        ProjectQuality stated = QualityFigures.Of(
            new QualityRecord { Project = "old", Date = "2026-11-03", TestCoverage = new TestCoverage { Overall = 78 }, OpenIssues = 3 },
            [], new QualitySettings(), SampleSnapshot.Today, TimeZoneInfo.Utc, lastCommit: null);
        DashboardSnapshot snapshot = new SampleSnapshot().Add("old", 0.1m).Build();
        State.Publish(snapshot with { Projects = [.. snapshot.Projects.Select(p => p with { Quality = stated })] });

        string card = TextOf(Render<QualityCard>(p => p.Add(c => c.ProjectId, "old")).Find("section"));

        Assert.Contains("78.0%", card, StringComparison.Ordinal);
        Assert.Contains("Measured Nov 3", card, StringComparison.Ordinal);
        Assert.DoesNotContain("No report yet", card, StringComparison.Ordinal);
        Assert.DoesNotContain("How to measure", card, StringComparison.Ordinal);
    }

    [Fact]
    public void QualityCard_Problem_IsNamed()
    {
        State.Publish(Measured().Build());

        IRenderedComponent<QualityCard> card = Render<QualityCard>(p => p.Add(c => c.ProjectId, "low"));

        Assert.Contains("<script> is no number.", TextOf(card.Find(".card-foot")), StringComparison.Ordinal);
        Assert.EndsWith("sources=low", card.Find("a.link").GetAttribute("href"), StringComparison.Ordinal);
    }

    private static SampleSnapshot Measured() => new SampleSnapshot()
        .Add("none", 0.1m)
        .Add("high", 0.2m, p => p with { Coverage = 93, OpenIssues = 2, Quality = new ProjectQuality { Tests = new TestResults { Passed = 9 } } })
        .Add("low", 0.3m, p => p with
        {
            Coverage = 41.2m,
            OpenIssues = 4,
            Quality = new ProjectQuality
            {
                LighthouseScore = 55,
                Debt = TechDebt.High,
                Tests = new TestResults { Passed = 2, Failed = 1 },
                MeasuredAt = SampleSnapshot.Now.AddDays(-40),
                StaleKinds = [QualitySourceKind.Coverage],
                Sources = [new QualitySource { Kind = QualitySourceKind.Coverage, File = "coverage/lcov.info", Format = "lcov", MeasuredAt = SampleSnapshot.Now.AddDays(-40) }],
                Reasons = ["junit.xml: <script> is no number."],
            },
        });
}
