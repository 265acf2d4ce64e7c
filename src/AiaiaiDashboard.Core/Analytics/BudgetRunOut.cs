namespace AiaiaiDashboard.Core.Analytics;

/// <summary>The exhaustion date (CONTRACT.md §5): the only run-out date shown anywhere.</summary>
internal static class BudgetRunOut
{
    /// <summary>Computes it.</summary>
    /// <param name="today">Today.</param>
    /// <param name="monthByDay">Cost of each day of the current month, first day first.</param>
    /// <param name="spend">Month-to-date spend.</param>
    /// <param name="budget">Budget; null for none.</param>
    /// <param name="burnRate">Cost per day of the 30-day window.</param>
    public static Exhaustion Project(DateOnly today, IReadOnlyList<decimal> monthByDay, decimal spend, decimal? budget, decimal burnRate)
    {
        if (budget is not { } limit)
        {
            return new Exhaustion();
        }

        if (spend >= limit)
        {
            return new Exhaustion { State = "exceeded", Date = DayPassed(today, monthByDay, limit), InsideMonth = true };
        }

        // So far off that no calendar has the day: as good as never. Compared by multiplication, since the quotient could overflow.
        int lastDays = DateOnly.MaxValue.DayNumber - today.DayNumber;
        if (burnRate <= 0 || limit - spend > burnRate * lastDays)
        {
            return new Exhaustion();
        }

        DateOnly date = today.AddDays((int)Math.Ceiling((limit - spend) / burnRate));
        return new Exhaustion { State = "projected", Date = date, InsideMonth = date.Year == today.Year && date.Month == today.Month };
    }

    private static DateOnly DayPassed(DateOnly today, IReadOnlyList<decimal> monthByDay, decimal limit)
    {
        decimal sum = 0;
        for (int day = 1; day < today.Day; day++)
        {
            sum += monthByDay[day - 1];
            if (sum >= limit)
            {
                return new DateOnly(today.Year, today.Month, day);
            }
        }

        return today;
    }
}
