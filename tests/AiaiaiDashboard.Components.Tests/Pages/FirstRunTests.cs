using AiaiaiDashboard.Components.Pages.Analytics;
using AiaiaiDashboard.Components.Pages.Home;
using AiaiaiDashboard.Components.Pages.Kanban;
using AiaiaiDashboard.Components.Pages.Projects;
using AiaiaiDashboard.Components.Pages.Quality;
using AiaiaiDashboard.Components.Pages.Tokens;
using AiaiaiDashboard.Core.State;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Tests.Pages;

/// <summary>What pages say while there is nothing, and while a filter leaves nothing.</summary>
public sealed class FirstRunTests : DashboardTestContext
{
    [Theory]
    [InlineData(typeof(HomePage))]
    [InlineData(typeof(ProjectsPage))]
    [InlineData(typeof(KanbanPage))]
    [InlineData(typeof(TokensPage))]
    [InlineData(typeof(AnalyticsPage))]
    [InlineData(typeof(QualityPage))]
    public void Page_NothingFound_IsOneCardWithTheWaysOn(Type page)
    {
        State.Publish(new DashboardSnapshot { IsLoaded = true, Today = SampleSnapshot.Today, Searched = [new SearchedPlace("Claude Code transcripts", "/home/dev/.claude/projects", "does not exist", false)] });

        IRenderedComponent<DynamicComponent> shown = Render<DynamicComponent>(p => p.Add(c => c.Type, page));

        IElement card = Assert.Single(shown.FindAll(".card"));
        Assert.Equal("first-run", card.GetAttribute("data-testid"));
        Assert.Equal("/settings#sources", card.QuerySelector("[data-testid=choose-folder]")?.GetAttribute("href"));
        Assert.NotNull(card.QuerySelector("[data-testid=first-sync]"));
        Assert.NotNull(card.QuerySelector("[data-testid=show-demo]"));
        Assert.Contains("/home/dev/.claude/projects", TextOf(card), StringComparison.Ordinal);
    }

    [Fact]
    public void SyncNow_Clicked_Syncs()
    {
        State.Publish(new DashboardSnapshot { IsLoaded = true, Today = SampleSnapshot.Today });

        Render<HomePage>().Find("[data-testid=first-sync]").Click();

        Assert.Equal(["sync"], Commands.Calls);
    }

    [Theory]
    [InlineData(typeof(ProjectsPage), "/projects")]
    [InlineData(typeof(KanbanPage), "/kanban")]
    public void Page_FilterLeavesNothing_SaysSoAndClearsIt(Type page, string path)
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo($"{path}?q=zzz&show=due");

        IRenderedComponent<DynamicComponent> shown = Render<DynamicComponent>(p => p.Add(c => c.Type, page));

        Assert.Contains("No project matches", shown.Markup, StringComparison.Ordinal);
        Assert.Contains("Clear the filter to see all 12 projects.", shown.Markup, StringComparison.Ordinal);
        Assert.EndsWith(path, shown.Find("[data-testid=clear-filter]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Table_FilterLeavesNothing_ClearsIt()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        IRenderedComponent<HomePage> page = Render<HomePage>();
        page.Find("input[type=search]").Input("zzz");

        page.Find("[data-testid=clear-filter]").Click();

        Assert.Equal(12, page.FindAll(".projects-table tbody tr").Count);
    }
}
