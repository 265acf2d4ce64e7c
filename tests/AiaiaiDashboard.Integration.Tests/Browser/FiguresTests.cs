using System.Globalization;
using System.Text.RegularExpressions;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;
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
        // The same ledger, read once more as the command report reads it.
        DateOnly today = home.Server.Workspaces.Own.Shown.Today;
        var ledger = new UsageReadModel(UsageLedger.Load(new DataDirectory(Path.Combine(home.Root, "data")), repair: false), today);
        string month = Sum(new DateOnly(today.Year, today.Month, 1));
        string week = Sum(today.AddDays(-6));
        string thirty = Sum(today.AddDays(-29));
        string ninety = Sum(today.AddDays(-89));

        await tab.GotoAsync(home.Address);
        await Expect(tab.Page.GetByTestId("stat-spend").Locator(".figure")).ToContainTextAsync(month);
        string projected = await AmountAsync(tab.Page.GetByTestId("stat-spend").Locator(".stat-foot"));

        await tab.GotoAsync(home.Address + "/analytics?range=7d");
        await Expect(tab.Page.GetByTestId("stat-window-spend")).ToContainTextAsync(week);
        await Expect(tab.Page.GetByTestId("spend-trend")).ToContainTextAsync(week);
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

        await tab.GotoAsync(home.Address + "/tokens?range=90d&size=50");
        await Expect(tab.Page.GetByTestId("entries-total")).ToContainTextAsync(ninety);
        await tab.Page.GetByTestId("next-page").ClickAsync();
        await Expect(tab.Page.GetByTestId("entries")).ToContainTextAsync("51 to 60 of 60");
        await Expect(tab.Page.GetByTestId("entries-total")).ToContainTextAsync(ninety);
        Assert.Empty(tab.Faults);

        string Sum(DateOnly since) => ledger.Query(new UsageQuery([], since, today)).Total.Cost.ToString("$#,##0.00", CultureInfo.InvariantCulture);
    }

    // The first amount of a text, as scripts read it.
    private static async Task<string> AmountAsync(ILocator element) => Regex.Match(await element.InnerTextAsync(), @"\$[\d,]+\.\d\d").Value;
}
