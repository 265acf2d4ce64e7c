using System.Globalization;
using AiaiaiDashboard.Core;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.State;

/// <summary>The range of days of a page, as its address says: <c>?range=7d</c>, or <c>?from=2026-10-01&amp;to=2026-10-31</c>.</summary>
/// <param name="Key"><c>7d</c>, <c>30d</c>, <c>90d</c>, <c>month</c> (the current one) or <c>custom</c>.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record DayRange(string Key, DateOnly From, DateOnly To)
{
    /// <summary>Longest custom range in days: ten years.</summary>
    public const int MaxDays = 3653;

    /// <summary>Ranges that are longer are shown by week, unless the address says otherwise: a year of bars is no picture.</summary>
    public const int MaxDaysByDay = 120;

    // Fewer make no picture by week.
    private const int MinDaysByWeek = 60;

    /// <summary>Whether charts show weeks and not days: <c>?per=week</c>, <c>?per=day</c>, or as its length asks for.</summary>
    public bool ByWeek { get; init; }

    /// <summary>Whether days and weeks are a choice.</summary>
    public bool HasWeeks => Days > MinDaysByWeek;

    /// <summary>Days in it.</summary>
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>Whether it is not one of the fixed windows.</summary>
    public bool IsCustom => Key == "custom";

    private bool IsWindow => Key is "7d" or "30d" or "90d";

    /// <summary><c>30 days</c>, <c>November</c>, or <c>Oct 1 to Oct 31</c>.</summary>
    public string Words(DateOnly today) => Key switch
    {
        "custom" => Span(today),
        "month" => Format.MonthName(From),
        _ => $"{Days} days",
    };

    /// <summary>Its days: <c>Oct 1 to Oct 31</c>, or the only one.</summary>
    public string Span(DateOnly today) => From == To ? Format.Day(From, today) : $"{Format.Day(From, today)} to {Format.Day(To, today)}";

    /// <summary>The same within a sentence: <c>in the last 30 days</c>, <c>in November</c>, <c>from Oct 1 to Oct 31</c>.</summary>
    public string InWords(DateOnly today) => Key switch
    {
        "custom" => From == To ? $"on {Words(today)}" : $"from {Words(today)}",
        "month" => $"in {Words(today)}",
        _ => $"in the last {Words(today)}",
    };

    /// <summary>Reads the address; what makes no sense there is 30 days, or the current month where the page has one.</summary>
    public static DayRange Parse(string? range, string? from, string? to, DateOnly today, bool withMonth = false, string? per = null)
    {
        DayRange days = ParseDays(range, from, to, today, withMonth);
        return days with { ByWeek = per == "week" || (per != "day" && days.Days > MaxDaysByDay) };
    }

    /// <summary>The figures of the range: precomputed for the fixed windows, else from the ledger.</summary>
    public WindowFigures Figures(DashboardSnapshot snapshot, string? project) =>
        IsWindow && snapshot.Scope(project).Windows.TryGetValue(Key, out WindowFigures? window) ? window : snapshot.Once((typeof(CustomWindow), From, To, project), () => CustomWindow.Of(snapshot.Usage, From, To, project));

    /// <summary>The spend per day of the range.</summary>
    public SpendSeries Series(DashboardSnapshot snapshot, SpendSplit split, string? project) =>
        snapshot.Once(
            (typeof(SpendSeries), From, To, split, project),
            () => IsWindow ? SpendSeries.ForWindow(snapshot, Days, split, project) : SpendSeries.ForRange(snapshot, From, To, split, project));

    /// <summary>The tokens of the range by kind.</summary>
    public TokenSplit Split(DashboardSnapshot snapshot, string? project) =>
        snapshot.Once((typeof(TokenSplit), From, To, project), () => TokenSplit.Of(snapshot, From, To, project));

    private static DayRange ParseDays(string? range, string? from, string? to, DateOnly today, bool withMonth)
    {
        if (Day(from) is { } first && first <= today)
        {
            DateOnly last = Day(to) is { } end && end >= first ? end : today;
            last = last < today ? last : today;
            first = last.DayNumber - first.DayNumber < MaxDays ? first : last.AddDays(1 - MaxDays);
            return new DayRange("custom", first, last);
        }

        if (withMonth && range is not ("7d" or "30d" or "90d"))
        {
            return new DayRange("month", new DateOnly(today.Year, today.Month, 1), today);
        }

        int days = range switch { "7d" => 7, "90d" => 90, _ => 30 };
        return new DayRange($"{days}d", today.DayNumber >= days ? today.AddDays(1 - days) : today, today);
    }

    private static DateOnly? Day(string? text) =>
        IsoDay.TryParse(text, out DateOnly day) ? day : null;
}
