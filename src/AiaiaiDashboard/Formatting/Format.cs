using System.Globalization;

namespace AiaiaiDashboard.Formatting;

/// <summary>
/// How figures, days and instants are written on every page: en-US, whatever the machine's culture is. Missing values are the
/// caller's to name; nothing here turns "unknown" into a number.
/// </summary>
public static class Format
{
    /// <summary>The one culture of the pages.</summary>
    public static readonly CultureInfo Culture = CultureInfo.GetCultureInfo("en-US");

    /// <summary>Shown in place of a figure that is not known.</summary>
    public const string Unknown = "\u2013";

    private const string Minus = "\u2212";
    private const string Iso = "yyyy-MM-dd";

    /// <summary><c>$1,234.56</c>; <c>&lt;$0.01</c> below one cent; a real minus sign below zero.</summary>
    public static string Money(decimal usd)
    {
        decimal size = Math.Abs(usd);
        string text = size is > 0 and < 0.01m ? "<$0.01" : size.ToString("$#,##0.00", Culture);
        return usd < 0 ? Minus + text : text;
    }

    /// <summary>The first eight characters of an id that is a UUID; any other whole, as its end may be what tells it from others.</summary>
    public static string ShortId(string id) => Guid.TryParseExact(id, "D", out _) ? id[..8] : id;

    /// <summary>A whole number with thousands separators.</summary>
    public static string Count(long value) => value.ToString("#,##0", Culture).Replace("-", Minus, StringComparison.Ordinal);

    /// <summary>A number and its noun: <c>1 project</c>, <c>12 projects</c>.</summary>
    public static string Count(long value, string singular, string? plural = null) =>
        $"{Count(value)} {(value == 1 ? singular : plural ?? singular + "s")}";

    /// <summary>Exact below 1,000, else <c>547.8 k</c>, <c>3.0 M</c>, <c>1.24 B</c>.</summary>
    public static string Tokens(long value) => value switch
    {
        < 1_000 => Count(value),
        < 999_950 => (value / 1_000m).ToString("0.0 k", Culture),
        < 999_950_000 => (value / 1_000_000m).ToString("0.0 M", Culture),
        _ => (value / 1_000_000_000m).ToString("#,##0.00", Culture) + " B",
    };

    /// <summary>One decimal, for shares and coverage: <c>77.6%</c>; <c>&lt;0.1%</c> for less than that.</summary>
    public static string Share(decimal percent) => percent is > 0 and < 0.05m ? "<0.1%" : percent.ToString("0.0", Culture) + "%";

    /// <summary>No decimals, for progress and limits. What is below 100 never reads as 100, and what is above 0 never as 0.</summary>
    public static string Percent(decimal percent) => percent switch
    {
        > 0 and < 1 => "<1%",
        < 100 and >= 99 => "99%",
        > 100 and < 101 => "101%",
        _ => Math.Round(percent, MidpointRounding.AwayFromZero).ToString("#,##0", Culture) + "%",
    };

    /// <summary>How much something changed, without its sign: as <see cref="Percent"/>, and <c>&gt;999%</c> for what is ten times as much and more.</summary>
    public static string Change(decimal percent) => percent > 999 ? ">999%" : Percent(percent);

    /// <summary><c>part</c> in percent of <c>whole</c>; null where there is no whole.</summary>
    public static decimal? Ratio(decimal part, decimal whole) => whole > 0 ? part / whole * 100 : null;

    /// <summary><c>Nov 23</c>, with the year where it is not the one of <paramref name="today"/>.</summary>
    public static string Day(DateOnly day, DateOnly today) => day.ToString(day.Year == today.Year ? "MMM d" : "MMM d, yyyy", Culture);

    /// <summary><c>Monday, November 23, 2026</c>.</summary>
    public static string LongDay(DateOnly day) => day.ToString("dddd, MMMM d, yyyy", Culture);

    /// <summary><c>November</c>.</summary>
    public static string MonthName(DateOnly day) => day.ToString("MMMM", Culture);

    /// <summary><c>November 2026</c>.</summary>
    public static string MonthAndYear(DateOnly day) => day.ToString("MMMM yyyy", Culture);

    /// <summary><c>2026-11-23</c>, for attributes and addresses.</summary>
    public static string IsoDay(DateOnly day) => day.ToString(Iso, CultureInfo.InvariantCulture);

    /// <summary><c>2026-11</c>, for addresses.</summary>
    public static string IsoMonth(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>The first day of a month written <c>2026-11</c>; null for anything else.</summary>
    public static DateOnly? ParseMonth(string? month) =>
        Core.IsoDay.TryParse(month + "-01", out DateOnly day) ? day : null;

    /// <summary><c>today</c>, <c>yesterday</c>, <c>12 days ago</c>; from 31 days on the day itself.</summary>
    public static string DaysAgo(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        < 0 => Day(day, today),
        0 => "today",
        1 => "yesterday",
        int days and <= 30 => $"{days} days ago",
        _ => Day(day, today),
    };

    /// <summary><c>in 18 days</c>, <c>tomorrow</c>, <c>today</c>, <c>3 days overdue</c>.</summary>
    public static string Deadline(int days) => days switch
    {
        > 1 => $"in {Count(days)} days",
        1 => "tomorrow",
        0 => "today",
        -1 => "1 day overdue",
        _ => $"{Count(-(long)days)} days overdue",
    };

    /// <summary><c>just now</c>, <c>24 min ago</c>, <c>5 h ago</c>, <c>yesterday</c>, <c>12 days ago</c>; from 31 days on the day.</summary>
    /// <param name="at">The instant.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">Zone that decides which day it was.</param>
    public static string Ago(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        TimeSpan age = now - at;
        if (age < TimeSpan.FromMinutes(1))
        {
            return "just now";
        }

        if (age < TimeSpan.FromHours(1))
        {
            return $"{(int)age.TotalMinutes} min ago";
        }

        if (age < TimeSpan.FromHours(24))
        {
            return $"{(int)age.TotalHours} h ago";
        }

        return DaysAgo(DayIn(at, zone), DayIn(now, zone));
    }

    /// <summary><c>Nov 23, 2026, 14:18:07 (UTC+01:00)</c>.</summary>
    public static string Instant(DateTimeOffset at, TimeZoneInfo zone)
    {
        DateTimeOffset local = TimeZoneInfo.ConvertTime(at, zone);
        string offset = local.Offset == TimeSpan.Zero ? "UTC" : local.ToString("'UTC'zzz", Culture);
        return $"{local.ToString("MMM d, yyyy, HH:mm:ss", Culture)} ({offset})";
    }

    /// <summary><c>Nov 23, 14:18</c>.</summary>
    public static string ShortInstant(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("MMM d, HH:mm", Culture);

    /// <summary><c>840 ms</c>, <c>2.4 s</c>, <c>3 min 5 s</c>.</summary>
    public static string Duration(long milliseconds) => milliseconds switch
    {
        < 1_000 => $"{milliseconds} ms",
        < 60_000 => (milliseconds / 1_000m).ToString("0.0", Culture) + " s",
        _ => $"{milliseconds / 60_000} min {milliseconds % 60_000 / 1_000} s",
    };

    /// <summary>A CSS percentage, 0 to 100 %, for the width of a bar.</summary>
    public static string Width(decimal percent) => Math.Clamp(percent, 0, 100).ToString("0.##", CultureInfo.InvariantCulture) + "%";

    private static DateOnly DayIn(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
}
