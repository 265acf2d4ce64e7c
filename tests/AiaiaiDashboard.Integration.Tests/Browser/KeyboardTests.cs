using AiaiaiDashboard.Core.Storage;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>Whole tasks by keyboard alone: whatever the server takes away or redraws, the focus stays where one goes on.</summary>
[Collection(BrowserTests.Name)]
public class KeyboardTests(Chromium chromium)
{
    [SkippableFact]
    public async Task Settings_SavedWithAMistakeCorrectedAndLeft_KeepsTheFocus()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address + "/settings");
        ILocator cron = tab.Page.Locator("#schedule-cron");
        ILocator save = tab.Page.GetByTestId("save-settings");

        await cron.FillAsync("0 25 * * *");
        await Expect(cron).ToHaveAttributeAsync("aria-invalid", "true");
        await tab.Page.Locator("#budget-amount").FocusAsync();
        await PressAsync(save);
        await Expect(cron).ToBeFocusedAsync();
        await Expect(cron).ToBeInViewportAsync();
        await Expect(tab.Page.Locator("#schedule-cron-error")).ToContainTextAsync("\"25\" is not allowed as the hour: 0 to 23");

        // Away from here is asked in a dialog, whose answer gives the focus back.
        ILocator away = tab.Page.Locator(".sidebar .nav a[href='/tokens']");
        await PressAsync(away);
        await Expect(tab.Page.GetByTestId("ask-dialog").GetByRole(AriaRole.Button, new() { Name = "Stay" })).ToBeFocusedAsync();
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(tab.Page.GetByTestId("ask-dialog")).ToHaveCountAsync(0);
        await Expect(away).ToBeFocusedAsync();
        await Expect(cron).ToHaveValueAsync("0 25 * * *");

        await cron.FillAsync("0 6 * * *");
        await Expect(cron).Not.ToHaveAttributeAsync("aria-invalid", "true");
        await PressAsync(save);
        await Expect(tab.Page.GetByText("Saved. In force now.", new() { Exact = true })).ToBeFocusedAsync();
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task Board_MovedUndoneAndOpened_KeepsTheFocusOnTheCard()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address + "/kanban");
        await tab.Page.Locator(".board[data-ready=true]").WaitForAsync();
        ILocator card = tab.Page.Locator("[data-card][data-project-id='rag-evaluator']");

        await card.FocusAsync();
        foreach (string key in (string[])["Space", "ArrowRight", "Space"])
        {
            await tab.Page.Keyboard.PressAsync(key);
        }

        await Expect(tab.Page.Locator("[data-status=paused] [data-project-id='rag-evaluator']")).ToBeVisibleAsync();
        await PressAsync(tab.Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }));
        await Expect(tab.Page.Locator("[data-status=active] [data-project-id='rag-evaluator']")).ToBeVisibleAsync();
        await Expect(tab.Page.Locator(".mud-snackbar")).ToHaveCountAsync(0);
        await Expect(card).ToBeFocusedAsync();

        await PressAsync(card.Locator("[data-grip]"));
        ILocator open = tab.Page.GetByRole(AriaRole.Button, new() { Name = "Open", Exact = true });
        await Expect(open).ToBeFocusedAsync();
        Assert.Empty(await PageHealth.AxeFaultsAsync(tab.Page));
        await tab.Page.Keyboard.PressAsync("Enter");
        await Expect(tab.Page.Locator("h1")).ToContainTextAsync("rag-evaluator");
        await Expect(tab.Page.Locator("h1")).ToBeFocusedAsync();
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task Project_EditedPausedAndMerged_KeepsTheFocus()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address + "/projects/rag-evaluator");
        ILocator edit = tab.Page.GetByTestId("edit-project");
        ILocator more = tab.Page.Locator("summary[aria-label='More actions']");

        await PressAsync(edit);
        await Expect(tab.Page.Locator("#edit-name")).ToBeFocusedAsync();
        await PressAsync(tab.Page.GetByTestId("project-editor").GetByRole(AriaRole.Button, new() { Name = "Cancel" }));
        await Expect(edit).ToBeFocusedAsync();
        await PressAsync(tab.Page.GetByTestId("pause-project"));
        await Expect(tab.Page.GetByTestId("resume-project")).ToBeFocusedAsync();

        await PressAsync(more);
        Assert.Empty(await PageHealth.AxeFaultsAsync(tab.Page));
        await PressAsync(tab.Page.GetByTestId("merge-project"));
        await Expect(tab.Page.GetByTestId("merge-target")).ToBeFocusedAsync();
        Assert.Empty(await PageHealth.AxeFaultsAsync(tab.Page));
        await PressAsync(tab.Page.GetByTestId("merge-card").GetByRole(AriaRole.Button, new() { Name = "Cancel" }));
        await Expect(more).ToBeFocusedAsync();
        Assert.Empty(tab.Faults);
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Dark, 1440)]
    [InlineData(ColorScheme.Light, 390)]
    public async Task Panels_Opened_AreAccessibleAndGiveTheFocusBack(ColorScheme scheme, int width)
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser, scheme, width);
        var faults = new List<string>();

        await tab.GotoAsync(home.Address + "/alerts");
        ILocator bell = tab.Page.GetByTestId("alert-bell");
        await PressAsync(bell);
        await tab.Page.Locator(".bell .popover").WaitForAsync();
        faults.AddRange((await PageHealth.AxeFaultsAsync(tab.Page)).Select(f => $"bell: {f}"));
        await tab.Page.Keyboard.PressAsync("Escape");
        await Expect(bell).ToBeFocusedAsync();

        await tab.Page.Locator(".alert-row").GetByTestId("alert-snooze").First.SelectOptionAsync("pick");
        await Expect(tab.Page.GetByLabel("Snooze until")).ToBeFocusedAsync();
        faults.AddRange((await PageHealth.AxeFaultsAsync(tab.Page)).Select(f => $"snooze: {f}"));

        if (width > 768)
        {
            ILocator filter = tab.Page.GetByTestId("project-filter");
            await PressAsync(filter);
            await tab.Page.Locator(".filter-panel").WaitForAsync();
            faults.AddRange((await PageHealth.AxeFaultsAsync(tab.Page)).Select(f => $"project filter: {f}"));
            await tab.Page.Keyboard.PressAsync("Escape");
            await Expect(filter).ToBeFocusedAsync();
        }
        else
        {
            await tab.GotoAsync(home.Address + "/projects");
            await PressAsync(tab.Page.GetByTestId("filter-toggle"));
            await Expect(tab.Page.GetByTestId("filter-client")).ToBeVisibleAsync();
            faults.AddRange((await PageHealth.AxeFaultsAsync(tab.Page)).Select(f => $"filters: {f}"));
        }

        await tab.GotoAsync(home.Address + "/settings");
        await tab.Page.Locator("#budget-amount").FillAsync("300");
        await tab.Page.Locator(".save-bar").WaitForAsync();
        await tab.Page.EvaluateAsync("() => document.querySelector('.sidebar .nav a[href=\"/tokens\"]').click()");
        await tab.Page.GetByTestId("ask-dialog").WaitForAsync();
        faults.AddRange((await PageHealth.AxeFaultsAsync(tab.Page)).Select(f => $"question: {f}"));

        Assert.Empty(faults);
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task LongList_MoreShown_FocusGoesOnAtTheFirstThatCame()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await WithManyProjectsAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        foreach ((string address, string item) in (IEnumerable<(string, string)>)[("/projects", "[data-testid=project-card] a.name"), ("/", ".projects-table tbody a.project-name"), ("/kanban", "[data-status=active] [data-card]")])
        {
            await tab.GotoAsync(home.Address + address);
            await Expect(tab.Page.Locator(item)).ToHaveCountAsync(60);

            await PressAsync(tab.Page.GetByTestId("show-more"));

            await Expect(tab.Page.Locator(item)).ToHaveCountAsync(120);
            await Expect(tab.Page.Locator(item).Nth(60)).ToBeFocusedAsync();
            await Expect(tab.Page.Locator(item).Nth(60)).ToBeInViewportAsync();
            await PressAsync(tab.Page.GetByTestId("show-all"));
            await Expect(tab.Page.Locator(item)).ToHaveCountAsync(500);
            await Expect(tab.Page.Locator(item).Nth(120)).ToBeFocusedAsync();
        }

        // The list is short again, and its foot far above: the focus is not left under the bar on top.
        await PressAsync(tab.Page.GetByTestId("show-fewer").First);
        await Expect(tab.Page.GetByTestId("show-more").First).ToBeFocusedAsync();
        Assert.True(await tab.Page.EvaluateAsync<bool>("() => document.activeElement.getBoundingClientRect().top >= document.querySelector('.topbar').getBoundingClientRect().bottom"));
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task LongList_ProjectOpenedAndBack_IsWhereItWasLeft()
    {
        IBrowser browser = chromium.Browser;
        await using TestHome home = await WithManyProjectsAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        foreach ((string address, string item) in (IEnumerable<(string, string)>)[("/projects?first=120", "[data-testid=project-card] a.name"), ("/", ".projects-table tbody a.project-name")])
        {
            await tab.GotoAsync(home.Address + address);
            ILocator left = tab.Page.Locator(item).Nth(50);
            await left.ScrollIntoViewIfNeededAsync();
            await tab.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
            await left.ClickAsync();
            await Expect(tab.Page.Locator("dl.facts").First).ToBeVisibleAsync();

            await tab.Page.GoBackAsync();

            await Expect(left).ToBeInViewportAsync();
        }

        Assert.Empty(tab.Faults);
    }

    // The server answers every letter, and the answers come when the next ones are typed.
    [SkippableFact]
    public async Task Search_TypedFasterThanTheServerAnswers_KeepsEveryLetter()
    {
        const string name = "fleet-telemetry";
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);

        await tab.GotoAsync(home.Address + "/projects");
        await TypeAtOnceAsync(tab.Page.GetByTestId("project-search"), name);
        await Expect(tab.Page.GetByTestId("project-card")).ToHaveCountAsync(1);
        await tab.Page.WaitForURLAsync("**/projects?q=" + name);
        await Expect(tab.Page.GetByTestId("project-search")).ToHaveValueAsync(name);
        await tab.Page.Locator(".filter-row").GetByText("Clear the filter").ClickAsync();
        await Expect(tab.Page.GetByTestId("project-search")).ToHaveValueAsync("");

        await tab.GotoAsync(home.Address + "/");
        ILocator filter = tab.Page.GetByLabel("Filter projects");
        await TypeAtOnceAsync(filter, name);
        await Expect(tab.Page.Locator(".projects-table tbody tr")).ToHaveCountAsync(1);
        await Expect(filter).ToHaveValueAsync(name);

        await tab.Page.Keyboard.PressAsync("Control+k");
        ILocator palette = tab.Page.Locator("#palette input");
        await TypeAtOnceAsync(palette, name);
        await Expect(tab.Page.Locator("#palette .palette-entry")).ToHaveCountAsync(1);
        await Expect(palette).ToHaveValueAsync(name);
        Assert.Empty(tab.Faults);
    }

    private static Task TypeAtOnceAsync(ILocator field, string text) => field.EvaluateAsync(
        """
        (field, text) => {
          field.focus();
          for (const letter of text) {
            field.value += letter;
            field.dispatchEvent(new InputEvent('input', { bubbles: true, data: letter }));
          }
        }
        """,
        text);

    private static async Task PressAsync(ILocator control)
    {
        await control.FocusAsync();
        await control.PressAsync("Enter");
    }

    private static async Task<TestHome> WithManyProjectsAsync()
    {
        EdgeState state = EdgeState.All["many"];
        var home = new TestHome();
        state.Write(new DataDirectory(Path.Combine(home.Root, "data")));
        await home.StartAsync(change: options => options with { Time = new ShiftedTime(state.Now) });
        return home;
    }
}
