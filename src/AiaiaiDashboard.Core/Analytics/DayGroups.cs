namespace AiaiaiDashboard.Core.Analytics;

/// <summary>The days of a range, put together by week or month.</summary>
public sealed class DayGroups
{
    // Which group each day belongs to.
    private readonly int[] groups;

    private DayGroups(DateOnly from, int days, Func<DateOnly, bool> begins)
    {
        groups = new int[days];
        var starts = new List<DateOnly>();
        for (int day = 0; day < days; day++)
        {
            DateOnly date = from.AddDays(day);
            if (day == 0 || begins(date))
            {
                starts.Add(date);
            }

            groups[day] = starts.Count - 1;
        }

        Starts = starts;
    }

    /// <summary>The days the groups begin with; the first is the first day of the range, whichever that is.</summary>
    public IReadOnlyList<DateOnly> Starts { get; }

    /// <summary>Weeks, Monday first.</summary>
    /// <param name="from">First day.</param>
    /// <param name="days">How many there are.</param>
    public static DayGroups Weeks(DateOnly from, int days) => new(from, days, day => day.DayOfWeek == DayOfWeek.Monday);

    /// <summary>Calendar months.</summary>
    /// <param name="from">First day.</param>
    /// <param name="days">How many there are.</param>
    public static DayGroups Months(DateOnly from, int days) => new(from, days, day => day.Day == 1);

    /// <summary>Values per day, added up per group.</summary>
    /// <param name="perDay">One per day of the range.</param>
    public decimal[] Sum(IReadOnlyList<decimal> perDay)
    {
        ArgumentNullException.ThrowIfNull(perDay);
        ArgumentOutOfRangeException.ThrowIfNotEqual(perDay.Count, groups.Length);
        decimal[] sums = new decimal[Starts.Count];
        for (int day = 0; day < groups.Length; day++)
        {
            sums[groups[day]] += perDay[day];
        }

        return sums;
    }
}
