using System.Text.Json;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Storage;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>Cards moved in a real browser by mouse, keyboard and finger, and what is left of it in the file, in other tabs and after a restart.</summary>
[Collection(BrowserTests.Name)]
public class BoardTests(Chromium chromium)
{
    private static readonly LocatorAssertionsToHaveCountOptions Patiently = new() { Timeout = 30_000 };

    [SkippableFact]
    public async Task Mouse_CardDragged_IsThereAfterReloadAndRestart()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await StartAsync();
        await using WatchedPage tab = await OpenAsync(browser, home);

        await DragAsync(tab.Page, "alpha", Card(tab.Page, "paused", "delta"));

        await Expect(Card(tab.Page, "paused", "alpha")).ToHaveCountAsync(1, Patiently);
        await WrittenAsync(tab.Page);
        Assert.Equal(["alpha", "delta"], await ColumnAsync(tab.Page, "paused"));
        Assert.Equal($"{home.Address}/kanban", tab.Page.Url);
        await tab.GotoAsync(home.Address + "/kanban");
        Assert.Equal(["alpha", "delta"], await ColumnAsync(tab.Page, "paused"));
        Assert.Empty(tab.Faults);
        AssertReadsWell(home);

        await home.RestartAsync();
        await using WatchedPage after = await OpenAsync(browser, home);
        Assert.Equal(["alpha", "delta"], await ColumnAsync(after.Page, "paused"));
        Assert.Equal(["beta", "gamma"], await ColumnAsync(after.Page, "active"));
    }

    [SkippableFact]
    public async Task Keyboard_CardLiftedCarriedAndDropped_IsAnnouncedKeepsTheFocusAndIsThereAfterRestart()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await StartAsync();
        await using WatchedPage tab = await OpenAsync(browser, home);
        ILocator spoken = tab.Page.GetByTestId("board-announcement");
        await tab.Page.Locator("[data-card][data-project-id=beta]").FocusAsync();

        await tab.Page.Keyboard.PressAsync("Space");
        await Expect(spoken).ToContainTextAsync("beta lifted. Active, position 2 of 3.");
        await tab.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(spoken).ToContainTextAsync("Over Paused, position 2 of 2.");
        await tab.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(spoken).ToContainTextAsync("Over Paused, position 1 of 2.");
        await tab.Page.Keyboard.PressAsync("Space");

        await Expect(spoken).ToContainTextAsync("beta dropped in Paused, position 1 of 2.");
        await Expect(tab.Page.Locator("[data-card][data-project-id=beta]")).ToBeFocusedAsync();
        Assert.Equal(["beta", "delta"], await ColumnAsync(tab.Page, "paused"));
        await Expect(tab.Page.Locator(".mud-snackbar")).ToContainTextAsync("beta moved to Paused");
        AssertReadsWell(home);
        Assert.Empty(tab.Faults);

        await home.RestartAsync();
        await using WatchedPage after = await OpenAsync(browser, home);
        Assert.Equal(["beta", "delta"], await ColumnAsync(after.Page, "paused"));
    }

    [SkippableFact]
    public async Task Keyboard_Escape_PutsTheCardBackAndWritesNothing()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await StartAsync();
        await using WatchedPage tab = await OpenAsync(browser, home);
        byte[] before = await File.ReadAllBytesAsync(ProjectsFile(home));
        await tab.Page.Locator("[data-card][data-project-id=alpha]").FocusAsync();

        foreach (string key in new[] { "Space", "ArrowRight", "ArrowRight", "Escape" })
        {
            await tab.Page.Keyboard.PressAsync(key);
        }

        await Expect(tab.Page.GetByTestId("board-announcement")).ToContainTextAsync("Move cancelled. alpha is back in Active, position 1.");
        Assert.Equal(["alpha", "beta", "gamma"], await ColumnAsync(tab.Page, "active"));
        Assert.Equal(before, await File.ReadAllBytesAsync(ProjectsFile(home)));
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page).ToHaveURLAsync(home.Address + "/projects/alpha", new PageAssertionsToHaveURLOptions { Timeout = 30_000 });
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task Touch_CardHeldAndPulledOntoAnotherColumnsTab_MovesThere()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await StartAsync();
        await using WatchedPage tab = await OpenAsync(browser, home, width: 390, touch: true);
        ICDPSession finger = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        LocatorBoundingBoxResult card = (await tab.Page.Locator("[data-card][data-project-id=alpha]").BoundingBoxAsync())!;

        await TouchAsync(finger, "touchStart", card.X + 60, card.Y + 30);
        await Expect(tab.Page.Locator(".board-ghost")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        LocatorBoundingBoxResult target = (await tab.Page.Locator("[data-board-tab=completed]").BoundingBoxAsync())!;
        await TouchAsync(finger, "touchMove", target.X + 20, target.Y + 20);
        await TouchAsync(finger, "touchEnd", 0, 0);

        await Expect(Card(tab.Page, "completed", "alpha")).ToHaveCountAsync(1, Patiently);
        await WrittenAsync(tab.Page);
        Assert.Equal((100m, "completed"), (Read(home, "alpha").Progress, Read(home, "alpha").Status));
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task Touch_Swipe_ScrollsAndMovesNothing()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await StartAsync();
        await using WatchedPage tab = await OpenAsync(browser, home, width: 390, touch: true);
        ICDPSession finger = await tab.Page.Context.NewCDPSessionAsync(tab.Page);
        LocatorBoundingBoxResult card = (await tab.Page.Locator("[data-card][data-project-id=alpha]").BoundingBoxAsync())!;

        await TouchAsync(finger, "touchStart", card.X + 60, card.Y + 60);
        for (int step = 1; step <= 8; step++)
        {
            await TouchAsync(finger, "touchMove", card.X + 60, card.Y + 60 - (step * 20));
        }

        await TouchAsync(finger, "touchEnd", 0, 0);

        await tab.Page.WaitForFunctionAsync("() => scrollY > 20", null, new PageWaitForFunctionOptions { Timeout = 30_000 });
        Assert.Equal(0, await tab.Page.Locator(".board-ghost").CountAsync());
        Assert.Equal("active", Read(home, "alpha").EffectiveStatus);
    }

    [SkippableFact]
    public async Task TwoTabs_MoveInOneAndUndo_ShowInTheOther()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await StartAsync();
        await using WatchedPage one = await OpenAsync(browser, home);
        await using WatchedPage two = await OpenAsync(browser, home);

        await DragAsync(one.Page, "gamma", one.Page.Locator("[data-testid=kanban-column][data-status=completed]"));

        await Expect(Card(two.Page, "completed", "gamma")).ToHaveCountAsync(1, Patiently);
        await one.Page.Locator(".mud-snackbar").GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Card(two.Page, "active", "gamma")).ToHaveCountAsync(1, Patiently);
        await Expect(Card(one.Page, "active", "gamma")).ToHaveCountAsync(1, Patiently);
        Assert.Equal(["alpha", "beta", "gamma"], await ColumnAsync(two.Page, "active"));
        Assert.Equal(40, Read(home, "gamma").Progress);
        Assert.Empty(one.Faults);
        Assert.Empty(two.Faults);
    }

    [SkippableFact]
    public async Task Move_FileBroken_GoesBackAndSaysWhy()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await StartAsync();
        await using WatchedPage tab = await OpenAsync(browser, home);
        await File.WriteAllTextAsync(ProjectsFile(home), "[{ broken");

        await DragAsync(tab.Page, "alpha", Card(tab.Page, "paused", "delta"));

        await Expect(tab.Page.Locator(".mud-snackbar")).ToContainTextAsync("alpha could not be moved. projects.json");
        await Expect(Card(tab.Page, "active", "alpha")).ToHaveCountAsync(1, Patiently);
        Assert.Equal("[{ broken", await File.ReadAllTextAsync(ProjectsFile(home)));
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task Menu_MoveToAndLimit_WorkWithoutDragging()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await StartAsync();
        await using WatchedPage tab = await OpenAsync(browser, home);

        await tab.Page.GetByLabel("Move alpha").First.ClickAsync();
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Move to Paused" }).ClickAsync();
        await Expect(Card(tab.Page, "paused", "alpha")).ToHaveCountAsync(1, Patiently);
        await tab.Page.GetByLabel("Limit of the column Paused").ClickAsync();
        await tab.Page.GetByLabel("Most projects in Paused").FillAsync("1");
        await tab.Page.Locator("[data-status=paused]").GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(tab.Page.Locator("[data-status=paused]").GetByTestId("column-count")).ToContainTextAsync("2 of 1 projects, over the limit");
        Assert.Contains("\"paused\": 1", await File.ReadAllTextAsync(new DataDirectory(Path.Combine(home.Root, "data")).PathOf(DataFiles.Board)), StringComparison.Ordinal);
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task Menu_ByKeyboard_MovesTheCardAndGivesItTheFocus()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await StartAsync();
        await using WatchedPage tab = await OpenAsync(browser, home);
        ILocator menu = tab.Page.Locator("[data-board-menu]");
        await tab.Page.GetByLabel("Move beta").FocusAsync();

        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(menu.GetByRole(AriaRole.Button, new() { Name = "Open" })).ToBeFocusedAsync(new() { Timeout = 30_000 });
        await Expect(menu.Locator("[data-choice=active]")).ToBeHiddenAsync();
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(menu.GetByRole(AriaRole.Button, new() { Name = "Move to Paused" })).ToBeFocusedAsync(new() { Timeout = 30_000 });
        await tab.Page.Keyboard.PressAsync("ArrowDown");
        await tab.Page.Keyboard.PressAsync("Enter");

        await Expect(Card(tab.Page, "completed", "beta")).ToBeFocusedAsync(new() { Timeout = 30_000 });
        await Expect(menu).ToBeHiddenAsync();
        await WrittenAsync(tab.Page);
        Assert.Equal("completed", Read(home, "beta").Status);
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task Filters_OnAPhone_AreReachedByFingerAndStandInTheAddress()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await StartAsync();
        await using WatchedPage tab = await OpenAsync(browser, home, width: 390, touch: true);
        ILocator stack = tab.Page.GetByTestId("filter-stack");
        await Expect(stack).ToBeHiddenAsync();

        await tab.Page.GetByTestId("filter-toggle").TapAsync();
        await Expect(stack).ToBeVisibleAsync(new() { Timeout = 30_000 });
        Assert.True((await stack.BoundingBoxAsync())!.Height >= 44);
        await stack.SelectOptionAsync("C#");

        await Expect(tab.Page.Locator("[data-testid=kanban-card]")).ToHaveCountAsync(1, Patiently);
        await Expect(tab.Page.GetByTestId("filter-toggle")).ToContainTextAsync("1");
        Assert.EndsWith("?stack=C%23", tab.Page.Url, StringComparison.Ordinal);
        Assert.Empty(tab.Faults);
    }

    private static async Task<TestHome> StartAsync()
    {
        var home = new TestHome();
        string path = ProjectsFile(home);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, """
            [
              { "id": "alpha", "status": "active", "progress": 20, "stack": ["C#"] },
              { "id": "beta", "status": "active" },
              { "id": "gamma", "status": "active", "progress": 40 },
              { "id": "delta", "status": "paused" }
            ]

            """);
        await home.StartAsync();
        return home;
    }

    private static async Task<WatchedPage> OpenAsync(IBrowser browser, TestHome home, int width = 1440, bool touch = false)
    {
        WatchedPage tab = await WatchedPage.OpenAsync(browser, width: width, height: touch ? 600 : 800, touch: touch);
        await tab.GotoAsync(home.Address + "/kanban");
        await tab.Page.Locator(".board[data-ready]").WaitForAsync();
        return tab;
    }

    private static async Task DragAsync(IPage page, string id, ILocator target)
    {
        LocatorBoundingBoxResult from = (await page.Locator($"[data-card][data-project-id={id}]").BoundingBoxAsync())!;
        LocatorBoundingBoxResult to = (await target.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(from.X + 60, from.Y + 20);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X + 40, to.Y + 12, new MouseMoveOptions { Steps = 6 });
        await page.Mouse.UpAsync();
    }

    // A card stands in its new place before the file is written; undo is offered once it is.
    private static Task WrittenAsync(IPage page) =>
        Expect(page.Locator(".mud-snackbar").GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToBeVisibleAsync(new() { Timeout = 30_000 });

    private static Task TouchAsync(ICDPSession session, string type, double x, double y) => session.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
    {
        ["type"] = type,
        ["touchPoints"] = type == "touchEnd" ? [] : new object[] { new Dictionary<string, object> { ["x"] = x, ["y"] = y } },
    });

    private static ILocator Card(IPage page, string status, string id) => page.Locator($"[data-testid=kanban-column][data-status={status}] [data-testid=kanban-card][data-project-id={id}]");

    private static async Task<string[]> ColumnAsync(IPage page, string status) =>
        await page.Locator($"[data-status={status}] [data-card]").EvaluateAllAsync<string[]>("cards => cards.map(c => c.dataset.projectId)");

    private static string ProjectsFile(TestHome home) => new DataDirectory(Path.Combine(home.Root, "data")).PathOf(DataFiles.Projects);

    private static ProjectRecord Read(TestHome home, string id) => home.Server.Workspaces.Own.Projects.Find(id)!;

    // Two-space indent, a final newline, and every project where it stood.
    private static void AssertReadsWell(TestHome home)
    {
        string text = File.ReadAllText(ProjectsFile(home));
        Assert.EndsWith("]\n", text, StringComparison.Ordinal);
        Assert.Contains("\n  {\n    \"id\": \"alpha\"", text, StringComparison.Ordinal);
        Assert.Equal(["alpha", "beta", "gamma", "delta"], JsonDocument.Parse(text).RootElement.EnumerateArray().Select(p => p.GetProperty("id").GetString()));
    }
}
