using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>Keyboard shortcuts and the command palette in a real browser.</summary>
[Collection(BrowserTests.Name)]
public class ShortcutTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Keyboard_PaletteSequencesAndSwitch_DoWhatTheSheetSays()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address);
        ILocator palette = tab.Page.Locator("#palette");
        ILocator title = tab.Page.Locator("h1");

        // A project by a part of its name.
        await tab.Page.Keyboard.PressAsync("Control+k");
        await Expect(palette.Locator("input")).ToBeFocusedAsync();
        await tab.Page.Keyboard.TypeAsync("rag");
        await Expect(palette.GetByRole(AriaRole.Option).First).ToContainTextAsync("rag-evaluator");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(title).ToContainTextAsync("rag-evaluator");
        await Expect(palette).ToBeHiddenAsync();

        // Escape closes it and starts it afresh the next time.
        await tab.Page.Keyboard.PressAsync("Control+k");
        await Expect(palette.Locator("input")).ToHaveValueAsync("");
        await Expect(palette.GetByRole(AriaRole.Option).First).ToContainTextAsync("Home");
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(palette).ToBeHiddenAsync();

        // Two keys open a page.
        await tab.Page.Keyboard.PressAsync("g");
        await tab.Page.Keyboard.PressAsync("q");
        await Expect(title).ToContainTextAsync("Quality");

        // One key switches the theme, until single keys are turned off.
        await tab.Page.Keyboard.PressAsync("t");
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await tab.Page.Keyboard.PressAsync("?");
        ILocator sheet = tab.Page.Locator("#shortcuts");
        await Expect(sheet).ToBeVisibleAsync();
        await sheet.Locator("#shortcut-keys").UncheckAsync();
        await sheet.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Close" }).ClickAsync();
        await tab.Page.Keyboard.PressAsync("t");
        await tab.Page.Keyboard.PressAsync("Control+k");
        await Expect(palette).ToBeVisibleAsync();
        await Expect(tab.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        Assert.Empty(tab.Faults);
    }
}
