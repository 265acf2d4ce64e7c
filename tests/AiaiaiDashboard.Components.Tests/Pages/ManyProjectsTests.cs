using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Components.Pages.Kanban;
using AiaiaiDashboard.Components.Pages.Projects;
using AiaiaiDashboard.Components.Pages.Quality;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Tests.Pages;

/// <summary>Lists of 500 projects: they begin with the first of them and say of how many.</summary>
public sealed class ManyProjectsTests : DashboardTestContext
{
    private const int All = 500;

    public ManyProjectsTests()
    {
        SampleSnapshot sample = new();
        for (int n = 0; n < All; n++)
        {
            string status = n % 10 < 7 ? "active" : n % 10 < 9 ? "paused" : "completed";
            sample.Add($"project-{n:000}", 0.001m, p => p with { Status = status, Client = n % 5 == 0 ? "Telecom" : "Bank" });
        }

        State.Publish(sample.Build());
    }

    [Theory]
    [InlineData("/projects", "[data-testid=project-card]")]
    [InlineData("/projects?view=table", ".projects-table tbody tr:not(.group-row)")]
    public void Projects_Many_ShowsTheFirstAndSaysOfHowMany(string address, string row)
    {
        Navigation.NavigateTo(address);

        IRenderedComponent<ProjectsPage> page = Render<ProjectsPage>();

        Assert.Equal(60, page.FindAll(row).Count);
        Assert.Equal("60 of 500 projects Show all before printing to have the others on paper. Show 60 more Show all", TextOf(page.Find(".show-more")));
        Assert.StartsWith("Active 350", page.FindAll("h2.section-title, .group-row").Select(TextOf).Single());
    }

    [Fact]
    public void Projects_MoreAreShown_TheyStandBehindTheOthersAndTheAddressKeepsTheFilter()
    {
        Navigation.NavigateTo("/projects?client=Bank&sort=name");
        IRenderedComponent<ProjectsPage> page = Render<ProjectsPage>();
        string[] first = Ids(page);

        page.Find("[data-testid=show-more]").Click();

        Assert.EndsWith("/projects?client=Bank&sort=name&first=120", Navigation.Uri);
        Assert.Equal(120, Ids(page).Length);
        Assert.Equal(first, Ids(page).Take(60));
        Assert.StartsWith("120 of 400 projects", TextOf(page.Find(".show-more")));
        // js/focus.js finds the list by this, and its first new card in it.
        Assert.Equal(120, page.FindAll($"{page.Find("[data-testid=show-more]").GetAttribute("data-more")} [data-testid=project-card]").Count);
    }

    [Fact]
    public async Task Kanban_DroppedBehindTheLastOnesShown_StaysInSight()
    {
        Navigation.NavigateTo("/kanban");
        IRenderedComponent<KanbanPage> page = Render<KanbanPage>();
        string last = Cards(page, "active")[^1];
        string moved = Cards(page, "paused")[0];

        await page.InvokeAsync(() => page.Instance.Drop(moved, "active", last, null));

        Assert.Equal([last, moved], Cards(page, "active").TakeLast(2));
    }

    [Fact]
    public async Task Kanban_LastOneShownIsMovedDownByTheMenu_StaysInSight()
    {
        Navigation.NavigateTo("/kanban");
        IRenderedComponent<KanbanPage> page = Render<KanbanPage>();
        string last = Cards(page, "active")[^1];

        await page.InvokeAsync(() => page.Instance.Choose(last, "down"));

        Assert.Equal(last, Cards(page, "active")[^1]);
    }

    [Fact]
    public void Projects_AllAreShown_EveryGroupIsThereAndFewerIsOffered()
    {
        Navigation.NavigateTo("/projects");
        IRenderedComponent<ProjectsPage> page = Render<ProjectsPage>();

        page.Find("[data-testid=show-all]").Click();

        Assert.Equal(All, Ids(page).Distinct().Count());
        Assert.Equal(["Active 350", "Paused 100", "Completed 50"], page.FindAll("h2.section-title").Select(TextOf));
        Assert.Equal("All 500 projects Show fewer", TextOf(page.Find(".show-more")));
        page.Find("[data-testid=show-fewer]").Click();
        Assert.EndsWith("/projects", Navigation.Uri);
        Assert.Equal(60, Ids(page).Length);
    }

    [Theory]
    [InlineData("60", 60)]
    [InlineData("400", 400)]
    [InlineData("100000", 500)]
    [InlineData("0", 60)]
    [InlineData("-5", 60)]
    [InlineData("99999999999999", 60)]
    [InlineData("many", 60)]
    public void Projects_NumberInTheAddress_IsTakenWhereItIsOne(string first, int expected)
    {
        Navigation.NavigateTo($"/projects?first={first}");

        Assert.Equal(expected, Ids(Render<ProjectsPage>()).Length);
    }

    [Fact]
    public void Projects_FilterLeavesFew_HasNothingMoreToShow()
    {
        Navigation.NavigateTo("/projects?q=project-01");

        IRenderedComponent<ProjectsPage> page = Render<ProjectsPage>();

        Assert.Equal(10, Ids(page).Length);
        Assert.Empty(page.FindAll(".show-more"));
    }

    [Fact]
    public void Home_Many_ListsTheFirstAndKeepsTheTotalOfAll()
    {
        Navigation.NavigateTo("/");

        IRenderedComponent<ProjectsTable> table = Render<ProjectsTable>(p => p.Add(t => t.Page, "/"));

        Assert.Equal(60, table.FindAll("tbody tr").Count);
        Assert.StartsWith("500 projects", TextOf(table.Find("tfoot")));
        Assert.StartsWith("60 of 500 projects", TextOf(table.Find(".show-more")));
    }

    [Fact]
    public void Quality_Many_ListsTheFirstOfTilesAndRows()
    {
        Navigation.NavigateTo("/quality?sort=debt");

        IRenderedComponent<QualityPage> page = Render<QualityPage>();

        Assert.Equal(12, page.FindAll("[data-testid=quality-card]").Count);
        Assert.Equal(60, page.FindAll(".quality-table tbody tr").Count);
        Assert.Equal(["12 of 500 projects", "60 of 500 projects"], page.FindAll(".show-more [role=status]").Select(TextOf));
        page.FindAll("[data-testid=show-more]")[0].Click();
        Assert.Equal(72, page.FindAll("[data-testid=quality-card]").Count);
        Assert.Equal(60, page.FindAll(".quality-table tbody tr").Count);
    }

    [Fact]
    public void Kanban_Many_ShowsTheFirstOfEveryColumnAndCountsAll()
    {
        Navigation.NavigateTo("/kanban");

        IRenderedComponent<KanbanPage> page = Render<KanbanPage>();

        Assert.Equal([60, 60, 50], page.FindAll(".column").Select(column => column.QuerySelectorAll("[data-testid=kanban-card]").Length));
        Assert.Equal(["60 of 350 projects", "60 of 100 projects"], page.FindAll(".show-more [role=status]").Select(TextOf));
        page.FindAll("[data-testid=show-all]")[1].Click();
        Assert.Equal([60, 100, 50], page.FindAll(".column").Select(column => column.QuerySelectorAll("[data-testid=kanban-card]").Length));
    }

    [Fact]
    public async Task Kanban_CardCarriedBeyondTheShownOnes_StaysInSightWhereItIsDropped()
    {
        Navigation.NavigateTo("/kanban");
        IRenderedComponent<KanbanPage> page = Render<KanbanPage>();
        string last = page.FindAll(".column[data-status=active] [data-testid=kanban-card]")[^1].GetAttribute("data-project-id")!;

        foreach (string key in (string[])["Space", "ArrowDown", "ArrowDown", "Space"])
        {
            await page.InvokeAsync(() => page.Instance.Key(last, key));
        }

        Assert.Equal(last, page.FindAll(".column[data-status=active] [data-testid=kanban-card]")[^1].GetAttribute("data-project-id"));
        Assert.StartsWith("62 of 350 projects", TextOf(page.Find(".show-more")));
        Assert.Contains("position 62 of 350", page.Find("[data-testid=board-announcement]").TextContent, StringComparison.Ordinal);
    }

    private static string[] Ids(IRenderedComponent<ProjectsPage> page) =>
        [.. page.FindAll("[data-testid=project-card]").Select(card => card.GetAttribute("data-project-id")!)];

    private static string[] Cards(IRenderedComponent<KanbanPage> page, string status) =>
        [.. page.FindAll($".column[data-status={status}] [data-testid=kanban-card]").Select(c => c.GetAttribute("data-project-id")!)];
}
