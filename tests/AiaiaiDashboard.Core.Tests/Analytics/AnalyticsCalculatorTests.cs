using System.Globalization;
using System.Text;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;
using static AiaiaiDashboard.Core.Tests.Usage.Queries.Rows;

namespace AiaiaiDashboard.Core.Tests.Analytics;

public sealed class AnalyticsCalculatorTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.Utc;

    private static AnalyticsDocument Compute(string today, decimal? budget, params UsageRow[] rows) =>
        Compute(today, new AlertsConfig { GlobalBudget = budget }, rows);

    private static AnalyticsDocument Compute(string today, AlertsConfig alerts, UsageRow[] rows, params string[] projects) =>
        AnalyticsCalculator.Compute(new UsageReadModel(rows, Day(today)), alerts, Day(today), Zone, projects);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("7d", "2026-11-15", 7)]
    [InlineData("30d", "2026-10-23", 30)]
    [InlineData("90d", "2026-08-24", 90)]
    public void Compute_Window_CoversItsDatesAndTodayAndNoMore(string window, string firstDay, int days)
    {
        string before = Day(firstDay).AddDays(-1).ToString("O", CultureInfo.InvariantCulture);

        WindowFigures figures = Compute("2026-11-21", 200, Row(before, 1000), Row(firstDay, 3), Row("2026-11-21", 4), Row("2026-11-22", 500)).Total.Windows[window];

        Assert.Equal((Day(firstDay), Day("2026-11-21"), 7m, days), (figures.From, figures.To, figures.Cost, figures.Days));
        Assert.Equal(7m / days, figures.BurnRate);
    }

    // first entry -> days that count in the 7-day window
    [Theory]
    [InlineData("2026-11-21", 1, "14")]
    [InlineData("2026-11-20", 2, "7")]
    [InlineData("2026-11-15", 7, "2")]
    [InlineData("2026-11-14", 7, "0")]
    public void Compute_BurnRate_LeavesOutDaysBeforeTheFirstEntry(string first, int days, string rate)
    {
        WindowFigures figures = Compute("2026-11-21", 200, Row(first, 14)).Total.Windows["7d"];

        Assert.Equal((days, decimal.Parse(rate, CultureInfo.InvariantCulture)), (figures.Days, figures.BurnRate));
    }

    // Rate of the 30-day window is spend / days since the first entry. Columns: today, budget, spend on the first day, first day -> state, date, inside the month
    [Theory]
    [InlineData("2026-11-10", "200", "50", "2026-11-01", "projected", "2026-12-10", false)] // 5 a day, 150 left: 30 days
    [InlineData("2026-11-10", "80", "50", "2026-11-01", "projected", "2026-11-16", true)] // 30 left: 6 days
    [InlineData("2026-11-10", "81", "50", "2026-11-01", "projected", "2026-11-17", true)] // 31 left: 6.2 days, rounded up
    [InlineData("2026-11-10", "50", "50", "2026-11-01", "exceeded", "2026-11-01", true)] // spent to the cent
    [InlineData("2026-11-01", "200", "20", "2026-11-01", "projected", "2026-11-10", true)] // first day of the month: 20 a day, 180 left
    [InlineData("2026-11-30", "40", "30", "2026-11-01", "projected", "2026-12-10", false)] // last day: 1 a day, 10 left
    [InlineData("2026-02-28", "40", "28", "2026-02-01", "projected", "2026-03-12", false)] // February: 1 a day, 12 left
    [InlineData("2026-11-10", null, "50", "2026-11-01", "none", null, false)]
    [InlineData("2026-11-10", "0", "50", "2026-11-01", "none", null, false)]
    [InlineData("2026-11-10", "200", "0", "2026-11-01", "none", null, false)] // nothing spent: rate 0
    [InlineData("2026-11-10", "1000000000", "0.00000001", "2026-11-01", "none", null, false)] // beyond every calendar
    public void Compute_Exhaustion_FollowsTheDefinition(string today, string? budget, string spend, string day, string state, string? date, bool inside)
    {
        Exhaustion exhaustion = Compute(today, Number(budget), Row(day, Number(spend)!.Value)).Total.Exhaustion;

        Assert.Equal((state, date is null ? (DateOnly?)null : Day(date), inside), (exhaustion.State, exhaustion.Date, exhaustion.InsideMonth));
    }

    [Fact]
    public void Compute_Exceeded_NamesTheDayItHappened()
    {
        Exhaustion exhaustion = Compute("2026-11-21", 10, Row("2026-10-30", 100), Row("2026-11-03", 6), Row("2026-11-09", 4), Row("2026-11-15", 50)).Total.Exhaustion;

        Assert.Equal(("exceeded", Day("2026-11-09")), (exhaustion.State, exhaustion.Date!.Value));
    }

    [Fact]
    public void Compute_Month_CountsTheCalendarMonthOnly()
    {
        MonthFigures month = Compute("2026-11-21", 200, Row("2026-10-31", 90), Row("2026-11-01", 30), Row("2026-11-21", 20), Row("2026-11-22", 70)).Total.Month;

        Assert.Equal(("2026-11", 50m, 200m, 25m, 150m, 21, 30), (month.Month, month.Spend, month.Budget, month.Percent, month.Remaining, month.Day, month.DaysInMonth));
    }

    // today -> what of February 2026 (28 days, a dollar a day) and of the other months counts as "previous month to the same day"
    [Theory]
    [InlineData("2026-03-01", 1)]
    [InlineData("2026-03-28", 28)]
    [InlineData("2026-03-31", 28)]
    [InlineData("2026-02-28", 0)]
    public void Compute_PreviousMonth_EndsAtTheSameDayOrWithTheMonth(string today, int expected)
    {
        UsageRow[] february = [.. Enumerable.Range(1, 28).Select(d => Row($"2026-02-{d:00}", 1))];

        Assert.Equal(expected, Compute(today, 200, february).Total.Month.PreviousToSameDay);
    }

    [Theory]
    [InlineData("2026-11-14", 5)]
    [InlineData("2026-11-08", 5)]
    [InlineData("2026-11-07", 0)]
    [InlineData("2026-11-15", null)]
    public void Compute_PreviousCost_IsNullWhereNothingWasRecordedThatEarly(string day, int? expected)
    {
        WindowFigures figures = Compute("2026-11-21", 200, Row(day, 5), Row("2026-11-21", 1)).Total.Windows["7d"];

        Assert.Equal(expected, (int?)figures.PreviousCost);
    }

    [Fact]
    public void Compute_Projects_UseTheirLimitsAndOnlyTheirRows()
    {
        var alerts = new AlertsConfig { GlobalBudget = 200, PerProjectLimits = new Dictionary<string, decimal> { ["alpha"] = 20, ["idle"] = 5 } };

        AnalyticsDocument document = Compute("2026-11-21", alerts, [Row("2026-11-20", 10), Row("2026-11-20", 30, "beta")], "alpha", "beta", "idle");

        Assert.Equal(["alpha", "beta", "idle"], document.Projects.Keys);
        Assert.Equal((10m, 20m, 50m), (document.Projects["alpha"].Month.Spend, document.Projects["alpha"].Month.Budget, document.Projects["alpha"].Month.Percent));
        Assert.Null(document.Projects["beta"].Month.Budget);
        Assert.Equal((0m, 5m, "none"), (document.Projects["idle"].Month.Spend, document.Projects["idle"].Month.Budget, document.Projects["idle"].Exhaustion.State));
        Assert.Equal(["beta", "alpha"], document.Total.Windows["7d"].ByProject.Select(p => p.Name));
        Assert.Empty(document.Projects["beta"].Windows["7d"].ByProject);
    }

    [Fact]
    public void Compute_OtherCurrency_ComparesInUsd()
    {
        var alerts = new AlertsConfig { Currency = "EUR", UsdRate = 0.8m, GlobalBudget = 160 };

        Assert.Equal(200, Compute("2026-11-21", alerts, [Row("2026-11-20", 10)]).Total.Month.Budget);
    }

    [Fact]
    public void Compute_DailySeries_EndTodayAndKnowLateModels()
    {
        ScopeFigures total = Compute("2026-11-21", 200, Row("2026-08-24", 1), Row("2026-11-21", 5, model: "haiku"), Row("2026-11-20", 2)).Total;

        Assert.Equal((90, 1m, 2m, 5m), (total.Daily.Count, total.Daily[0], total.Daily[88], total.Daily[89]));
        Assert.Equal(["haiku", "opus"], total.DailyByModel.Select(s => s.Name));
        Assert.Equal(5, total.DailyByModel[0].Cost[89]);
    }

    [Fact]
    public void Compute_Sessions_AreCountedOncePerWindow()
    {
        ScopeFigures total = Compute(
            "2026-11-21", 200, Row("2026-11-10", 1, session: "long"), Row("2026-11-20", 1, session: "long"), Row("2026-11-20", 1, "beta", "long"),
            Row("2026-11-10", 1, session: "old"), Row("2026-11-21", 1, session: "")).Total;

        Assert.Equal((1L, 2L), (total.Windows["7d"].Sessions, total.Windows["30d"].Sessions));
    }

    [Fact]
    public void Compute_MonthsAndUnpriced_CoverAllHistory()
    {
        AnalyticsDocument document = Compute(
            "2026-11-21", 200, Row("2025-12-31", 1), Row("2026-01-01", 2), Row("2026-01-05", 3), Row("2026-11-20", 0, model: "mystery", unpriced: true, calls: 4, tokens: 9));

        Assert.Equal([new MonthTotal("2025-12", 1), new MonthTotal("2026-01", 5), new MonthTotal("2026-11", 0)], document.Months);
        Assert.Equal([new UnpricedModel("mystery", 4, 9)], document.Unpriced);
    }

    [Fact]
    public void Compute_AnyOrderAndScaleOfRows_GivesTheSameBytes()
    {
        UsageRow[] rows = [Row("2026-11-20", 1.50m), Row("2026-11-20", 0.25m, "beta"), Row("2026-11-19", 3m, model: "haiku"), Row("2026-10-19", 3m, session: "s2")];
        UsageRow[] other = [.. rows.Reverse().Select(r => r with { Cost = r.Cost + 0.0000000000m })];

        Assert.Equal(Bytes(Compute("2026-11-21", 200, rows)), Bytes(Compute("2026-11-21", 200, other)));
    }

    [Fact]
    public void Compute_NoUsageAtAll_IsZeroesWithoutNonsense()
    {
        ScopeFigures total = Compute("2026-11-21", 200).Total;

        Assert.Equal((0m, 0m, 0m, "none"), (total.Month.Spend, total.Month.Percent, total.Windows["30d"].BurnRate, total.Exhaustion.State));
        Assert.Empty(total.Daily);
        Assert.Null(total.FirstDay);
    }

    [Fact]
    public void ById_LimitUnderAName_CountsForTheProject()
    {
        var alerts = new AlertsConfig { PerProjectLimits = new Dictionary<string, decimal> { ["Web Shop"] = 10, ["api"] = 5, ["gone"] = 1 } };

        AlertsConfig byId = ProjectLimits.ById(alerts, [("web-shop", "Web shop"), ("api", "API")]);

        Assert.Equal([("api", 5m), ("gone", 1m), ("web-shop", 10m)], byId.PerProjectLimits.Select(l => (l.Key, l.Value)));
    }

    private static string Bytes(AnalyticsDocument document) => Encoding.UTF8.GetString(DocumentJson.Serialize(document, AnalyticsDocuments.Analytics.Json));

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
