using System.Threading.Channels;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Security;
using AiaiaiDashboard.Tests.Shared;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>Alerts as people meet them: banners in tabs, notifications of desktop and browser, and the form of the settings.</summary>
[Collection(BrowserTests.Name)]
public class BudgetAlertTests(Chromium chromium)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // The real constructor is called: what is counted was shown by the browser.
    private const string CountNotifications =
        """
        const Real = window.Notification;
        window.Notification = class extends Real {
          constructor(title, options) { super(title, options); window.noteShown(title); window.lastNotification = this; }
        };
        """;

    private static LocatorAssertionsToHaveAttributeOptions Patiently => new() { Timeout = (float)Patience.TotalMilliseconds };

    [SkippableFact]
    public async Task CrossingThresholds_TwoTabsAndADesktop_AreToldOnceAndAgainNextMonth()
    {
        IBrowser browser = chromium.Browser;
        await using DesktopSession desktop = await DesktopSession.StartAsync();
        await using var home = new TestHome();
        var clock = new ShiftedTime(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        WriteConfig(home, DataFiles.Sync, """{"timeZone":"UTC"}""");
        home.Spend("alpha", 100, clock.GetUtcNow());
        await StartAsync(home, clock, desktop, "http://127.0.0.1:0");
        string address = home.Address;
        (IBrowserContext context, Channel<string> shown) = await OpenAsync(browser, address, granted: true);
        await using IBrowserContext closing = context;
        IPage one = await TabAsync(context, address + "/");
        IPage two = await TabAsync(context, address + "/kanban");

        home.Spend("alpha", 55, clock.GetUtcNow());
        await home.Server.Workspaces.SyncNowAsync("manual");
        await ExpectWorstAsync("global-75", one, two);
        Assert.Equal("Budget: 75% reached", (await desktop.NextAsync()).Split('|')[0]);
        Assert.Equal("Budget: 75% reached", await NextAsync(shown));

        home.Spend("alpha", 30, clock.GetUtcNow());
        await home.Server.Workspaces.SyncNowAsync("manual");
        await ExpectWorstAsync("global-90", one, two);
        Assert.Equal("Budget: 90% reached", (await desktop.NextAsync()).Split('|')[0]);
        Assert.Equal("Budget: 90% reached", await NextAsync(shown));

        await home.Server.Workspaces.SyncNowAsync("manual");
        await home.Server.DisposeAsync();
        await StartAsync(home, clock, desktop, address);
        await ReloadAsync(one);
        await ReloadAsync(two);
        await ExpectWorstAsync("global-90", one, two);

        // Whatever was told once too often would come before these.
        clock.Shift(TimeSpan.FromDays(12));
        home.Spend("alpha", 185, clock.GetUtcNow());
        await home.Server.Workspaces.SyncNowAsync("manual");
        string[] desktopInDecember = [(await desktop.NextAsync()).Split('|')[0], (await desktop.NextAsync()).Split('|')[0]];
        Assert.Equal(["Budget: 75% reached", "Budget: 90% reached"], desktopInDecember.Order());
        string[] december = [await NextAsync(shown), await NextAsync(shown)];
        Assert.Equal(["Budget: 75% reached", "Budget: 90% reached"], december.Order());
        await ExpectWorstAsync("global-90", one, two);
        Assert.False(shown.Reader.TryRead(out _));
        await one.EvaluateAsync("() => window.lastNotification?.onclick?.()");
        await two.EvaluateAsync("() => window.lastNotification?.onclick?.()");
        Assert.Contains((string[])[one.Url, two.Url], url => url.EndsWith("/tokens", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Fault11_FiveTabsAndReloads_ShowOneNotificationPerAlert()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 155);
        await home.StartAsync();
        (IBrowserContext context, Channel<string> shown) = await OpenAsync(browser, home.Address, granted: true);
        await using IBrowserContext closing = context;
        IPage[] tabs = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => TabAsync(context, home.Address + "/")));
        Assert.Equal("Budget: 75% reached", await NextAsync(shown));

        foreach (IPage tab in tabs)
        {
            await ReloadAsync(tab);
        }

        home.Spend("alpha", 30);
        await home.Server.Workspaces.SyncNowAsync("manual");
        await ExpectWorstAsync("global-90", tabs);

        // A repetition of the first would stand before it.
        Assert.Equal("Budget: 90% reached", await NextAsync(shown));
        Assert.Contains(home.Server.Workspaces.Own.Alerts.Read(home.Server.Workspaces.Own.Shown.Today).Notified, n => n.Channel == AlertDesk.BrowserChannel);
    }

    [SkippableFact]
    public async Task Permission_NotGranted_ShowsBannerOnlyAndSaysSo()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 155);
        await home.StartAsync();
        (IBrowserContext context, Channel<string> shown) = await OpenAsync(browser, home.Address, granted: false);
        await using IBrowserContext closing = context;

        IPage tab = await TabAsync(context, home.Address + "/settings");

        await ExpectWorstAsync("global-75", tab);
        await Expect(tab.GetByTestId("browser-permission")).ToContainTextAsync(
            new System.Text.RegularExpressions.Regex("Blocked in this browser|Not allowed yet"), new() { Timeout = (float)Patience.TotalMilliseconds });
        Assert.False(shown.Reader.TryRead(out _));
    }

    [SkippableFact]
    public async Task Dismiss_InOneTab_TakesItFromEveryTabAndStaysAfterReload()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 155);
        await home.StartAsync();
        await using WatchedPage one = await WatchedPage.OpenAsync(browser);
        await using WatchedPage two = await WatchedPage.OpenAsync(browser, width: 390);
        await one.GotoAsync(home.Address);
        await two.GotoAsync(home.Address + "/alerts");
        await ExpectWorstAsync("global-75", one.Page, two.Page);

        await one.Page.GetByTestId("alert-dismiss").First.ClickAsync();

        await Expect(two.Page.GetByTestId("alert-banner")).ToHaveCountAsync(0, new() { Timeout = (float)Patience.TotalMilliseconds });
        await one.GotoAsync(home.Address);
        await Expect(one.Page.GetByTestId("alert-banner")).ToHaveCountAsync(0);
        await Expect(two.Page.Locator("[data-state=dismissed]")).ToHaveAttributeAsync("data-alert-key", "global-75", Patiently);
        Assert.Empty(one.Faults);
        Assert.Empty(two.Faults);
    }

    [SkippableFact]
    public async Task Fault12_TypingDuringSyncs_KeepsFocusAndTextAndSavesAtOnce()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 155);
        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address + "/settings");
        ILocator budget = tab.Page.GetByLabel("Monthly budget");
        await budget.FillAsync("");

        foreach (char digit in "1000.50")
        {
            await budget.PressAsync(digit == '.' ? "Period" : digit.ToString());
            home.Spend("alpha", 0.25m);
            await home.Server.Workspaces.SyncNowAsync("manual");
        }

        await Expect(budget).ToHaveValueAsync("1000.50");
        await Expect(budget).ToBeFocusedAsync();
        await tab.Page.GetByTestId("save-settings").ClickAsync();
        await Expect(tab.Page.GetByTestId("alert-banner")).ToHaveCountAsync(0, new() { Timeout = (float)Patience.TotalMilliseconds });
        Assert.Contains("1000.5", await File.ReadAllTextAsync(home.Server.Workspaces.Own.Directory.PathOf(DataFiles.Alerts)), StringComparison.Ordinal);
        Assert.Empty(tab.Faults);
    }

    private static async Task StartAsync(TestHome home, ShiftedTime clock, DesktopSession desktop, string url)
    {
        (ListenAddresses? addresses, _) = ListenAddresses.Parse(url);
        await home.StartAsync(change: o => o with
        {
            Time = clock,
            Addresses = addresses!,
            Environment = name => name == "HOME" ? home.Root : desktop.Variable(name),
        });
    }

    private static async Task<(IBrowserContext Context, Channel<string> Shown)> OpenAsync(IBrowser browser, string address, bool granted)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { Locale = "en-US", TimezoneId = "UTC" });
        if (granted)
        {
            await context.GrantPermissionsAsync(["notifications"], new() { Origin = address });
        }

        var shown = Channel.CreateUnbounded<string>();
        await context.ExposeFunctionAsync<string>("noteShown", title => shown.Writer.TryWrite(title));
        await context.AddInitScriptAsync(CountNotifications);
        return (context, shown);
    }

    private static async Task<IPage> TabAsync(IBrowserContext context, string url)
    {
        IPage page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)Patience.TotalMilliseconds);
        await page.GotoAsync(url);
        await InteractiveAsync(page);
        return page;
    }

    private static async Task ReloadAsync(IPage page)
    {
        await page.ReloadAsync();
        await InteractiveAsync(page);
    }

    private static Task InteractiveAsync(IPage page) => page.WaitForFunctionAsync("() => document.documentElement.dataset.interactive === 'true'");

    private static async Task ExpectWorstAsync(string key, params IPage[] tabs)
    {
        foreach (IPage tab in tabs)
        {
            await Expect(tab.GetByTestId("alert-banner").First).ToHaveAttributeAsync("data-alert-key", key, Patiently);
        }
    }

    private static async Task<string> NextAsync(Channel<string> shown) => await shown.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private static void WriteConfig(TestHome home, string name, string content)
    {
        string path = new DataDirectory(Path.Combine(home.Root, "data")).PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    /// <summary>A clock that runs like any other, from another day on.</summary>
    private sealed class ShiftedTime(DateTimeOffset start) : TimeProvider
    {
        private long shift = (start - System.GetUtcNow()).Ticks;

        public void Shift(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref shift));
    }
}
