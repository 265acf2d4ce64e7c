using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Formatting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>What charts show, in the cells of the heat map and in the table view of each: the figures of <c>report</c>.</summary>
[Collection(BrowserTests.Name)]
public class ChartFiguresTests(Chromium chromium)
{
    private static readonly string[] Weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    [SkippableFact]
    public async Task HeatMap_OneLedger_CellsAreTheReportedCostPerWeekdayAndHour()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        var time = new ShiftedTime(new DateTimeOffset(2026, 11, 20, 23, 0, 0, TimeSpan.Zero));
        var today = new DateOnly(2026, 11, 20);
        // A call a day, each in an hour of its own weekday: what a day costs is what its hour costs.
        for (int back = 0; back < 30; back++)
        {
            home.Call("alpha", "claude-opus-5", At(today.AddDays(-back)), $"11111111-1111-4111-8111-1111111111{back:00}", 100_000 * (back + 1), 0, 0, 0);
        }

        await home.StartAsync(change: options => options with { Time = time });
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        Dictionary<DateOnly, decimal> days = Rows(home, "day", today.AddDays(-29), time)
            .ToDictionary(row => DateOnly.ParseExact(row.GetProperty("day").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture), Cost);
        Assert.Equal(30, days.Count);

        await tab.GotoAsync(home.Address + "/analytics");
        ILocator card = tab.Page.Locator(".card", new() { Has = tab.Page.Locator(".heat") });
        string[] cells = await card.Locator(".heat i").EvaluateAllAsync<string[]>("cells => cells.map(cell => cell.title)");
        Assert.Equal(7 * 24, cells.Length);
        foreach (IGrouping<DayOfWeek, KeyValuePair<DateOnly, decimal>> weekday in days.GroupBy(day => day.Key.DayOfWeek))
        {
            string name = Weekdays[((int)weekday.Key + 6) % 7];
            Assert.Contains($"{name} {HourOf(weekday.Key):00}:00, {Usd(weekday.Average(day => day.Value))} per hour", cells);
        }

        Assert.Equal((7 * 24) - 7, cells.Count(cell => cell.EndsWith("$0.00 per hour", StringComparison.Ordinal)));
        // The same in the table.
        await card.GetByLabel("View as table").ClickAsync();
        foreach (IGrouping<DayOfWeek, KeyValuePair<DateOnly, decimal>> weekday in days.GroupBy(day => day.Key.DayOfWeek))
        {
            ILocator row = tab.Page.GetByLabel("Average spend per hour as a table").Locator("tbody tr").Nth(HourOf(weekday.Key));
            await Expect(row.Locator("td").Nth((((int)weekday.Key + 6) % 7) + 1)).ToHaveTextAsync(Usd(weekday.Average(day => day.Value)));
        }

        Assert.Empty(tab.Faults);

        static int HourOf(DayOfWeek weekday) => 9 + (int)weekday;

        static DateTimeOffset At(DateOnly day) => new(day, new TimeOnly(HourOf(day.DayOfWeek), 20), TimeSpan.Zero);
    }

    [SkippableFact]
    public async Task Tables_LongRangeByWeekAndByDay_AddUpTheReport()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        var time = new ShiftedTime(new DateTimeOffset(2026, 11, 20, 14, 0, 0, TimeSpan.Zero));
        var today = new DateOnly(2026, 11, 20);
        for (int back = 0; back < 150; back += 2)
        {
            home.Call("alpha", "claude-opus-5", time.GetUtcNow().AddDays(-back), $"11111111-1111-4111-8111-111111111{back:000}", 1_000 * (back + 1), 20_000, 30_000, 400_000);
        }

        await home.StartAsync(change: options => options with { Time = time });
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        decimal week = Rows(home, "day", new DateOnly(2026, 11, 9), time, new DateOnly(2026, 11, 15)).Sum(Cost);

        await tab.GotoAsync(home.Address + "/analytics?from=2026-07-01");
        ILocator trend = tab.Page.GetByTestId("spend-trend");
        await trend.GetByLabel("View as table").ClickAsync();
        await Expect(trend).ToContainTextAsync("Spend per week");
        await Expect(trend.Locator("tbody tr", new() { HasText = "Nov 9" })).ToContainTextAsync(Usd(week));

        // Each day again, by the address, and what one was.
        await trend.GetByTestId("per-day").ClickAsync();
        await Expect(trend).ToContainTextAsync("Spend per day");
        Assert.Contains("per=day", tab.Page.Url, StringComparison.Ordinal);
        await Expect(trend.Locator("tbody tr").First).ToContainTextAsync(Usd(Rows(home, "day", today, time).Sum(Cost)));

        await tab.GotoAsync(home.Address + "/tokens?from=2026-07-01");
        ILocator usage = tab.Page.GetByTestId("usage-per-day");
        await usage.GetByLabel("View as table").ClickAsync();
        await Expect(usage.Locator("tbody tr", new() { HasText = "Nov 9" })).ToContainTextAsync(Usd(week));

        // The gauge and the comparison have their tables too.
        decimal month = Rows(home, "day", new DateOnly(2026, 11, 1), time).Sum(Cost);
        ILocator gauge = tab.Page.GetByTestId("budget-gauge");
        await gauge.GetByLabel("View as table").ClickAsync();
        await Expect(gauge.Locator("tbody tr").First).ToContainTextAsync(Usd(month));
        await tab.GotoAsync(home.Address + "/analytics");
        ILocator compared = tab.Page.GetByTestId("project-comparison");
        await compared.GetByLabel("View as table").ClickAsync();
        await Expect(compared.Locator("tbody tr").First).ToContainTextAsync(Usd(Rows(home, "day", today.AddDays(-29), time).Sum(Cost)));
        await Expect(compared.Locator("tbody tr").First).ToContainTextAsync(Usd(Rows(home, "day", today.AddDays(-59), time, today.AddDays(-30)).Sum(Cost)));
        Assert.Empty(tab.Faults);
    }

    [SkippableTheory]
    [InlineData("/tokens", "budget-gauge")]
    [InlineData("/analytics", "project-comparison")]
    public async Task Pictures_DrawnByTheServer_AreSavedWithTheirWords(string page, string card)
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address + page);
        ILocator shown = tab.Page.GetByTestId(card);
        string amount = Format.Money(page == "/tokens" ? home.Server.Workspaces.Own.Shown.Scope(null).Month.Spend : home.Server.Workspaces.Own.Shown.Analytics.Total.Windows["30d"].ByProject[0].Cost);

        string svg = await File.ReadAllTextAsync(await SaveAsync("SVG"));
        byte[] png = await File.ReadAllBytesAsync(await SaveAsync("PNG"));

        Assert.Contains($">{amount}<", svg, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Empty(tab.Faults);

        async Task<string> SaveAsync(string kind)
        {
            await shown.Locator(".export > summary").ClickAsync();
            IDownload download = await tab.Page.RunAndWaitForDownloadAsync(() => shown.Locator(".export-menu button", new() { HasText = kind }).ClickAsync());
            return await download.PathAsync();
        }
    }

    private static JsonElement[] Rows(TestHome home, string by, DateOnly since, TimeProvider time, DateOnly? until = null)
    {
        using JsonDocument answer = FiguresTests.Report(home, since, by, project: null, until, time);
        return [.. answer.RootElement.Clone().GetProperty("rows").EnumerateArray()];
    }

    private static decimal Cost(JsonElement row) => row.GetProperty("cost").GetDecimal();

    private static string Usd(decimal amount) => amount.ToString("$#,##0.00", CultureInfo.InvariantCulture);
}
