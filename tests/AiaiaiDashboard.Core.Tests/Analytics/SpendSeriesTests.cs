using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Tests.Analytics;

public sealed class SpendSeriesTests
{
    private static readonly DateOnly Today = new(2026, 11, 3);

    [Fact]
    public void ForMonth_Current_EndsTodayAndAddsUp()
    {
        SpendSeries series = SpendSeries.ForMonth(Snapshot(), Today, SpendSplit.Model);

        Assert.Equal((new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30), Today), (series.From, series.To, series.LastDay));
        Assert.Equal([2, 3, 4], series.PerDay);
        Assert.Equal([2, 5, 9], series.Cumulative);
        Assert.Equal(["b", "a"], series.Series.Select(s => s.Name));
    }

    [Fact]
    public void ForWindow_LongerThanTheData_StartsWithZeros()
    {
        SpendSeries series = SpendSeries.ForWindow(Snapshot(), 7, SpendSplit.Model);

        Assert.Equal([0, 0, 0, 1, 2, 3, 4], series.PerDay);
        Assert.Equal(10, series.Sum);
    }

    [Fact]
    public void ForMonth_Past_ComesFromTheLedger()
    {
        SpendSeries series = SpendSeries.ForMonth(Snapshot(), new DateOnly(2026, 9, 17), SpendSplit.Project);

        Assert.Equal(30, series.PerDay.Count);
        Assert.Equal(7, series.PerDay[11]);
        Assert.Equal(["p"], series.Series.Select(s => s.Name));
    }

    [Fact]
    public void ForMonth_Future_IsEmpty()
    {
        SpendSeries series = SpendSeries.ForMonth(Snapshot(), new DateOnly(2027, 5, 1), SpendSplit.Model);

        Assert.Empty(series.PerDay);
        Assert.Equal(0, series.Sum);
    }

    private static DashboardSnapshot Snapshot() => new()
    {
        IsLoaded = true,
        Today = Today,
        Analytics = new AnalyticsDocument
        {
            Total = new ScopeFigures { Daily = [1, 2, 3, 4], DailyByModel = [new DailySeries("a", [1, 1, 1, 1]), new DailySeries("b", [0, 1, 2, 3]), new DailySeries("none", [0, 0, 0, 0])] },
        },
        Usage = new UsageReadModel([new UsageRow { Date = new DateOnly(2026, 9, 12), Project = "p", Session = "s", Model = "m", Source = UsageSource.ClaudeCode, Cost = 7 }], Today),
    };

    // Columns: first day, days -> first days of the weeks, days in each
    [Theory]
    [InlineData("2026-11-23", 1, "2026-11-23", "1")]
    [InlineData("2026-11-16", 8, "2026-11-16 2026-11-23", "7 1")]
    [InlineData("2026-11-22", 9, "2026-11-22 2026-11-23 2026-11-30", "1 7 1")]
    [InlineData("2026-11-18", 0, "", "")]
    public void Grouped_ByWeek_AddsUpFromMonday(string first, int days, string weeks, string sums)
    {
        DateOnly from = DateOnly.ParseExact(first, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        decimal[] perDay = [.. Enumerable.Repeat(1m, days)];
        var series = new SpendSeries { From = from, To = from, LastDay = from, Series = [new DailySeries("opus", perDay)], PerDay = perDay, Cumulative = [] };

        (IReadOnlyList<DateOnly> starts, IReadOnlyList<DailySeries> parts, IReadOnlyList<decimal> totals) = series.Grouped();

        Assert.Equal(weeks, string.Join(' ', starts.Select(day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))));
        Assert.Equal(sums, string.Join(' ', totals));
        Assert.Equal(totals, parts[0].Cost);
    }

    [Fact]
    public void Grouped_ByMonth_AddsUpCalendarMonths()
    {
        decimal[] perDay = [.. Enumerable.Repeat(1m, 61)];
        var from = new DateOnly(2025, 12, 30);
        var series = new SpendSeries { From = from, To = from, LastDay = from, Series = [new DailySeries("opus", perDay)], PerDay = perDay, Cumulative = [] };

        (IReadOnlyList<DateOnly> starts, _, IReadOnlyList<decimal> totals) = series.Grouped(byMonth: true);

        Assert.Equal([from, new DateOnly(2026, 1, 1), new DateOnly(2026, 2, 1)], starts);
        Assert.Equal([2, 31, 28], totals);
    }
}
