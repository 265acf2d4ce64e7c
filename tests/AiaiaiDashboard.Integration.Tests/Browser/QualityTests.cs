using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>The quality page in a real browser: order, dialog, keys, and what a screen reader meets.</summary>
[Collection(BrowserTests.Name)]
public class QualityTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Table_HeadClickedTwice_SortsBothWays()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address + "/quality");
        ILocator head = tab.Page.Locator(".quality-table th").Filter(new LocatorFilterOptions { HasText = "Project" });

        await head.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(head).ToHaveAttributeAsync("aria-sort", "ascending");
        IReadOnlyList<string> up = await tab.Page.Locator(".quality-table tbody .name").AllInnerTextsAsync();
        await head.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(head).ToHaveAttributeAsync("aria-sort", "descending");
        IReadOnlyList<string> down = await tab.Page.Locator(".quality-table tbody .name").AllInnerTextsAsync();

        Assert.Equal(up.Order(StringComparer.OrdinalIgnoreCase), up);
        Assert.Equal(up.Reverse(), down);
        Assert.Empty(tab.Faults);
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Sources_Opened_IsAccessibleAndClosesWithEscape(ColorScheme scheme, int width)
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser, scheme, width);
        await tab.GotoAsync(home.Address + "/quality");
        ILocator dialog = tab.Page.Locator("dialog.sources");

        await tab.Page.GetByTestId("quality-card").First.Locator("a.link").ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await Expect(dialog).ToContainTextAsync("What was read");
        AxeResult axe = await tab.Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        await tab.Page.Keyboard.PressAsync("Escape");

        await Expect(dialog).ToHaveCountAsync(0);
        Assert.DoesNotContain("sources=", tab.Page.Url, StringComparison.Ordinal);
        Assert.Empty(axe.Violations.Select(v => $"{v.Id}: {v.Nodes[0].Html}"));
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task ViewAsTable_Clicked_BringsTheTableIntoView()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser, height: 600);
        await tab.GotoAsync(home.Address + "/quality");

        await tab.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "View as table" }).ClickAsync();

        await Expect(tab.Page.Locator("#metrics-title")).ToBeInViewportAsync();
        Assert.Empty(tab.Faults);
    }
}
