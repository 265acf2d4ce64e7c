using System.Globalization;
using AiaiaiDashboard.Components.State;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Tests.State;

public sealed class DayRangeTests
{
    private static readonly DateOnly Today = SampleSnapshot.Today;

    // Columns: range, from, to, page with a month -> key, first day, last day
    [Theory]
    [InlineData(null, null, null, false, "30d", "2026-10-25", "2026-11-23")]
    [InlineData(null, null, null, true, "month", "2026-11-01", "2026-11-23")]
    [InlineData("7d", null, null, true, "7d", "2026-11-17", "2026-11-23")]
    [InlineData("90d", null, null, false, "90d", "2026-08-26", "2026-11-23")]
    [InlineData("9999d", null, null, false, "30d", "2026-10-25", "2026-11-23")]
    [InlineData(null, "2026-10-01", "2026-10-31", false, "custom", "2026-10-01", "2026-10-31")]
    [InlineData("7d", "2026-10-01", "2026-10-31", true, "custom", "2026-10-01", "2026-10-31")]
    [InlineData(null, "2026-10-01", null, false, "custom", "2026-10-01", "2026-11-23")]
    [InlineData(null, "2026-10-01", "2026-09-01", false, "custom", "2026-10-01", "2026-11-23")]
    [InlineData(null, "2026-10-01", "2027-01-01", false, "custom", "2026-10-01", "2026-11-23")]
    [InlineData(null, "2026-11-23", "2026-11-23", false, "custom", "2026-11-23", "2026-11-23")]
    [InlineData(null, "2026-11-24", "2026-11-30", false, "30d", "2026-10-25", "2026-11-23")]
    [InlineData(null, "yesterday", "<b>", false, "30d", "2026-10-25", "2026-11-23")]
    [InlineData(null, "0001-01-01", "2026-11-23", false, "custom", "2016-11-23", "2026-11-23")]
    public void Parse_Address_GivesDaysThatMakeSense(string? range, string? from, string? to, bool withMonth, string key, string first, string last) =>
        Assert.Equal(new DayRange(key, Day(first), Day(last)), DayRange.Parse(range, from, to, Today, withMonth) with { ByWeek = false });

    // Columns: first day, per -> whether bars are weeks, whether that is a choice
    [Theory]
    [InlineData("2026-11-01", null, false, false)]
    [InlineData("2026-08-26", null, false, true)]
    [InlineData("2026-08-26", "week", true, true)]
    [InlineData("2026-07-27", null, false, true)]
    [InlineData("2026-07-26", null, true, true)]
    [InlineData("2026-07-26", "day", false, true)]
    [InlineData("2026-07-26", "<b>", true, true)]
    public void Parse_LongRange_IsShownByWeek(string from, string? per, bool byWeek, bool isChoice)
    {
        DayRange range = DayRange.Parse(null, from, null, Today, per: per);

        Assert.Equal((byWeek, isChoice), (range.ByWeek, range.HasWeeks));
    }

    [Fact]
    public void Parse_FirstDaysOfTheCalendar_DoesNotGoBeforeThem() =>
        Assert.Equal(new DateOnly(1, 1, 2), DayRange.Parse("30d", null, null, new DateOnly(1, 1, 2)).From);

    [Fact]
    public void Figures_WindowAndSameDaysByHand_AgreeWithTheirSeries()
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        DayRange window = DayRange.Parse("30d", null, null, Today);
        DayRange custom = window with { Key = "custom" };

        Assert.Equal(window.Figures(snapshot, null).Cost, custom.Figures(snapshot, null).Cost, precision: 8);
        Assert.Equal(window.Figures(snapshot, null).Cost, window.Series(snapshot, SpendSplit.Model, null).Sum, precision: 8);
        Assert.Equal(custom.Figures(snapshot, null).Cost, custom.Series(snapshot, SpendSplit.Project, null).Sum, precision: 8);
        Assert.Equal("30 days", window.Words(Today));
        Assert.Equal("Oct 25 to Nov 23", custom.Words(Today));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
