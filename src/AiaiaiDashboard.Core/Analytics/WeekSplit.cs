namespace AiaiaiDashboard.Core.Analytics;

/// <summary>The weeks, Monday first, of a range of days.</summary>
public sealed class WeekSplit
{
    // How many days of its week have passed before the first day.
    private readonly int before;
    private readonly int days;

    /// <summary>Splits a range.</summary>
    /// <param name="from">First day.</param>
    /// <param name="days">How many there are.</param>
    public WeekSplit(DateOnly from, int days)
    {
        this.days = days;
        before = ((int)from.DayOfWeek + 6) % 7;
        int weeks = days == 0 ? 0 : ((days - 1 + before) / 7) + 1;
        Starts = [.. Enumerable.Range(0, weeks).Select(week => from.AddDays(Math.Max(0, (week * 7) - before)))];
    }

    /// <summary>The days the weeks begin with; the first is the first day of the range, whichever weekday that is.</summary>
    public IReadOnlyList<DateOnly> Starts { get; }

    /// <summary>Values per day, added up per week.</summary>
    /// <param name="perDay">One per day of the range.</param>
    public decimal[] Sum(IReadOnlyList<decimal> perDay)
    {
        ArgumentNullException.ThrowIfNull(perDay);
        ArgumentOutOfRangeException.ThrowIfNotEqual(perDay.Count, days);
        decimal[] sums = new decimal[Starts.Count];
        for (int day = 0; day < days; day++)
        {
            sums[(day + before) / 7] += perDay[day];
        }

        return sums;
    }
}
