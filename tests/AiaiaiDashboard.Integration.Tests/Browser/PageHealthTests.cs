using Microsoft.Playwright;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>Every route, in both themes and at phone width: no console error, no failed request, no sideways scroll, no WCAG fault.</summary>
[Collection(BrowserTests.Name)]
public class PageHealthTests(Chromium chromium)
{
    private static readonly string[] Routes = ["/", "/projects", "/projects/rag-evaluator", "/kanban", "/tokens", "/quality", "/analytics", "/alerts", "/settings"];

    [SkippableTheory]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 1440)]
    [InlineData(ColorScheme.Dark, 390)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task EveryRoute_SampleData_IsHealthyAndAccessible(ColorScheme scheme, int width)
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser, scheme, width);
        var faults = new List<string>();
        foreach (string route in Routes)
        {
            await tab.GotoAsync(home.Address + route);
            faults.AddRange((await PageHealth.AxeFaultsAsync(tab.Page)).Select(f => $"{route}: {f}"));
            int wider = await tab.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (wider > 0)
            {
                faults.Add($"{route}: scrolls sideways by {wider} px");
            }
        }

        Assert.Empty(faults);
        Assert.Empty(tab.Faults);
    }

    [SkippableTheory]
    [InlineData("/no-such-page")]
    [InlineData("/projects/no-such-project")]
    public async Task UnknownAddress_Opened_Answers404WithAWayBack(string route)
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 1m);
        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        tab.ExpectedStatus = 404;

        IResponse? response = await tab.Page.GotoAsync(home.Address + route);

        Assert.Equal(404, response?.Status);
        await tab.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link).First.ClickAsync();
        await Assertions.Expect(tab.Page.GetByTestId("stat-spend").Or(tab.Page.GetByTestId("project-card")).First).ToBeVisibleAsync();
        Assert.Empty(tab.Faults);
    }
}
