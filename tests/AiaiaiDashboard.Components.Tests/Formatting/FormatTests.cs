using System.Globalization;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Tests.Formatting;

public sealed class FormatTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("0", "$0.00")]
    [InlineData("0.004", "<$0.01")]
    [InlineData("0.01", "$0.01")]
    [InlineData("1234.555", "$1,234.56")]
    [InlineData("-4.5", "\u2212$4.50")]
    public void Money_Amount_HasTwoDecimals(string usd, string expected) =>
        Assert.Equal(expected, Format.Money(decimal.Parse(usd, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1_000, "1.0 k")]
    [InlineData(547_800, "547.8 k")]
    [InlineData(999_949, "999.9 k")]
    [InlineData(999_950, "1.0 M")]
    [InlineData(3_000_000, "3.0 M")]
    [InlineData(1_240_000_000, "1.24 B")]
    public void Tokens_Count_IsShort(long tokens, string expected) => Assert.Equal(expected, Format.Tokens(tokens));

    [Theory]
    [InlineData("0", "0%")]
    [InlineData("0.4", "<1%")]
    [InlineData("78.21", "78%")]
    [InlineData("99.7", "99%")]
    [InlineData("100", "100%")]
    [InlineData("100.2", "101%")]
    [InlineData("110.4", "110%")]
    public void Percent_NearFull_NeverReadsAsFull(string percent, string expected) =>
        Assert.Equal(expected, Format.Percent(decimal.Parse(percent, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(59, "just now")]
    [InlineData(24 * 60, "24 min ago")]
    [InlineData(5 * 3_600, "5 h ago")]
    [InlineData(26 * 3_600, "yesterday")]
    [InlineData(12 * 86_400, "12 days ago")]
    [InlineData(51 * 86_400, "Oct 3")]
    public void Ago_Age_IsRelativeUpToThirtyDays(int seconds, string expected)
    {
        var now = new DateTimeOffset(2026, 11, 23, 14, 20, 0, TimeSpan.Zero);

        Assert.Equal(expected, Format.Ago(now.AddSeconds(-seconds), now, TimeZoneInfo.Utc));
    }

    [Theory]
    [InlineData(12.4, "12%")]
    [InlineData(999, "999%")]
    [InlineData(194_113_998, ">999%")]
    public void Change_AnySize_StaysReadable(double percent, string expected) => Assert.Equal(expected, Format.Change((decimal)percent));

    [Fact]
    public void Ago_YesterdayInTheReadersZone_IsYesterday()
    {
        // 22:30 UTC on Nov 21 is 23:30 the same day in Berlin; now it is 00:30 on Nov 23 there.
        var now = new DateTimeOffset(2026, 11, 22, 23, 30, 0, TimeSpan.Zero);

        Assert.Equal("2 days ago", Format.Ago(new DateTimeOffset(2026, 11, 21, 22, 30, 0, TimeSpan.Zero), now, Berlin));
    }

    [Theory]
    [InlineData(18, "in 18 days")]
    [InlineData(1, "tomorrow")]
    [InlineData(0, "today")]
    [InlineData(-1, "1 day overdue")]
    [InlineData(-3, "3 days overdue")]
    public void Deadline_Days_AreWords(int days, string expected) => Assert.Equal(expected, Format.Deadline(days));

    [Theory]
    [InlineData("0f1e2d3c-1111-4222-8333-444455556666", "0f1e2d3c")]
    [InlineData("auto-sync", "auto-sync")]
    [InlineData("session-2026-11-23", "session-2026-11-23")]
    [InlineData("", "")]
    public void ShortId_Id_OnlyAUuidIsShortened(string id, string expected) => Assert.Equal(expected, Format.ShortId(id));

    [Fact]
    public void Instant_Zone_IsNamedByItsOffset() =>
        Assert.Equal("Nov 23, 2026, 15:20:07 (UTC+01:00)", Format.Instant(SampleSnapshot.Now, Berlin));

    [Fact]
    public void Day_OtherYear_CarriesTheYear()
    {
        Assert.Equal("Nov 20", Format.Day(new DateOnly(2026, 11, 20), Today));
        Assert.Equal("Jan 22, 2027", Format.Day(new DateOnly(2027, 1, 22), Today));
    }

    [Fact]
    public void Everything_ForeignCulture_StaysEnglish()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal("$1,234.50", Format.Money(1234.5m));
            Assert.Equal("77.6%", Format.Share(77.6m));
            Assert.Equal("42.5%", Format.Width(42.5m));
            Assert.Equal("Monday, November 23, 2026", Format.LongDay(Today));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("2025-09", 2025, 9)]
    [InlineData("2025-13", null, null)]
    [InlineData("2025", null, null)]
    [InlineData(null, null, null)]
    public void ParseMonth_Text_IsAMonthOrNothing(string? text, int? year, int? month)
    {
        DateOnly? parsed = Format.ParseMonth(text);

        Assert.Equal(year, parsed?.Year);
        Assert.Equal(month, parsed?.Month);
    }

    [Theory]
    [InlineData("claude-opus-4-5-20251101", "Opus 4.5")]
    [InlineData("claude-sonnet-4-20250514", "Sonnet 4")]
    [InlineData("claude-3-5-sonnet-20241022", "Sonnet 3.5")]
    [InlineData("claude-opus-4-6-fast", "Opus 4.6 fast")]
    [InlineData("gpt-5", "gpt-5")]
    [InlineData("", "")]
    public void ModelName_Known_IsShort(string model, string expected) => Assert.Equal(expected, ModelName.Short(model));
}
