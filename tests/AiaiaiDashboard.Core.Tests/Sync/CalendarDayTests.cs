using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Core.Tests.Sync;

/// <summary>Where a calendar day begins and ends, to the tick.</summary>
public sealed class CalendarDayTests
{
    [Theory]
    [InlineData("UTC", "2026-03-11T12:00:00Z", 24)]
    [InlineData("UTC", "2026-03-11T00:00:00Z", 24)]
    [InlineData("UTC", "2026-03-11T23:59:59.9999999Z", 24)]
    [InlineData("Asia/Kathmandu", "2026-03-11T18:14:59Z", 24)]
    [InlineData("Europe/Berlin", "2026-03-29T12:00:00Z", 23)]
    [InlineData("Europe/Berlin", "2026-10-25T00:30:00Z", 25)]
    [InlineData("America/New_York", "2026-11-01T05:30:00Z", 25)]
    // The clock went from 23:59:59 to 01:00, and back from 24:00 to 23:00.
    [InlineData("America/Sao_Paulo", "2018-11-04T10:00:00Z", 23)]
    [InlineData("America/Sao_Paulo", "2018-02-17T12:00:00Z", 25)]
    public void Bounds_Instant_AreTheFirstAndTheLastOfItsDay(string zoneId, string instant, int hours)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        DateTimeOffset at = DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture);
        DateOnly day = CalendarDay.Of(at, zone);

        (DateTimeOffset first, DateTimeOffset last) = CalendarDay.Bounds(at, zone);

        Assert.Equal(day, CalendarDay.Of(first, zone));
        Assert.Equal(day, CalendarDay.Of(last, zone));
        Assert.Equal(day.AddDays(-1), CalendarDay.Of(first.AddTicks(-1), zone));
        Assert.Equal(day.AddDays(1), CalendarDay.Of(last.AddTicks(1), zone));
        Assert.Equal(TimeSpan.FromHours(hours), last.AddTicks(1) - first);
        Assert.Equal((first, last), CalendarDay.Bounds(first, zone));
        Assert.Equal((first, last), CalendarDay.Bounds(last, zone));
    }
}
