using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Tests.Analytics;

/// <summary>What pages ask the ledger beyond the precomputed figures, by the same definitions.</summary>
public sealed class QueriesOfPagesTests
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Fact]
    public void CustomWindow_DaysOfAFixedWindow_EqualsTheFixedWindow()
    {
        UsageReadModel usage = Ledger(400);
        AnalyticsDocument document = AnalyticsCalculator.Compute(usage, new AlertsConfig(), Today, TimeZoneInfo.Utc, []);

        foreach ((string key, int days) in AnalyticsCalculator.Windows)
        {
            Same(document.Total.Windows[key], CustomWindow.Of(usage, Today.AddDays(1 - days), Today));
            Same(document.Projects["p1"].Windows[key], CustomWindow.Of(usage, Today.AddDays(1 - days), Today, "p1"));
        }
    }

    [Fact]
    public void CustomWindow_EndAfterToday_EndsToday()
    {
        WindowFigures window = CustomWindow.Of(Ledger(50), Today.AddDays(-3), Today.AddDays(30));

        Assert.Equal(Today, window.To);
        Assert.Equal(4, window.Days);
    }

    [Fact]
    public void TokenSplit_AnyLedger_AddsUpToTheCost()
    {
        var snapshot = new DashboardSnapshot { IsLoaded = true, Today = Today, Usage = Ledger(300) };

        TokenSplit split = TokenSplit.Of(snapshot, Today.AddDays(-29), Today);

        WindowFigures window = CustomWindow.Of(snapshot.Usage, Today.AddDays(-29), Today);
        Assert.Equal(window.Cost, split.Cost.Sum(), 10);
        Assert.Equal(window.Cost, split.CostPerDay.Sum(kind => kind.Sum()), 10);
        Assert.Equal([window.CacheRead, window.CacheWrite, window.TokensOut, window.TokensIn], split.Tokens);
    }

    [Fact]
    public void TokenSplit_ReadsOfACachedPrefix_SaveTheDifferenceToPlainInput()
    {
        // Opus 5: $5 a million tokens of input, a tenth of that for a read.
        UsageRow row = Row(0, "p1", "s", "claude-opus-5", 1) with { TokensIn = 0, TokensOut = 0, CacheWrite = 0, CacheRead = 1_000_000, Cost = 0.5m };
        var snapshot = new DashboardSnapshot { IsLoaded = true, Today = Today, Usage = new UsageReadModel([row], Today) };

        TokenSplit split = TokenSplit.Of(snapshot, Today, Today);

        Assert.Equal(4.5m, split.Saving);
        Assert.Equal(100m, split.HitRatePerDay[0]);
    }

    [Fact]
    public void HourMap_HoursOfOneWeekday_AveragesOverItsDays()
    {
        UsageRow[] rows = [.. Enumerable.Range(0, 13).Select(week => Row(week * 7, "p1", $"s{week}", "m", 4) with { Hours = new SortedDictionary<string, decimal> { ["09"] = 2 } })];

        HourMap map = HourMap.Of(new UsageReadModel(rows, Today), Today);

        // Today is a Wednesday.
        Assert.Equal((2 * 24) + 9, map.Peak);
        Assert.Equal(2, map.Highest);
        Assert.Equal(HourMap.Levels, map.Level(map.Peak));
        Assert.Equal(0, map.Level(0));
        Assert.Empty(HourMap.Of(new UsageReadModel(rows, Today), Today, "nobody").PerHour);
    }

    [Theory]
    [InlineData(EntryOrder.Time)]
    [InlineData(EntryOrder.Cost)]
    [InlineData(EntryOrder.Tokens)]
    [InlineData(EntryOrder.Project)]
    [InlineData(EntryOrder.Model)]
    public void Entries_AllPages_GiveEveryRowOnceInOrder(EntryOrder order)
    {
        UsageReadModel usage = Ledger(333);
        var filter = new EntryFilter { From = DateOnly.MinValue, To = Today, Order = order };

        UsageEntries entries = UsageEntries.Of(usage, filter);
        List<UsageRow> paged = [.. Enumerable.Range(1, 40).SelectMany(page => entries.Page(page, 10))];

        Assert.Equal(entries.Count, paged.Count);
        Assert.Equal(usage.Rows.Select(r => r.Key).Order(UsageKey.Order), paged.Select(r => r.Key).Order(UsageKey.Order));
        Assert.Equal(paged.Sum(r => r.Cost), entries.Cost);
        Assert.Equal(paged.Select(r => r.Key), entries.All().Select(r => r.Key));
        if (order == EntryOrder.Cost)
        {
            Assert.Equal(paged.Select(r => r.Cost).OrderDescending(), paged.Select(r => r.Cost));
            Assert.Equal(paged.Select(r => r.Cost).Order(), UsageEntries.Of(usage, filter with { Reversed = true }).All().Select(r => r.Cost));
        }
    }

    [Fact]
    public void Entries_Filtered_FindProjectsAndSessionsInAnyCase()
    {
        UsageReadModel usage = new([Row(0, "alpha", "ABC-1", "m", 1), Row(0, "beta", "xyz-2", "m", 2), Row(1, "beta", "xyz-3", "n", 4)], Today);
        var filter = new EntryFilter { From = Today.AddDays(-9), To = Today };

        Assert.Equal(1, UsageEntries.Of(usage, filter with { Text = "abc" }).Cost * 4);
        Assert.Equal(6, UsageEntries.Of(usage, filter with { Text = "BET" }).Cost * 4);
        Assert.Equal(4, UsageEntries.Of(usage, filter with { Text = "z", Model = "n" }).Cost * 4);
        Assert.Equal(0, UsageEntries.Of(usage, filter with { Model = "nothing" }).Count);
        Assert.Empty(UsageEntries.Of(usage, filter).Page(0, 10));
        Assert.Empty(UsageEntries.Of(usage, filter).Page(int.MaxValue, int.MaxValue));
    }

    [Fact]
    public void Digest_HostileNames_StayText()
    {
        UsageReadModel usage = new([Row(0, "a|b", "s", "<img src=x>`m`", 8), Row(8, "a|b", "s", "m", 4)], Today);
        AnalyticsDocument figures = AnalyticsCalculator.Compute(usage, new AlertsConfig(), Today, TimeZoneInfo.Utc, []);

        string text = Digest.Write(
            new DigestSource
            {
                Figures = figures,
                Usage = usage,
                Alerts = [new ActiveAlert { Key = "global-75", Type = "global", Level = "warning", Message = "The budget\nis *used*.", Spend = 1, Budget = 1, Percent = 75, Since = Today }],
                Quality = [new QualityMove("a|b", "coverage", 70, 72.5m, "%")],
                NameOf = id => id,
            },
            Today.AddDays(-6),
            Today);

        Assert.Contains("| a\\|b | $2.00 | 100.0% | +100% |", text, StringComparison.Ordinal);
        Assert.Contains("\\<img src=x\\>\\`m\\`", text, StringComparison.Ordinal);
        Assert.Contains("- warning: The budget is \\*used\\*.", text, StringComparison.Ordinal);
        Assert.Contains("- a\\|b: coverage 70.0% to 72.5%", text, StringComparison.Ordinal);
    }

    private static void Same(WindowFigures expected, WindowFigures actual)
    {
        Assert.Equal(expected with { ByModel = [], ByProject = [] }, actual with { ByModel = [], ByProject = [] });
        Assert.Equal(expected.ByModel, actual.ByModel);
        Assert.Equal(expected.ByProject, actual.ByProject);
    }

    private static UsageReadModel Ledger(int rows)
    {
        var random = new Random(rows);
        return new UsageReadModel(
            Enumerable.Range(0, rows)
                .Select(i => Row(random.Next(200), $"p{random.Next(3)}", $"s{random.Next(60)}", random.Next(2) == 0 ? "claude-opus-5" : "claude-haiku-4-5", random.Next(1, 50)))
                .DistinctBy(r => r.Key),
            Today);
    }

    private static UsageRow Row(int daysAgo, string project, string session, string model, int amount) => new()
    {
        Date = Today.AddDays(-daysAgo),
        Project = project,
        Session = session,
        Model = model,
        Source = UsageSource.ClaudeCode,
        Calls = amount,
        TokensIn = amount * 10,
        TokensOut = amount * 7,
        CacheWrite = amount * 20,
        CacheRead = amount * 300,
        Cost = amount / 4m,
        LastAt = new DateTimeOffset(Today.AddDays(-daysAgo).ToDateTime(new TimeOnly(amount % 24, 0)), TimeSpan.Zero),
    };
}
