using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Sync.Steps;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Formatting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>Pages that stay current while nobody touches them.</summary>
[Collection(BrowserTests.Name)]
public class LiveTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Schedule_TwoTabsLeftAlone_BothShowTheNewFigure()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 10m);
        Configure(home, """{"cron":"* * * * *","onStart":false,"watch":false}""");
        await home.StartAsync(change: o => o with { Scheduled = true, Time = new HurriedTime(30) });
        await using WatchedPage one = await WatchedPage.OpenAsync(browser);
        await using WatchedPage two = await WatchedPage.OpenAsync(browser);
        await one.GotoAsync(home.Address);
        await two.GotoAsync(home.Address);
        await Expect(one.Page.GetByTestId("stat-spend")).ToContainTextAsync("$10.00");

        home.Spend("alpha", 5m);

        await Expect(one.Page.GetByTestId("stat-spend")).ToContainTextAsync("$15.00");
        await Expect(two.Page.GetByTestId("stat-spend")).ToContainTextAsync("$15.00");
        Assert.Equal("schedule", home.Server.Workspaces.Own.Sync.Status.RecentRuns[0].Trigger);
        Assert.Empty(one.Faults);
        Assert.Empty(two.Faults);
    }

    [SkippableFact]
    public async Task Watch_LineAppendedAndLimitEdited_ShowWithoutAnyoneAsking()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 10m);
        await home.StartAsync(change: o => o with { Watched = true });
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address);
        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$10.00");

        home.Spend("alpha", 5m);
        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$15.00");
        Write(home, DataFiles.Alerts, """{"globalBudget":77}""");

        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$77");
        Assert.Equal("watch", home.Server.Workspaces.Own.Sync.Status.RecentRuns[0].Trigger);
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task Source_MadeUnreadableAndRepaired_TurnsTheChipPartialAndBack()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 10m);
        await home.StartAsync(change: o => o with { Watched = true });
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address);
        ILocator chip = tab.Page.GetByTestId("sync-status");
        await Expect(chip).ToHaveAttributeAsync("data-status", SyncOutcome.Success);
        string projects = Path.Combine(home.Root, ".claude", "projects");

        Directory.Move(projects, projects + "-aside");
        await File.WriteAllTextAsync(projects, "not a folder");
        await Expect(chip).ToHaveAttributeAsync("data-status", SyncOutcome.Partial);
        await chip.ClickAsync();
        await Expect(tab.Page.GetByTestId("sync-panel")).ToContainTextAsync("holds a file in place of the directory projects");
        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$10.00");
        File.Delete(projects);
        Directory.Move(projects + "-aside", projects);

        await Expect(chip).ToHaveAttributeAsync("data-status", SyncOutcome.Success);
        await Expect(tab.Page.GetByTestId("sync-panel")).ToContainTextAsync("Everything is current");
        Assert.Empty(tab.Faults);
    }

    [SkippableTheory]
    [InlineData(1440)]
    [InlineData(1024)]
    [InlineData(768)]
    [InlineData(390)]
    public async Task TopBar_SyncStartsGoesOnAndEnds_MovesNothing(int width)
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 10m);
        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.Page.SetViewportSizeAsync(width, 800);
        await tab.GotoAsync(home.Address);
        await Expect(tab.Page.GetByTestId("sync-status")).ToHaveAttributeAsync("data-status", SyncOutcome.Success);
        double[] before = await PlacesAsync();

        foreach (SyncProgress progress in Course())
        {
            home.Server.Workspaces.State.PublishProgress(progress);
            await Expect(tab.Page.GetByTestId("sync-status")).ToHaveAttributeAsync("style", $"--done:{Format.Width((decimal)progress.Fraction * 100)}");
            Assert.All(before.Zip(await PlacesAsync()), place => Assert.Equal(place.First, place.Second, tolerance: 0.5));
        }

        home.Server.Workspaces.State.PublishProgress(null);
        await Expect(tab.Page.GetByTestId("sync-status")).ToHaveAttributeAsync("data-status", SyncOutcome.Success);
        Assert.All(before.Zip(await PlacesAsync()), place => Assert.Equal(place.First, place.Second, tolerance: 0.5));
        Assert.Empty(tab.Faults);

        // Where everything in the bar begins, and the words of the chip.
        Task<double[]> PlacesAsync() => tab.Page.EvaluateAsync<double[]>("""
            () => [...document.querySelectorAll('.topbar > *'), [...document.querySelectorAll('.sync > span')].find(s => s.innerText && s.offsetWidth > 1)]
                .map(e => e.getBoundingClientRect().left)
            """);

        IEnumerable<SyncProgress> Course() =>
        [
            new("tokens", 1, 5, 0, 0, "", TimeProvider.System.GetUtcNow()),
            new("tokens", 1, 5, 1_023_000_000, 1_096_000_000, "bytes", TimeProvider.System.GetUtcNow()),
            new("projects", 2, 5, 120, 240, "projects", TimeProvider.System.GetUtcNow()),
        ];
    }

    [SkippableFact]
    public async Task Refresh_InOneTab_ShowsProgressAndTheNewFigureInBoth()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 10m);
        using var gate = new SemaphoreSlim(1);
        await home.StartAsync(change: o => o with { Steps = [new HeldTokens(new TokensStep(o.Environment), gate), new ProjectsStep(), new AnalyticsStep(), new AlertsStep()] });
        await using WatchedPage clicked = await WatchedPage.OpenAsync(browser);
        await using WatchedPage watching = await WatchedPage.OpenAsync(browser, ColorScheme.Light, 390);
        await clicked.GotoAsync(home.Address);
        await watching.GotoAsync(home.Address);
        home.Spend("alpha", 5m);

        await clicked.Page.GetByTestId("sync-now").ClickAsync();

        foreach (WatchedPage tab in (WatchedPage[])[clicked, watching])
        {
            await Expect(tab.Page.GetByTestId("sync-status")).ToHaveAttributeAsync("data-status", "running");
            await Expect(tab.Page.GetByTestId("sync-status")).ToContainTextAsync("1 of 2 transcripts");
            await Expect(tab.Page.GetByTestId("sync-now")).ToBeDisabledAsync();
            await tab.Page.GetByTestId("sync-status").ClickAsync();
            await Expect(tab.Page.GetByRole(AriaRole.Progressbar, new PageGetByRoleOptions { Name = "Sync" })).ToContainTextAsync("1 of 2 transcripts");
        }

        gate.Release();
        await Expect(clicked.Page.GetByTestId("stat-spend")).ToContainTextAsync("$15.00");
        await Expect(watching.Page.GetByTestId("stat-spend")).ToContainTextAsync("$15.00");
        await Expect(clicked.Page.GetByTestId("sync-toast")).ToContainTextAsync("Synced in");
        await Expect(watching.Page.GetByTestId("sync-status")).ToHaveAttributeAsync("data-status", SyncOutcome.Success);
        Assert.Empty(clicked.Faults);
        Assert.Empty(watching.Faults);
    }

    [SkippableFact]
    public async Task Publish_WhileSomebodyReadsAndTypes_DisturbsNothing()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        for (int i = 0; i < 30; i++)
        {
            home.Spend($"alpha-{i}", 1m);
        }

        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser, height: 700);
        await tab.GotoAsync(home.Address);
        await tab.Page.EvaluateAsync("() => window.scrollTo(0, 400)");
        double scrolled = await tab.Page.EvaluateAsync<double>("() => window.scrollY");
        await tab.Page.GetByTestId("sync-status").ClickAsync();
        ILocator run = tab.Page.GetByTestId("sync-panel").Locator("details").First;
        await run.Locator("summary").ClickAsync();

        home.Spend("alpha-1", 5m);
        await home.Server.Workspaces.SyncNowAsync("manual");
        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$35.00");

        ILocator runs = tab.Page.GetByTestId("sync-panel").Locator("details");
        await Expect(runs).ToHaveCountAsync(2);
        await Expect(tab.Page.GetByTestId("sync-panel")).ToBeVisibleAsync();
        // The run that was open is the second now.
        Assert.Equal("false,true", await runs.EvaluateAllAsync<string>("all => all.map(d => d.open).join()"));
        Assert.Equal(scrolled, await tab.Page.EvaluateAsync<double>("() => window.scrollY"));

        await tab.Page.Keyboard.PressAsync("Escape");
        ILocator filter = tab.Page.GetByPlaceholder("Filter projects");
        await filter.FillAsync("alpha-2");
        await Expect(tab.Page.Locator(".projects-table tbody tr")).ToHaveCountAsync(11);
        await filter.EvaluateAsync("box => box.setSelectionRange(2, 4)");
        scrolled = await tab.Page.EvaluateAsync<double>("() => window.scrollY");
        home.Spend("alpha-1", 5m);
        await home.Server.Workspaces.SyncNowAsync("manual");
        await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync("$40.00");

        await Expect(filter).ToBeFocusedAsync();
        Assert.Equal("alpha-2", await filter.InputValueAsync());
        Assert.Equal("2,4", await filter.EvaluateAsync<string>("box => `${box.selectionStart},${box.selectionEnd}`"));
        Assert.Equal(scrolled, await tab.Page.EvaluateAsync<double>("() => window.scrollY"));
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task OpenTab_HundredRuns_KeepsItsMemoryWithinBounds()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        home.Spend("alpha", 1m);
        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address);
        // Until every list is as long as it gets.
        decimal spent = await RunAsync(home, tab, 20, 1m);
        (double heap, double nodes) = await MemoryAsync(tab.Page);
        int subscriptions = home.Server.Workspaces.State.SubscriptionCount;

        await RunAsync(home, tab, 100, spent);

        // The last drawing may not be over yet, and its leavings are collected only after it: what is kept for good stays however often it is asked.
        string grown = "";
        for (int look = 0; look < 30; look++)
        {
            (double heapAfter, double nodesAfter) = await MemoryAsync(tab.Page);
            grown = heapAfter - heap > 4 * 1024 * 1024 || nodesAfter - nodes > 300 || home.Server.Workspaces.State.SubscriptionCount > subscriptions
                ? FormattableString.Invariant($"{heapAfter - heap} bytes, {nodesAfter - nodes} nodes")
                : "";
            if (grown.Length == 0)
            {
                break;
            }

            await tab.Page.EvaluateAsync("() => new Promise(done => requestIdleCallback(done, { timeout: 1000 }))");
        }

        Assert.Empty(grown);
        Assert.Equal(SyncStatus.MaxRecentRuns, home.Server.Workspaces.Own.Sync.Status.RecentRuns.Count);
        Assert.Empty(tab.Faults);
    }

    // Every run has something new to show; every tenth is waited for on screen.
    private static async Task<decimal> RunAsync(TestHome home, WatchedPage tab, int runs, decimal spent)
    {
        for (int i = 1; i <= runs; i++)
        {
            home.Spend("alpha", 0.25m);
            spent += 0.25m;
            await home.Server.Workspaces.SyncNowAsync("manual");
            if (i % 10 == 0)
            {
                await Expect(tab.Page.GetByTestId("stat-spend")).ToContainTextAsync(spent.ToString("$0.00", CultureInfo.InvariantCulture));
            }
        }

        return spent;
    }

    private static async Task<(double Heap, double Nodes)> MemoryAsync(IPage page)
    {
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("HeapProfiler.enable");
        await session.SendAsync("HeapProfiler.collectGarbage");
        JsonElement? heap = await session.SendAsync("Runtime.getHeapUsage");
        JsonElement? nodes = await session.SendAsync("Memory.getDOMCounters");
        await session.DetachAsync();
        return (heap!.Value.GetProperty("usedSize").GetDouble(), nodes!.Value.GetProperty("nodes").GetDouble());
    }

    private static void Configure(TestHome home, string sync) => Write(home, DataFiles.Sync, sync);

    private static void Write(TestHome home, string name, string content)
    {
        string path = new DataDirectory(Path.Combine(home.Root, "data")).PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>The real step, which reports once and then waits for the gate.</summary>
    private sealed class HeldTokens(TokensStep inner, SemaphoreSlim gate) : ISyncStep
    {
        public string Name => inner.Name;

        public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
        {
            while (!await gate.WaitAsync(TimeSpan.FromMilliseconds(50), ct))
            {
                context.Report(1, 2, "transcripts");
            }

            return await inner.RunAsync(context, ct);
        }
    }
}
