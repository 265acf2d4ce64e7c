using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AiaiaiDashboard.Cli;
using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Formatting;
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

        string projected = await AmountAsync(tab.Page.GetByTestId("stat-spend").Locator(".stat-foot span", new() { HasText = "Projected" }));

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

    // What is no plain sum: worked out here once more, from nothing but what the report says, by the definitions of the contract.
    [SkippableFact]
    public async Task DerivedFigures_OneLedger_FollowFromTheReport()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        var time = new ShiftedTime(new DateTimeOffset(2026, 11, 20, 14, 0, 0, TimeSpan.Zero));
        var today = new DateOnly(2026, 11, 20);
        for (int day = 0; day < 75; day++)
        {
            DateTimeOffset at = time.GetUtcNow().AddDays(-day);
            long size = 1_000 * (3 + (day % 5));
            home.Call("alpha", "claude-opus-5", at, $"11111111-1111-4111-8111-1111111111{day:00}", 20 * size, 30 * size, 40 * size, 700 * size);
            if (day % 3 == 0)
            {
                home.Call("beta", "claude-haiku-4-5", at, $"22222222-1111-4111-8111-1111111111{day:00}", 10 * size, 20 * size, 90 * size, 300 * size);
            }
        }

        await home.StartAsync(change: options => options with { Time = time });
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        JsonElement month = Totals(today.AddDays(-19));
        JsonElement thirty = Totals(today.AddDays(-29));
        decimal spent = Cost(month);
        decimal rate = Cost(thirty) / 30;
        decimal[] days = [.. Rows(today.AddDays(-74), "day").Select(Cost)];
        MonthForecast forecast = SpendForecaster.Forecast(days, today, spent, 200);
        DateOnly runsOut = today.AddDays((int)Math.Ceiling((200 - spent) / rate));
        (decimal[] kinds, decimal saved) = ByKind(today.AddDays(-19));
        Assert.Equal(spent, kinds.Sum(), 6);

        await tab.GotoAsync(home.Address + "/analytics");
        await Shows("burn-rate", Usd(rate), "per day", "Average of 30 days");
        await Shows("exhaustion-date", Format.Day(runsOut, today), Format.Deadline(runsOut.DayNumber - today.DayNumber), runsOut.Month == today.Month && runsOut.Year == today.Year ? "Inside this month" : "After this month");
        await Shows("month-end-forecast", Usd(forecast.Expected!.Value), $"{Usd(forecast.Low!.Value)} to {Usd(forecast.High!.Value)}");
        await Shows("forecast-card", Usd(spent), "of $200.00", Usd(Cost(Totals(new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 20)))), $"{Usd(Math.Abs(forecast.Expected.Value - 200))} {(forecast.Expected > 200 ? "over" : "left")}");
        await Shows("stat-window-spend", $"vs {Usd(Cost(Totals(today.AddDays(-59), today.AddDays(-30))))}");
        await Shows("cache-hit-rate", HitRate(thirty).ToString("0.0", CultureInfo.InvariantCulture), Usd(ByKind(today.AddDays(-29)).Saved));
        await Shows("cache-efficiency", $"{Usd(ByKind(today.AddDays(-29)).Saved)} saved");
        int sessions = Rows(today.AddDays(-29), "session").Length;
        await Shows("window-facts", Usd(Cost(thirty) / 30), Usd(Cost(thirty) / sessions), $"{sessions} sessions", $"{sessions / 30m:0.0} a day", Whole(thirty, "calls"), Format.Tokens(Long(thirty, "totalTokens")));
        await Shows("model-breakdown", [.. Rows(today.AddDays(-29), "model").Select(row => Format.Share(Cost(row) / Cost(thirty) * 100))]);
        await tab.Page.GetByTestId("cache-efficiency").GetByLabel("View as table").ClickAsync();
        JsonElement last = Rows(today, "day").Single();
        await Expect(tab.Page.GetByTestId("cache-efficiency").Locator("tbody tr").First).ToContainTextAsync($"{HitRate(last).ToString("0.0", CultureInfo.InvariantCulture)}%");
        await Expect(tab.Page.GetByTestId("cache-efficiency").Locator("tbody tr").First).ToContainTextAsync(Usd(ByKind(today).Saved));

        // The days of a weekday by how many of them there were: every call was made at 14:00.
        await tab.Page.GetByTestId("busiest-hours").GetByLabel("View as table").ClickAsync();
        ILocator hours = tab.Page.GetByTestId("busiest-hours").Locator("tbody tr");
        ILookup<int, decimal> byWeekday = Rows(today.AddDays(-74), "day").ToLookup(row => ((int)DayOf(row).DayOfWeek + 6) % 7, Cost);
        foreach (IGrouping<int, decimal> weekday in byWeekday)
        {
            await Expect(hours.Nth(14).Locator("td").Nth(weekday.Key + 1)).ToHaveTextAsync(Usd(weekday.Average()));
            await Expect(hours.Nth(13).Locator("td").Nth(weekday.Key + 1)).ToHaveTextAsync("None");
        }

        Assert.Equal(7, byWeekday.Count);

        await tab.GotoAsync(home.Address + "/tokens");
        await Shows("budget-gauge", $"{Format.Share(spent / 2)} of $200.00", Usd(200 - spent), Usd((200 - spent) / 10), Format.Day(runsOut, today), $"Projected {Usd(forecast.Expected.Value)}");
        await Shows("usage-per-day", [.. kinds.Select(Usd), .. new[] { "cacheRead", "cacheWrite", "tokensOut", "tokensIn" }.Select(kind => Format.Tokens(Long(month, kind))), $"saved {Usd(saved)}"]);
        await Shows("usage-table", [.. Rows(today.AddDays(-19), "project").Select(row => Format.Share(Cost(row) / spent * 100))]);
        await Shows("usage-by-model", [.. Rows(today.AddDays(-19), "model").Select(row => Format.Share(Cost(row) / spent * 100))]);
        foreach (JsonElement row in Rows(today.AddDays(-74), "month"))
        {
            var first = DateOnly.ParseExact(row.GetProperty("month").GetString() + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
            ILocator line = tab.Page.GetByTestId("months").Locator("tbody tr", new() { HasText = Format.MonthAndYear(first) });
            await Expect(line).ToContainTextAsync(Usd(Cost(row)));
            await Expect(line).ToContainTextAsync(Whole(row, "calls"));
        }

        // One table finds its rows and adds up what it found; the others stay as they are.
        await tab.Page.GetByTestId("session-search").FillAsync("22222222");
        await tab.Page.GetByTestId("session-search").PressAsync("Enter");
        decimal beta = Cost(Rows(today.AddDays(-19), "project").Single(row => row.GetProperty("project").GetString() == "beta"));
        await Expect(tab.Page.GetByTestId("usage-by-session").Locator("tfoot")).ToContainTextAsync(Usd(beta));
        await Expect(tab.Page.GetByTestId("usage-table").Locator("tfoot")).ToContainTextAsync(Usd(spent));
        Assert.Contains("sessions-q=22222222", tab.Page.Url, StringComparison.Ordinal);
        Assert.Empty(tab.Faults);

        async Task Shows(string hook, params string[] texts)
        {
            foreach (string text in texts)
            {
                await Expect(tab.Page.GetByTestId(hook).First).ToContainTextAsync(text);
            }
        }

        JsonElement Totals(DateOnly since, DateOnly? until = null) => Answer(since, "day", until).GetProperty("total");

        JsonElement[] Rows(DateOnly since, string by) => [.. Answer(since, by).GetProperty("rows").EnumerateArray()];

        JsonElement Answer(DateOnly since, string by, DateOnly? until = null)
        {
            using JsonDocument answer = Report(home, since, by, project: null, until, time);
            return answer.RootElement.Clone();
        }

        // USD of cache reads, cache writes, output and input at list price; and what the cache saved.
        (decimal[] Cost, decimal Saved) ByKind(DateOnly since)
        {
            decimal[] sums = new decimal[4];
            decimal saved = 0;
            foreach (JsonElement row in Rows(since, "model"))
            {
                decimal input = row.GetProperty("model").GetString() == "claude-opus-5" ? 5 : 1;
                decimal[] costs = [Long(row, "cacheRead") * input / 10, Long(row, "cacheWrite") * input * 1.25m, Long(row, "tokensOut") * input * 5, Long(row, "tokensIn") * input];
                sums = [.. sums.Zip(costs, (sum, cost) => sum + (cost / 1_000_000))];
                saved += (((Long(row, "cacheRead") + Long(row, "cacheWrite")) * input) - costs[0] - costs[1]) / 1_000_000;
            }

            return (sums, saved);
        }

        static DateOnly DayOf(JsonElement row) => DateOnly.ParseExact(row.GetProperty("day").GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture);

        static decimal Cost(JsonElement sums) => sums.GetProperty("cost").GetDecimal();

        static long Long(JsonElement sums, string name) => sums.GetProperty(name).GetInt64();

        static string Whole(JsonElement sums, string name) => Format.Count(Long(sums, name));

        static decimal HitRate(JsonElement sums) => (decimal)Long(sums, "cacheRead") / (Long(sums, "cacheRead") + Long(sums, "cacheWrite") + Long(sums, "tokensIn")) * 100;
    }

    // Every row of the tables that name single sessions, days and sources.
    [SkippableFact]
    public async Task RowsOfTokens_OneLedger_ShowTheFiguresOfTheReport()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        var time = new ShiftedTime(new DateTimeOffset(2026, 11, 20, 14, 0, 0, TimeSpan.Zero));
        for (int day = 0; day < 6; day++)
        {
            home.Call("alpha", "claude-opus-5", time.GetUtcNow().AddDays(-day), $"1111111{day}-1111-4111-8111-111111111111", 1_000 * (day + 1), 2_000 + day, 30_000, 400_000 * (day + 2));
        }

        // Ten tokens recorded for a text of a thousand characters.
        home.Call("alpha", "claude-opus-5", time.GetUtcNow().AddDays(-1), "11111111-1111-4111-8111-111111111111", 700, 10, 0, 0, characters: 1_000);
        Directory.CreateDirectory(Path.Combine(home.Root, "data"));
        await File.WriteAllTextAsync(Path.Combine(home.Root, "data", "tokens.json"), """
            {"entries":[
              {"date":"2026-11-20","project":"alpha","session":"auto-sync","tokensIn":10,"tokensOut":20,"cost":7.25,"model":"claude-opus-5"},
              {"date":"2026-11-02","project":"gamma","session":"auto-sync","tokensIn":10,"tokensOut":20,"cost":3.5,"model":"claude-opus-5"}]}
            """);
        await home.StartAsync(change: options => options with { Time = time });
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address + "/tokens");

        JsonElement[] sessions = Rows("session");
        foreach (JsonElement session in sessions.Where(row => row.GetProperty("session").GetString() != "auto-sync"))
        {
            string id = session.GetProperty("session").GetString()!;
            ILocator row = tab.Page.GetByTestId("entries").Locator("tbody tr", new() { Has = tab.Page.Locator($"code[title='{id}']") });
            foreach (string counter in new[] { "tokensIn", "tokensOut", "cacheWrite", "cacheRead" })
            {
                await Expect(row).ToContainTextAsync(Format.Count(session.GetProperty(counter).GetInt64()));
            }

            await Expect(row).ToContainTextAsync(Usd(session));
        }

        JsonElement before = Rows("day").Single(row => row.GetProperty("day").GetString() == "2026-11-19");
        ILocator incomplete = tab.Page.GetByTestId("incomplete");
        await Expect(incomplete.Locator("tbody").First.Locator("tr")).ToHaveTextAsync([new Regex($@"Nov 19\s*1\s*{before.GetProperty("calls").GetInt64()}\s*50\.0%\s*{Regex.Escape(Usd(before))}")]);
        await Expect(incomplete.Locator("tbody").Last.Locator("tr")).ToHaveTextAsync([new Regex(@"2\.0\.67\s*1\s*7\s*14\.3%\s*Nov 20")]);

        JsonElement[] days = Rows("day");
        decimal measured = days.Single(row => row.GetProperty("day").GetString() == "2026-11-20").GetProperty("cost").GetDecimal();
        ILocator reconciled = tab.Page.GetByTestId("reconciliation");
        await Expect(reconciled.Locator("tbody tr").First).ToHaveTextAsync(new Regex($@"Nov 20\s*alpha\s*{Regex.Escape(Usd(measured))}\s*\$7\.25\s*−{Regex.Escape(Usd(7.25m - measured))}\s*Transcripts", RegexOptions.IgnoreCase));
        await Expect(reconciled.Locator("tbody tr").Last).ToHaveTextAsync(new Regex(@"Nov 2\s*gamma\s*None\s*\$3\.50\s*–?\s*Admin API", RegexOptions.IgnoreCase));
        await Expect(reconciled.Locator(".card-foot")).ToContainTextAsync("$3.50 of the total");
        Assert.Equal(3.5m, days.Single(row => row.GetProperty("day").GetString() == "2026-11-02").GetProperty("cost").GetDecimal());
        Assert.Empty(tab.Faults);

        JsonElement[] Rows(string by)
        {
            using JsonDocument answer = Report(home, new DateOnly(2026, 11, 1), by, project: null, until: null, time);
            return [.. answer.RootElement.Clone().GetProperty("rows").EnumerateArray()];
        }
    }

    // The command itself, as typed into a terminal.
    internal static JsonDocument Report(TestHome home, DateOnly since, string by, string? project, DateOnly? until = null, TimeProvider? time = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var cli = new CliContext(output, error, name => name == "HOME" ? home.Root : null, home.Root, time ?? TimeProvider.System, IsErrorTerminal: false);
        string[] args = ["report", "--data", Path.Combine(home.Root, "data"), "--format", "json", "--by", by, "--since", since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];
        args = until is { } last ? [.. args, "--until", last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : args;
        int code = CommandLine.RunAsync(project is null ? args : [.. args, "--project", project], cli).GetAwaiter().GetResult();
        Assert.Equal((0, ""), (code, error.ToString()));
        return JsonDocument.Parse(output.ToString());
    }

    private static string Usd(JsonElement sums) => Usd(sums.GetProperty("cost").GetDecimal());

    private static string Usd(decimal amount) => amount.ToString("$#,##0.00", CultureInfo.InvariantCulture);

    // The first amount of a text, as scripts read it.
    private static async Task<string> AmountAsync(ILocator element) => Regex.Match(await element.InnerTextAsync(), @"\$[\d,]+\.\d\d").Value;
}
