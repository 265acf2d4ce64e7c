using AiaiaiDashboard.Core.Analytics.Forecasting;

namespace AiaiaiDashboard.Core.Tests.Analytics.Forecasting;

public sealed class SpendForecasterTests
{
    // A Wednesday; November has 30 days and five Sundays.
    private static readonly DateOnly Today = new(2026, 11, 11);

    [Fact]
    public void Forecast_SteadySpend_ExpectsTheSameUntilTheMonthEnds()
    {
        MonthForecast forecast = Of(Days(90, _ => 5), budget: 200);

        Assert.Equal("ready", forecast.State);
        Assert.InRange(forecast.Expected!.Value, 145, 155);
        Assert.InRange(forecast.OverBudget!.Value, -55, -45);
        Assert.True(forecast.Low <= forecast.Expected && forecast.Expected <= forecast.High);
    }

    [Fact]
    public void Forecast_WorkdaysOnly_ExpectsNothingOfWeekends()
    {
        MonthForecast forecast = Of(Days(120, day => IsWeekend(day) ? 0 : 10));

        // Of the 19 days to come 13 are workdays; on the 14th and 15th the path stands still.
        Assert.InRange(forecast.Expected!.Value, 70 + 130 - 12, 70 + 130 + 12);
        decimal friday = forecast.Path[2] - forecast.Path[1];
        decimal saturday = forecast.Path[3] - forecast.Path[2];
        Assert.True(saturday < friday / 5, $"Saturday {saturday}, Friday {friday}");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    public void Forecast_FewerThanThreeDaysWithSpend_MakesNone(int withSpend, int expectedDays)
    {
        MonthForecast forecast = Of(Days(20, day => Today.DayNumber - day.DayNumber < withSpend ? 3 : 0));

        Assert.Equal("none", forecast.State);
        Assert.Null(forecast.Expected);
        Assert.Null(forecast.Low);
        Assert.Null(forecast.OverBudget);
        Assert.Empty(forecast.Path);
        Assert.Equal(expectedDays, forecast.DaysWithSpend);
    }

    [Fact]
    public void Forecast_NoHistory_MakesNone()
    {
        MonthForecast forecast = SpendForecaster.Forecast([], Today, 0, 200);

        Assert.Equal("none", forecast.State);
        Assert.Equal(0, forecast.DaysOfHistory);
    }

    [Fact]
    public void Forecast_UnderSevenDays_SaysSoAndIsWider()
    {
        MonthForecast few = Of(Days(5, _ => 5));
        MonthForecast many = Of(Days(60, _ => 5));

        Assert.Equal("short", few.State);
        Assert.Equal(5, few.DaysOfHistory);
        Assert.True(few.High - few.Low > 2 * (many.High - many.Low), $"{few.Low} to {few.High}, {many.Low} to {many.High}");
    }

    [Fact]
    public void Forecast_OneHugeDay_CountsInTheTotalNotInTheTrend()
    {
        decimal[] days = Days(60, _ => 5);
        days[^4] = 10_000;

        MonthForecast forecast = Of(days);

        Assert.InRange(forecast.Expected!.Value, 10_050 + 80, 10_050 + 250);
    }

    [Fact]
    public void Forecast_QuietSinceWeeks_MayEndWhereItIs()
    {
        decimal[] days = Days(120, day => Today.DayNumber - day.DayNumber > 40 ? 6 : 0);

        MonthForecast forecast = Of(days);

        Assert.Equal(0, forecast.Low);
        Assert.True(forecast.Expected < 60, $"expected {forecast.Expected}");
    }

    [Fact]
    public void Forecast_LastDayOfMonth_IsAboutWhatIsSpent()
    {
        DateOnly last = new(2026, 11, 30);
        decimal[] days = Days(90, _ => 5);

        MonthForecast forecast = SpendForecaster.Forecast(days, last, 150, null);

        Assert.Single(forecast.Path);
        Assert.InRange(forecast.Low!.Value, 150, 151);
        Assert.InRange(forecast.Expected!.Value, 150, 155);
    }

    [Fact]
    public void Forecast_FirstDayOfMonth_CoversTheWholeMonth()
    {
        DateOnly first = new(2026, 12, 1);
        decimal[] days = Days(90, _ => 5);

        MonthForecast forecast = SpendForecaster.Forecast(days, first, 5, 0.01m);

        Assert.Equal(31, forecast.Path.Count);
        Assert.InRange(forecast.Expected!.Value, 147, 163);
        Assert.Equal(forecast.Expected - 0.01m, forecast.OverBudget);
    }

    [Fact]
    public void Forecast_AnyHistory_OrdersItsNumbers()
    {
        var random = new Random(7);
        for (int round = 0; round < 300; round++)
        {
            DateOnly today = new DateOnly(2026, 1, 1).AddDays(random.Next(365));
            decimal[] days = new decimal[random.Next(1, 181)];
            double share = random.NextDouble();
            for (int i = 0; i < days.Length; i++)
            {
                days[i] = random.NextDouble() < share ? (decimal)Math.Pow(10, (6 * random.NextDouble()) - 3) : 0;
            }

            decimal spent = days[Math.Max(0, days.Length - today.Day)..].Sum();
            MonthForecast forecast = SpendForecaster.Forecast(days, today, spent, 200);
            if (forecast.State == "none")
            {
                continue;
            }

            Assert.True(Math.Round(spent, 2) <= forecast.Low && forecast.Low <= forecast.Expected && forecast.Expected <= forecast.High);
            Assert.Equal(DateTime.DaysInMonth(today.Year, today.Month) - today.Day + 1, forecast.Path.Count);
            Assert.Equal(forecast.Path.Order(), forecast.Path);
            Assert.Equal(forecast.PathLow.Order(), forecast.PathLow);
            Assert.Equal(forecast.PathHigh.Order(), forecast.PathHigh);
            Assert.Equal(forecast.Expected, forecast.Path[^1]);
        }
    }

    [Fact]
    public void Forecast_AbsurdAmounts_StayFinite()
    {
        MonthForecast forecast = Of(Days(60, _ => 1_000_000_000_000_000m));

        Assert.Equal("ready", forecast.State);
        Assert.True(forecast.High >= forecast.Expected);
    }

    private static MonthForecast Of(decimal[] days, decimal? budget = null) =>
        SpendForecaster.Forecast(days, Today, days[Math.Max(0, days.Length - Today.Day)..].Sum(), budget);

    private static decimal[] Days(int count, Func<DateOnly, decimal> spend) =>
        [.. Enumerable.Range(0, count).Select(i => spend(Today.AddDays(i - count + 1)))];

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
