using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiaiaiDashboard.Cli;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>Figures of all pages agree with each other and with what <c>report</c> says of the ledger.</summary>
[Collection(BrowserTests.Name)]
public class FiguresTests(Chromium chromium)
{
    [SkippableFact]
    public async Task AllPages_OneLedger_ShowTheFiguresOfTheReport()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        for (int day = 0; day < 45; day++)
        {
            home.Spend("alpha", 1.25m + (day % 7), now.AddDays(-day), "11111111-1111-4111-8111-1111111111" + day.ToString("00", CultureInfo.InvariantCulture));
            if (day % 3 == 0)
            {
                home.Spend("beta", 0.5m, now.AddDays(-day), "22222222-1111-4111-8111-1111111111" + day.ToString("00", CultureInfo.InvariantCulture));
            }
        }

        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        DateOnly today = home.Server.Workspaces.Own.Shown.Today;
        string month = Sum(new DateOnly(today.Year, today.Month, 1));
        string week = Sum(today.AddDays(-6));
        string thirty = Sum(today.AddDays(-29));
        string ninety = Sum(today.AddDays(-89));
        Dictionary<string, string> projects = Sums("project", new DateOnly(today.Year, today.Month, 1));
        Dictionary<string, string> models = Sums("model", today.AddDays(-89));
        Assert.Equal((2, 1), (projects.Count, models.Count));

        await tab.GotoAsync(home.Address);
        await Expect(tab.Page.GetByTestId("stat-spend").Locator(".figure")).ToContainTextAsync(month);
        foreach ((string id, string amount) in projects)
        {
            await Expect(RowOf(id)).ToContainTextAsync(amount);
        }

        string projected = await AmountAsync(tab.Page.GetByTestId("stat-spend").Locator(".stat-foot"));

        foreach ((string id, string amount) in projects)
        {
            await tab.GotoAsync($"{home.Address}/projects/{id}");
            await Expect(tab.Page.Locator("main .facts").First).ToContainTextAsync(amount);
            await Expect(tab.Page.GetByTestId("model-breakdown")).ToContainTextAsync(Sum(today.AddDays(-29), id));
        }

        await tab.GotoAsync(home.Address + "/projects");
        foreach ((string id, string amount) in projects)
        {
            await Expect(tab.Page.Locator("main")).ToContainTextAsync(amount);
        }

        await tab.GotoAsync(home.Address + "/analytics?range=7d");
        await Expect(tab.Page.GetByTestId("stat-window-spend")).ToContainTextAsync(week);
        await Expect(tab.Page.GetByTestId("spend-trend")).ToContainTextAsync(week);
        await Expect(tab.Page.GetByTestId("project-comparison")).ToContainTextAsync(Sums("project", today.AddDays(-6)).Values.First());
        foreach ((string range, string amount) in new[] { ("range-30d", thirty), ("range-90d", ninety), ("range-7d", week) })
        {
            await tab.Page.GetByTestId(range).ClickAsync();
            await Expect(tab.Page.GetByTestId("stat-window-spend")).ToContainTextAsync(amount);
            await Expect(tab.Page.GetByTestId("spend-trend")).ToContainTextAsync(amount);
            await Expect(tab.Page.GetByTestId("model-breakdown")).ToContainTextAsync(amount);
        }

        Assert.Equal(projected, await AmountAsync(tab.Page.GetByTestId("month-end-forecast").Locator(".figure")));
        await Expect(tab.Page.GetByTestId("forecast-card")).ToContainTextAsync(month);
        await Expect(tab.Page.GetByTestId("weekly-digest")).ToContainTextAsync(week);

        await tab.GotoAsync(home.Address + "/tokens");
        await Expect(tab.Page.GetByTestId("budget-gauge")).ToContainTextAsync(month);
        await Expect(tab.Page.GetByTestId("usage-table").Locator("tfoot")).ToContainTextAsync(month);
        await Expect(tab.Page.GetByTestId("entries-total")).ToContainTextAsync(month);
        foreach ((string id, string amount) in projects)
        {
            await Expect(tab.Page.GetByTestId("usage-table").Locator("tbody tr", new() { Has = LinkTo(id) })).ToContainTextAsync(amount);
        }

        await tab.GotoAsync(home.Address + "/tokens?range=90d&size=50");
        await Expect(tab.Page.GetByTestId("entries-total")).ToContainTextAsync(ninety);
        await Expect(tab.Page.Locator("tbody tr", new() { HasText = "Opus 5" }).First).ToContainTextAsync(models.Values.Single());
        await tab.Page.GetByTestId("next-page").ClickAsync();
        await Expect(tab.Page.GetByTestId("entries")).ToContainTextAsync("51 to 60 of 60");
        await Expect(tab.Page.GetByTestId("entries-total")).ToContainTextAsync(ninety);
        Assert.Empty(tab.Faults);

        ILocator LinkTo(string id) => tab.Page.Locator($"a[href='/projects/{id}']");

        ILocator RowOf(string id) => tab.Page.Locator("main tbody tr", new() { Has = LinkTo(id) });

        string Sum(DateOnly since, string? project = null)
        {
            using JsonDocument answer = Report(home, since, "day", project);
            return Usd(answer.RootElement.GetProperty("total"));
        }

        Dictionary<string, string> Sums(string by, DateOnly since)
        {
            using JsonDocument answer = Report(home, since, by, project: null);
            return answer.RootElement.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty(by).GetString()!, Usd);
        }
    }

    // The command itself, as typed into a terminal.
    private static JsonDocument Report(TestHome home, DateOnly since, string by, string? project)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var cli = new CliContext(output, error, name => name == "HOME" ? home.Root : null, home.Root, TimeProvider.System, IsErrorTerminal: false);
        string[] args = ["report", "--data", Path.Combine(home.Root, "data"), "--format", "json", "--by", by, "--since", since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        int code = CommandLine.RunAsync(project is null ? args : [.. args, "--project", project], cli).GetAwaiter().GetResult();
        Assert.Equal((0, ""), (code, error.ToString()));
        return JsonDocument.Parse(output.ToString());
    }

    private static string Usd(JsonElement sums) => sums.GetProperty("cost").GetDecimal().ToString("$#,##0.00", CultureInfo.InvariantCulture);

    // The first amount of a text, as scripts read it.
    private static async Task<string> AmountAsync(ILocator element) => Regex.Match(await element.InnerTextAsync(), @"\$[\d,]+\.\d\d").Value;
}
