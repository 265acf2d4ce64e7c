using AiaiaiDashboard.Security;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>Signing in and out as a person does.</summary>
[Collection(BrowserTests.Name)]
public class LoginTests(Chromium chromium)
{
    private const string Password = "correct horse battery";

    [SkippableFact]
    public async Task Link_OpenedInTheBrowser_ShowsTheDashboardAndSignOutClosesIt()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 10m);
        await home.StartAsync(change: o => o with { Access = new AccessOptions { Mode = LoginMode.Link } });
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);

        await tab.GotoAsync(home.Server.FirstLink!);
        Assert.Equal($"{home.Address}/", tab.Page.Url);
        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$10.00");
        await tab.Page.EvaluateAsync("() => { for (const name of ['aiaiai-settings:typed:link', 'aiaiai-settings:offer:link', 'other']) sessionStorage.setItem(name, '{}'); }");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).First.ClickAsync();

        await Expect(tab.Page.GetByText("Open the link that the dashboard printed")).ToBeVisibleAsync();
        // What was typed and not saved is not for whoever signs in next.
        Assert.Equal("other", await tab.Page.EvaluateAsync<string>("() => Object.keys(sessionStorage).filter(name => name.startsWith('aiaiai-settings') || name === 'other').join()"));
        Assert.Empty(tab.Faults);
        await tab.Page.GotoAsync(home.Address + "/tokens");
        Assert.StartsWith($"{home.Address}/login?return=", tab.Page.Url, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Password_Typed_OpensThePageThatWasAskedFor(ColorScheme scheme, int width)
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 10m);
        await home.StartAsync(change: o => o with { Access = new AccessOptions { Mode = LoginMode.Password, PasswordHash = PasswordHashes.Make(Password) } });
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser, scheme, width);
        await tab.Page.GotoAsync(home.Address + "/tokens");
        AxeResult axe = await tab.Page.RunAxe();
        tab.ExpectedStatus = 401;

        await tab.Page.GetByLabel("Password").FillAsync("wrong");
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That is not the password.");
        await tab.Page.GetByLabel("Password").FillAsync(Password);
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(tab.Page.GetByTestId("usage-table").First).ToBeVisibleAsync();
        Assert.Equal($"{home.Address}/tokens", tab.Page.Url);
        Assert.Empty(axe.Violations.Select(v => $"{v.Id}: {v.Help}"));
        Assert.Empty(tab.Faults);
    }
}
