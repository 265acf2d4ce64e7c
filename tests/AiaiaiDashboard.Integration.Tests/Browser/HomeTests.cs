using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>The home page in a real browser, on the real server with transcripts of its own.</summary>
[Collection(BrowserTests.Name)]
public class HomeTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Home_FreshHomeWithTranscripts_ShowsTheMonthItsProjectsAndTotals()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 12.50m);
        home.Spend("beta", 3.25m);
        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);

        await tab.GotoAsync(home.Address);

        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$15.75");
        await Expect(tab.Page.GetByTestId("stat-projects")).ToContainTextAsync("2");
        ILocator table = tab.Page.Locator("table").Filter(new LocatorFilterOptions { HasText = "alpha" });
        await Expect(table).ToContainTextAsync("$12.50");
        await Expect(table).ToContainTextAsync("beta");
        await Expect(tab.Page.GetByTestId("spend-chart").Locator("svg.apexcharts-svg").First).ToBeVisibleAsync();
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task Refresh_LineAppended_ShowsTheNewFigureInBothTabsWithoutReload()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 10m);
        await home.StartAsync();
        await using WatchedPage clicked = await WatchedPage.OpenAsync(browser);
        await using WatchedPage watching = await WatchedPage.OpenAsync(browser);
        await clicked.GotoAsync(home.Address);
        await watching.GotoAsync(home.Address);
        await clicked.Page.EvaluateAsync("() => window.notReloaded = true");
        home.Spend("alpha", 5m);

        await clicked.Page.GetByTestId("sync-now").ClickAsync();

        await Expect(clicked.Page.GetByTestId("stat-spend")).ToContainTextAsync("$15.00");
        await Expect(watching.Page.GetByTestId("stat-spend")).ToContainTextAsync("$15.00");
        await Expect(clicked.Page.GetByTestId("sync-status")).ToContainTextAsync("just now");
        Assert.True(await clicked.Page.EvaluateAsync<bool>("() => window.notReloaded === true"));
        Assert.Empty(clicked.Faults);
        Assert.Empty(watching.Faults);
    }

    [SkippableFact]
    public async Task Home_OnlyOldUsage_SaysSoAndLinksToTheLastMonthThatHasSome()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        DateTimeOffset old = DateTimeOffset.UtcNow.AddMonths(-4);
        home.Spend("alpha", 42m, old);
        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);

        await tab.GotoAsync(home.Address);

        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$0.00");
        ILocator note = tab.Page.GetByTestId("no-spend");
        await Expect(note).ToContainTextAsync(old.ToString("MMMM yyyy", CultureInfo.InvariantCulture));
        await note.GetByRole(AriaRole.Link).ClickAsync();
        await tab.Page.WaitForURLAsync($"**/?month={old.ToString("yyyy-MM", CultureInfo.InvariantCulture)}");
        await Expect(tab.Page.GetByTestId("spend-chart")).ToContainTextAsync("$42.00");
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task FirstRun_NothingToFind_SaysWhereItLookedAndShowsSampleDataAndBack()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);

        await tab.GotoAsync(home.Address);

        ILocator first = tab.Page.GetByTestId("first-run");
        await Expect(first).ToContainTextAsync(Path.Combine(home.Root, ".claude"));
        await tab.Page.GetByTestId("show-demo").ClickAsync();
        ILocator label = tab.Page.GetByTestId("demo-banner");
        await Expect(label).ToContainTextAsync("Sample data");
        await Expect(tab.Page.GetByTestId("stat-projects")).ToContainTextAsync("of 12");
        Assert.False(File.Exists(Path.Combine(home.Root, "data", "history")));
        await label.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(tab.Page.GetByTestId("first-run")).ToBeVisibleAsync();
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task ProjectFilter_Chosen_FiltersAndSurvivesNavigationAndReload()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 8m);
        home.Spend("beta", 2m);
        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);

        await tab.GotoAsync($"{home.Address}/?project=beta");
        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$2.00");
        await tab.Page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Main" }).GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Tokens" }).ClickAsync();
        await tab.Page.WaitForURLAsync("**/tokens?project=beta");
        await tab.Page.ReloadAsync();

        await Expect(tab.Page.GetByTestId("usage-table").First).Not.ToContainTextAsync("alpha");
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task ThemeToggle_Clicked_SwitchesAndIsRememberedAfterReload()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 8m);
        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address);
        ILocator page = tab.Page.Locator("html");
        await Expect(page).ToHaveAttributeAsync("data-theme", "dark");

        await tab.Page.GetByTestId("theme-toggle").ClickAsync();
        await Expect(page).ToHaveAttributeAsync("data-theme", "light");
        await tab.Page.ReloadAsync();

        await Expect(page).ToHaveAttributeAsync("data-theme", "light");
        Assert.Empty(tab.Faults);
    }
}
