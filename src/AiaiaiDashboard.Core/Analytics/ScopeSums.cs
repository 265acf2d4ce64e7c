using System.Globalization;
using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>Adds up the days of one scope and makes its figures of them. Days must come in order, none after today.</summary>
internal sealed class ScopeSums
{
    // The longest window and the one before it.
    private const int CostDays = 2 * AnalyticsCalculator.DailyDays;

    private readonly DateOnly today;
    private readonly DateOnly monthStart;
    private readonly DateOnly previousStart;
    private readonly DateOnly previousEnd;
    private readonly int firstCostDay;
    private readonly decimal[] monthByDay;
    private readonly WindowSums[] windows;
    private readonly decimal[][] latestByModel = new decimal[ScopeFigures.LatestDays][];

    // By code: codes are small numbers without gaps.
    private decimal[]?[] dailyByModel = [];
    private decimal[]?[] dailyByProject = [];
    private DateOnly day;
    private int position;
    private decimal[]? costByDay;
    private decimal previousToSameDay;
    private DateOnly? firstDay;

    /// <summary>An empty scope.</summary>
    public ScopeSums(DateOnly today)
    {
        this.today = today;
        monthStart = new DateOnly(today.Year, today.Month, 1);
        previousStart = monthStart.AddMonths(-1);
        // The 31st has no counterpart in a shorter month: that month counts as a whole.
        previousEnd = previousStart.AddDays(Math.Min(today.Day, DateTime.DaysInMonth(previousStart.Year, previousStart.Month)) - 1);
        firstCostDay = today.DayNumber - CostDays + 1;
        monthByDay = new decimal[DateTime.DaysInMonth(today.Year, today.Month)];
        windows = [.. AnalyticsCalculator.Windows.Select(w => new WindowSums(today.AddDays(1 - w.Days), today))];
    }

    /// <summary>The day that is added from now on.</summary>
    public void Begin(UsageDay next)
    {
        day = next.Date;
        position = day.DayNumber - firstCostDay;
        firstDay ??= day;
    }

    /// <summary>Whether the day is one that any figure but the months' totals needs.</summary>
    public bool IsRecent => position >= 0;

    /// <summary>Adds what one project used of one model on the day.</summary>
    public void Add(in UsageCell cell, bool splitByProject)
    {
        if (day >= monthStart)
        {
            monthByDay[day.Day - 1] += cell.Cost;
        }
        else if (day >= previousStart && day <= previousEnd)
        {
            previousToSameDay += cell.Cost;
        }

        costByDay ??= new decimal[CostDays];
        costByDay[position] += cell.Cost;
        int age = today.DayNumber - day.DayNumber;
        if (age < ScopeFigures.LatestDays)
        {
            Reach(ref latestByModel[age], cell.Model);
            latestByModel[age][cell.Model] += cell.Cost;
        }

        int index = position - AnalyticsCalculator.DailyDays;
        if (index < 0)
        {
            return;
        }

        if (splitByProject)
        {
            Series(ref dailyByModel, cell.Model)[index] += cell.Cost;
            Series(ref dailyByProject, cell.Project)[index] += cell.Cost;
        }

        foreach (WindowSums window in windows)
        {
            window.Add(day, cell, splitByProject);
        }
    }

    /// <summary>The figures.</summary>
    /// <param name="budget">Budget or limit in USD; null for none.</param>
    /// <param name="columns">Turns codes into names.</param>
    /// <param name="sessions">Distinct sessions of the windows.</param>
    /// <param name="project">Code of the project, <see cref="SessionCounts.All"/>, or null for a project without usage.</param>
    /// <param name="widths">What forecasts were measured to before; null to measure it.</param>
    public ScopeFigures ToFigures(decimal? budget, UsageColumns columns, SessionCounts sessions, int? project, ForecastWidths? widths)
    {
        var figures = new Dictionary<string, WindowFigures>(windows.Length);
        for (int i = 0; i < windows.Length; i++)
        {
            FixedWindow window = AnalyticsCalculator.Windows[i];
            figures[window.Key] = windows[i].ToFigures(firstDay, PreviousCost(window.Days), sessions.Of(project, i), columns);
        }

        decimal spend = Sum(monthByDay);
        return new ScopeFigures
        {
            Month = Month(spend, budget),
            Exhaustion = BudgetRunOut.Project(today, monthByDay, spend, budget, figures["30d"].BurnRate),
            Forecast = SpendForecaster.Forecast(KnownDays(), today, spend, budget, widths),
            Windows = figures,
            Daily = firstDay is null ? [] : Plain(Latest(costByDay)),
            DailyByModel = Lines(dailyByModel, columns.Models),
            DailyByProject = Lines(dailyByProject, columns.Projects),
            LatestTopModels = Array.ConvertAll(latestByModel, models => TopOf(models ?? [], columns.Models)),
            FirstDay = firstDay,
        };
    }

    // From the first entry on, as far back as costs are kept.
    private ReadOnlySpan<decimal> KnownDays() => firstDay is not { } first ? []
        : (costByDay ?? new decimal[CostDays]).AsSpan(Math.Max(0, first.DayNumber - firstCostDay));

    private MonthFigures Month(decimal spend, decimal? budget) => new()
    {
        Month = IsoDay.Month(today),
        Spend = Money.Plain(spend),
        Budget = budget,
        Percent = budget is { } whole ? Money.Plain(spend / whole * 100) : null,
        Remaining = budget is { } limit ? Money.Plain(limit - spend) : null,
        Day = today.Day,
        DaysInMonth = monthByDay.Length,
        PreviousToSameDay = Money.Plain(previousToSameDay),
    };

    // Null where nothing was recorded before the window: a comparison with days before the first use says nothing.
    private decimal? PreviousCost(int days) =>
        firstDay is null || firstDay > today.AddDays(-days) ? null
        : costByDay is null ? 0
        : Money.Plain(Sum(costByDay, CostDays - (2 * days), days));

    private static decimal[] Latest(decimal[]? costs)
    {
        decimal[] latest = new decimal[AnalyticsCalculator.DailyDays];
        for (int i = 0; costs is not null && i < latest.Length; i++)
        {
            latest[i] = costs[AnalyticsCalculator.DailyDays + i];
        }

        return latest;
    }

    private static decimal Sum(decimal[] values) => Sum(values, 0, values.Length);

    private static decimal Sum(decimal[] values, int start, int count)
    {
        decimal sum = 0;
        for (int i = start; i < start + count; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    private static void Reach(ref decimal[] values, int code)
    {
        if (values is null || code >= values.Length)
        {
            decimal[] larger = new decimal[Math.Max(code + 1, 2 * (values?.Length ?? 4))];
            values?.CopyTo(larger, 0);
            values = larger;
        }
    }

    private static decimal[] Series(ref decimal[]?[] series, int code)
    {
        if (code >= series.Length)
        {
            var larger = new decimal[]?[Math.Max(code + 1, 2 * series.Length)];
            series.CopyTo(larger, 0);
            series = larger;
        }

        return series[code] ??= new decimal[AnalyticsCalculator.DailyDays];
    }

    private static List<DailySeries> Lines(decimal[]?[] series, NameTable names)
    {
        var sums = new List<ModelCost>();
        var lines = new Dictionary<string, decimal[]>(StringComparer.Ordinal);
        for (int code = 0; code < series.Length; code++)
        {
            if (series[code] is { } values && Sum(values) is > 0 and var sum)
            {
                sums.Add(new ModelCost(names[code], sum));
                lines.Add(names[code], values);
            }
        }

        sums.Sort(MostExpensiveFirst);
        return sums.ConvertAll(s => new DailySeries(s.Name, Plain(lines[s.Name])));
    }

    private static ModelCost? TopOf(decimal[] models, NameTable names)
    {
        ModelCost? top = null;
        for (int code = 0; code < models.Length; code++)
        {
            if (models[code] > 0 && new ModelCost(names[code], Money.Plain(models[code])) is var next && (top is null || MostExpensiveFirst(next, top) < 0))
            {
                top = next;
            }
        }

        return top;
    }

    private static int MostExpensiveFirst(ModelCost a, ModelCost b) => a.Cost != b.Cost ? b.Cost.CompareTo(a.Cost) : string.CompareOrdinal(a.Name, b.Name);

    private static decimal[] Plain(decimal[] values)
    {
        decimal[] plain = new decimal[values.Length];
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = Money.Plain(values[i]);
        }

        return plain;
    }
}
