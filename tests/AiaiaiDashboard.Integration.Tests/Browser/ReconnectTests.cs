using AiaiaiDashboard.Hosting;
using AiaiaiDashboard.Integration.Tests.Http;
using AiaiaiDashboard.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>A tab whose server goes away and comes back, or whose browser puts it to sleep.</summary>
[Collection(BrowserTests.Name)]
public class ReconnectTests(Chromium chromium)
{
    private const float Patience = 60_000;

    [SkippableFact]
    public async Task Server_StoppedAndStarted_IsSaidAndTheTabComesBackByItself()
    {
        IBrowser browser = chromium.Browser;
        RunningApp app = await RunningApp.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        try
        {
            await tab.GotoAsync(app.Server.Address);
            await tab.Page.EvaluateAsync("() => { document.documentElement.dataset.loadedBefore = 'true'; }");
            ListenAddresses same = ListenAddresses.Parse(app.Server.Address).Addresses!;
            await app.StopAsync();
            await Expect(tab.Page.Locator(".reconnect")).ToContainTextAsync("Connection lost", new() { Timeout = Patience });
            await Expect(tab.Page.Locator(".reconnect")).ToBeVisibleAsync(new() { Timeout = Patience });
            await Expect(tab.Page.GetByTestId("stat-spend")).ToBeVisibleAsync();
            // What needs the server cannot be used; what is the browser's goes on; the bar covers no part of the page.
            Assert.Equal("lost", await tab.Page.EvaluateAsync<string>("() => document.documentElement.dataset.connection"));
            Assert.True(await tab.Page.GetByTestId("sync-now").EvaluateAsync<bool>("e => e.inert"));
            Assert.False(await tab.Page.GetByTestId("theme-toggle").EvaluateAsync<bool>("e => e.inert"));
            Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.querySelector('.reconnect').getBoundingClientRect().bottom <= document.querySelector('main').firstElementChild.getBoundingClientRect().top + 1"));

            await app.RestartAsync(o => o with { Addresses = same });

            await tab.Page.WaitForFunctionAsync(
                "() => document.documentElement.dataset.interactive === 'true' && !document.documentElement.dataset.loadedBefore", null, new() { Timeout = Patience });
            await Expect(tab.Page.Locator(".reconnect")).ToBeHiddenAsync();
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Tab_FrozenAndWoken_LetsGoOfItsCircuitAndGoesOn()
    {
        IBrowser browser = chromium.Browser;
        await using RunningApp app = await RunningApp.StartAsync();
        OpenCircuits circuits = app.Server.App.Services.GetRequiredService<OpenCircuits>();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(app.Server.Address);
        Assert.Equal(1, circuits.Open);

        await tab.Page.EvaluateAsync("() => document.dispatchEvent(new Event('freeze'))");
        await Expect(tab.Page.Locator(".reconnect")).ToContainTextAsync("This page slept", new() { Timeout = Patience });
        await Expect(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Wake it" })).ToBeVisibleAsync(new() { Timeout = Patience });
        // An answer to the server that was under way: Blazor sends it into the closed connection.
        await tab.Page.EvaluateAsync("() => { DotNet.invokeMethodAsync('AiaiaiDashboard', 'None').catch(() => { }); }");
        await app.Server.Workspaces.Own.SaveAlertsAsync(new Core.Settings.AlertsConfig { GlobalBudget = 12_345.67m }, default);
        await tab.Page.EvaluateAsync("() => document.dispatchEvent(new Event('resume'))");

        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$12,345.67", new() { Timeout = Patience });
        await Expect(tab.Page.Locator(".reconnect")).ToBeHiddenAsync();
        Assert.Empty(tab.Faults);
    }

    // What was typed is no part of what a sleeping page keeps.
    [SkippableFact]
    public async Task Tab_FrozenWithUnsavedSettings_IsNotLetGoOf()
    {
        IBrowser browser = chromium.Browser;
        await using RunningApp app = await RunningApp.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(app.Server.Address + "/settings");
        ILocator budget = tab.Page.GetByLabel("Monthly budget");
        await budget.FillAsync("321");
        await budget.PressAsync("Tab");
        await Expect(tab.Page.Locator("[data-unsaved]")).ToBeVisibleAsync(new() { Timeout = Patience });

        await tab.Page.EvaluateAsync("() => document.dispatchEvent(new Event('freeze'))");
        await tab.Page.GetByTestId("save-settings").ClickAsync(new() { Timeout = Patience });

        await Expect(tab.Page.Locator("[data-unsaved]")).ToHaveCountAsync(0, new() { Timeout = Patience });
        await tab.GotoAsync(app.Server.Address + "/settings");
        await Expect(budget).ToHaveValueAsync("321", new() { Timeout = Patience });
        Assert.Empty(tab.Faults);
    }

    // The server that knew the page is gone for good: what was typed is not.
    [SkippableFact]
    public async Task Server_StartedAnewWithUnsavedSettings_OffersThemBack()
    {
        IBrowser browser = chromium.Browser;
        RunningApp app = await RunningApp.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        List<string> asked = [];
        tab.Page.Dialog += (_, dialog) =>
        {
            asked.Add(dialog.Type);
            _ = dialog.DismissAsync();
        };
        try
        {
            await tab.GotoAsync(app.Server.Address + "/settings");
            ILocator budget = tab.Page.GetByLabel("Monthly budget");
            await budget.FillAsync("321");
            await budget.PressAsync("Tab");
            await Expect(tab.Page.Locator("[data-unsaved]")).ToBeVisibleAsync(new() { Timeout = Patience });
            await tab.Page.WaitForFunctionAsync("() => Object.values(sessionStorage).some(text => text.includes('321'))", null, new() { Timeout = Patience });
            ListenAddresses same = ListenAddresses.Parse(app.Server.Address).Addresses!;
            await app.StopAsync();
            await Expect(tab.Page.Locator(".reconnect")).ToContainTextAsync("Connection lost", new() { Timeout = Patience });

            await app.RestartAsync(o => o with { Addresses = same });

            await Expect(tab.Page.GetByTestId("settings-kept")).ToContainTextAsync("monthly budget", new() { Timeout = Patience });
            await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Bring them back" }).ClickAsync(new() { Timeout = Patience });
            await Expect(budget).ToHaveValueAsync("321", new() { Timeout = Patience });
            await tab.Page.GetByTestId("save-settings").ClickAsync(new() { Timeout = Patience });
            await Expect(tab.Page.Locator("[data-unsaved]")).ToHaveCountAsync(0, new() { Timeout = Patience });
            await tab.Page.WaitForFunctionAsync("() => !Object.keys(sessionStorage).some(name => name.startsWith('aiaiai-settings'))", null, new() { Timeout = Patience });
            Assert.Empty(asked);
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    // Whoever loads the page anew may not have meant to lose what they typed.
    [SkippableFact]
    public async Task Tab_LoadedAnewWithUnsavedSettings_AsksAndStays()
    {
        IBrowser browser = chromium.Browser;
        await using RunningApp app = await RunningApp.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        TaskCompletionSource<string> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        tab.Page.Dialog += (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            _ = dialog.DismissAsync();
        };
        await tab.GotoAsync(app.Server.Address + "/settings");
        ILocator budget = tab.Page.GetByLabel("Monthly budget");
        await budget.FillAsync("321");
        await budget.PressAsync("Tab");
        await Expect(tab.Page.Locator("[data-unsaved]")).ToBeVisibleAsync(new() { Timeout = Patience });

        await tab.Page.EvaluateAsync("() => { setTimeout(() => location.reload()); }");

        Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromMilliseconds(Patience)));
        await Expect(budget).ToHaveValueAsync("321", new() { Timeout = Patience });
        Assert.Empty(tab.Faults);
    }

    // What the tab could not keep would be lost without a word.
    [SkippableFact]
    public async Task Server_StartedAnewWhereTheTabKeepsNothing_AsksBeforeLoadingAnew()
    {
        IBrowser browser = chromium.Browser;
        RunningApp app = await RunningApp.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        TaskCompletionSource<string> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        tab.Page.Dialog += (_, dialog) =>
        {
            asked.TrySetResult(dialog.Type);
            _ = dialog.DismissAsync();
        };
        try
        {
            await tab.GotoAsync(app.Server.Address + "/settings");
            await tab.Page.EvaluateAsync("() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }");
            ILocator budget = tab.Page.GetByLabel("Monthly budget");
            await budget.FillAsync("321");
            await budget.PressAsync("Tab");
            await Expect(tab.Page.Locator("[data-unsaved]")).ToBeVisibleAsync(new() { Timeout = Patience });
            ListenAddresses same = ListenAddresses.Parse(app.Server.Address).Addresses!;
            await app.StopAsync();
            await Expect(tab.Page.Locator(".reconnect")).ToContainTextAsync("Connection lost", new() { Timeout = Patience });

            await app.RestartAsync(o => o with { Addresses = same });

            Assert.Equal("beforeunload", await asked.Task.WaitAsync(TimeSpan.FromMilliseconds(Patience)));
            await Expect(budget).ToHaveValueAsync("321", new() { Timeout = Patience });
        }
        finally
        {
            await app.DisposeAsync();
        }
    }
}
