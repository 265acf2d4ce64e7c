using System.Globalization;

namespace AiaiaiDashboard.Core.Tests;

public class IsoDayTests
{
    [Theory]
    [InlineData("2026-11-25")]
    [InlineData("2024-02-29")]
    [InlineData("2023-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    [InlineData("0000-01-01")]
    [InlineData("2026-00-10")]
    [InlineData("2026-13-10")]
    [InlineData("2026-04-31")]
    [InlineData("2026-04-00")]
    [InlineData("2026-4-3")]
    [InlineData("26-04-03")]
    [InlineData("2026/04/03")]
    [InlineData("2026-04-03 ")]
    [InlineData(" 2026-04-03")]
    [InlineData("2026-04-03T00:00:00Z")]
    [InlineData("٢٠٢٦-٠٤-٠٣")]
    [InlineData("+026-04-03")]
    [InlineData("2026-04--3")]
    [InlineData("")]
    public void TryParse_AnyText_SaysWhatTheFrameworkSays(string text)
    {
        bool expected = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day);

        Assert.Equal(expected, IsoDay.TryParse(text, out DateOnly read));
        Assert.Equal(day, read);
    }

    [Fact]
    public void TryParse_EveryDayOfFourHundredYears_IsThatDay()
    {
        for (var day = new DateOnly(1800, 1, 1); day.Year < 2200; day = day.AddDays(1))
        {
            Assert.True(IsoDay.TryParse(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), out DateOnly read));
            Assert.Equal(day, read);
        }
    }
}
