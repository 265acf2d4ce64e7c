namespace AiaiaiDashboard.Core.Demo;

/// <summary>How much each project of the sample data spends on each day, USD.</summary>
internal static class DemoSpend
{
    /// <summary>Monthly budget of the sample data.</summary>
    public const decimal Budget = 200;

    /// <summary>Days of usage at least; it begins with the first of a month.</summary>
    public const int Days = 120;

    // Sunday first.
    private static readonly double[] Weekday = [0.12, 0.95, 1.1, 1.2, 1.1, 0.9, 0.25];

    /// <summary>Spend per project and day, days oldest first, only where there is any.</summary>
    public static IEnumerable<(DemoProject Project, DateOnly Day, double Usd)> Of(DateOnly today)
    {
        DateOnly start = FirstOfMonth(today.AddDays(1 - Days));
        for (DateOnly month = start; month <= today; month = month.AddMonths(1))
        {
            DateOnly last = month.AddMonths(1).AddDays(-1);
            DateOnly end = last < today ? last : today;
            List<(DemoProject Project, DateOnly Day, double Usd)> shape = [.. Shape(month, end, today)];
            double sum = shape.Sum(s => s.Usd);
            double target = end == today ? MonthToDate((double)today.Day / last.Day) : DemoRandom.For("month", month).Between(148, 181);
            foreach ((DemoProject project, DateOnly day, double usd) in shape)
            {
                yield return (project, day, usd * target / sum);
            }
        }
    }

    // Proportionate early in the month; 70 to 80 % of the budget in its last quarter, so that the first warning is in sight or just fired.
    private static double MonthToDate(double elapsed) => (double)Budget * (elapsed < 0.75 ? elapsed * 0.7 / 0.75 : 0.4 + (0.4 * elapsed));

    private static IEnumerable<(DemoProject Project, DateOnly Day, double Usd)> Shape(DateOnly from, DateOnly to, DateOnly today)
    {
        for (DateOnly day = from; day <= to; day = day.AddDays(1))
        {
            int ago = today.DayNumber - day.DayNumber;
            foreach (DemoProject project in DemoProject.All)
            {
                DemoRandom random = DemoRandom.For(project.Id, day);
                double rest = project.Share < 5 ? 0.55 : 0.08;
                bool idle = random.Chance(rest) || ago < project.Quiet || ago > project.Started;
                double usd = project.Share * Weekday[(int)day.DayOfWeek] * random.Between(0.5, 1.6);

                // The most expensive project has been growing for a week; the day in progress is about half over.
                usd *= project.Share > 30 && ago is > 0 and < 8 ? 1.5 : 1;
                usd *= ago == 0 ? 0.55 : 1;
                if (!idle || (ago == 0 && project.Share > 30))
                {
                    yield return (project, day, usd);
                }
            }
        }
    }

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);
}
