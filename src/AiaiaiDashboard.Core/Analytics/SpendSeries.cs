using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>What the bars of a day are split by.</summary>
public enum SpendSplit
{
    /// <summary>By model.</summary>
    Model,

    /// <summary>By project.</summary>
    Project,
}

/// <summary>
/// Spend per day over a range, split, for a chart: at most <see cref="MaxSeries"/> named series, the rest added up as the last
/// one. All amounts are USD; lists have one value per day from <see cref="From"/> to <see cref="LastDay"/>.
/// </summary>
public sealed record SpendSeries
{
    /// <summary>Named series of a chart; more become <see cref="Other"/>.</summary>
    public const int MaxSeries = 8;

    /// <summary>Name of the series that adds up what is not shown by itself.</summary>
    public const string Other = "Other";

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day of the axis: the end of the month, or today.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Last day with values: <see cref="To"/>, or today where that lies before it.</summary>
    public required DateOnly LastDay { get; init; }

    /// <summary>The split, most expensive first, <see cref="Other"/> last. Names are model names or project ids.</summary>
    public required IReadOnlyList<DailySeries> Series { get; init; }

    /// <summary>Spend per day.</summary>
    public required IReadOnlyList<decimal> PerDay { get; init; }

    /// <summary>Spend from <see cref="From"/> to each day.</summary>
    public required IReadOnlyList<decimal> Cumulative { get; init; }

    /// <summary>Spend of the whole range.</summary>
    public decimal Sum => Cumulative.Count == 0 ? 0 : Cumulative[^1];

    /// <summary>The last <paramref name="days"/> dates, today included; at most the 90 the analytics document holds.</summary>
    public static SpendSeries ForWindow(DashboardSnapshot snapshot, int days, SpendSplit split, string? projectId = null)
    {
        DateOnly from = snapshot.Today.AddDays(1 - days);
        return FromScope(snapshot, from, snapshot.Today, split, projectId);
    }

    /// <summary>A calendar month; days after today have no values.</summary>
    /// <param name="snapshot">Where the figures come from: the precomputed document for the current month, else the ledger.</param>
    /// <param name="month">Any day of the month.</param>
    /// <param name="split">What to split by.</param>
    /// <param name="projectId">One project, or null for all.</param>
    public static SpendSeries ForMonth(DashboardSnapshot snapshot, DateOnly month, SpendSplit split, string? projectId = null)
    {
        var from = new DateOnly(month.Year, month.Month, 1);
        DateOnly to = from.AddMonths(1).AddDays(-1);
        return from.Year == snapshot.Today.Year && from.Month == snapshot.Today.Month
            ? FromScope(snapshot, from, to, split, projectId)
            : FromLedger(snapshot, from, to, split, projectId);
    }

    /// <summary>Any range of days; days after today have no values.</summary>
    public static SpendSeries ForRange(DashboardSnapshot snapshot, DateOnly from, DateOnly to, SpendSplit split, string? projectId = null) =>
        FromLedger(snapshot, from, to, split, projectId);

    /// <summary>The same by week, Monday first, or by calendar month: the days these begin with, where the first is the first day of the range, and spend per group in place of per day.</summary>
    public (IReadOnlyList<DateOnly> Starts, IReadOnlyList<DailySeries> Series, IReadOnlyList<decimal> Sums) Grouped(bool byMonth = false)
    {
        DayGroups groups = byMonth ? DayGroups.Months(From, PerDay.Count) : DayGroups.Weeks(From, PerDay.Count);
        return (groups.Starts, [.. Series.Select(s => s with { Cost = groups.Sum(s.Cost) })], groups.Sum(PerDay));
    }

    private static SpendSeries FromScope(DashboardSnapshot snapshot, DateOnly from, DateOnly to, SpendSplit split, string? projectId)
    {
        // The document holds the splits of all projects together; one project's models are asked of the ledger.
        if (snapshot.Project(projectId) is not null)
        {
            return FromLedger(snapshot, from, to, split, projectId);
        }

        ScopeFigures scope = snapshot.Analytics.Total;
        DateOnly last = to < snapshot.Today ? to : snapshot.Today;
        IReadOnlyList<DailySeries> series = split == SpendSplit.Project ? scope.DailyByProject : scope.DailyByModel;
        int days = last.DayNumber - from.DayNumber + 1;
        return Build(from, to, last, [.. series.Select(s => new DailySeries(s.Name, Tail(s.Cost, days)))], Tail(scope.Daily, days));
    }

    private static SpendSeries FromLedger(DashboardSnapshot snapshot, DateOnly from, DateOnly to, SpendSplit split, string? projectId)
    {
        DateOnly last = to < snapshot.Today ? to : snapshot.Today;
        int days = Math.Max(0, last.DayNumber - from.DayNumber + 1);
        UsageGrouping second = split == SpendSplit.Project && projectId is null ? UsageGrouping.Project : UsageGrouping.Model;
        UsageAnswer answer = snapshot.Usage.Query(new UsageQuery([UsageGrouping.Day, second], from, to, projectId));
        var perName = new Dictionary<string, decimal[]>(StringComparer.Ordinal);
        decimal[] total = new decimal[days];
        foreach (UsageSum row in answer.Rows)
        {
            int day = DateOnly.ParseExact(row.Keys[0], "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).DayNumber - from.DayNumber;
            if (day < 0 || day >= days)
            {
                continue;
            }

            if (!perName.TryGetValue(row.Keys[1], out decimal[]? values))
            {
                perName[row.Keys[1]] = values = new decimal[days];
            }

            values[day] += row.Cost;
            total[day] += row.Cost;
        }

        return Build(from, to, last, [.. perName.Select(p => new DailySeries(p.Key, p.Value))], total);
    }

    private static SpendSeries Build(DateOnly from, DateOnly to, DateOnly last, List<DailySeries> series, IReadOnlyList<decimal> perDay)
    {
        List<DailySeries> ordered = [.. series
            .Where(s => s.Cost.Any(c => c != 0))
            .OrderByDescending(s => s.Cost.Sum())
            .ThenBy(s => s.Name, StringComparer.Ordinal)];
        if (ordered.Count > MaxSeries)
        {
            decimal[] rest = new decimal[perDay.Count];
            foreach (DailySeries hidden in ordered.Skip(MaxSeries))
            {
                for (int day = 0; day < rest.Length; day++)
                {
                    rest[day] += hidden.Cost[day];
                }
            }

            ordered = [.. ordered.Take(MaxSeries), new DailySeries(Other, rest)];
        }

        decimal[] cumulative = new decimal[perDay.Count];
        decimal sum = 0;
        for (int day = 0; day < cumulative.Length; day++)
        {
            cumulative[day] = sum += perDay[day];
        }

        return new SpendSeries { From = from, To = to, LastDay = last, Series = ordered, PerDay = perDay, Cumulative = cumulative };
    }

    // Daily lists end today; a list that is shorter than asked for starts later, so zeros stand before it.
    private static decimal[] Tail(IReadOnlyList<decimal> values, int days)
    {
        decimal[] tail = new decimal[Math.Max(0, days)];
        for (int back = 1; back <= tail.Length && back <= values.Count; back++)
        {
            tail[^back] = values[^back];
        }

        return tail;
    }
}
