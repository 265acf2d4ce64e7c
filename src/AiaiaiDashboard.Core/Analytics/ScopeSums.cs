using System.Globalization;
using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>Adds up the rows of one scope and makes its figures of them. Rows must come in the order of their dates, none after today.</summary>
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
    private readonly Dictionary<int, decimal[]> dailyByModel = [];
    private readonly Dictionary<int, decimal[]> dailyByProject = [];
    private readonly Dictionary<int, int> lastDayOfSession = [];
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

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="model">Code of its model.</param>
    /// <param name="session">Code of its session.</param>
    /// <param name="project">Code of its project where the scope is split by projects.</param>
    public void Add(UsageRow row, int model, int session, int? project)
    {
        firstDay ??= row.Date;
        if (row.Date >= monthStart)
        {
            monthByDay[row.Date.Day - 1] += row.Cost;
        }
        else if (row.Date >= previousStart && row.Date <= previousEnd)
        {
            previousToSameDay += row.Cost;
        }

        int position = row.Date.DayNumber - firstCostDay;
        if (position < 0)
        {
            return;
        }

        costByDay ??= new decimal[CostDays];
        costByDay[position] += row.Cost;
        int day = position - AnalyticsCalculator.DailyDays;
        if (day < 0)
        {
            return;
        }

        Series(dailyByModel, model)[day] += row.Cost;
        if (project is { } code)
        {
            Series(dailyByProject, code)[day] += row.Cost;
        }

        if (row.Session.Length > 0)
        {
            lastDayOfSession[session] = row.Date.DayNumber;
        }

        foreach (WindowSums window in windows)
        {
            window.Add(row, model, project);
        }
    }

    /// <summary>The figures.</summary>
    /// <param name="budget">Budget or limit in USD; null for none.</param>
    /// <param name="columns">Turns codes into names.</param>
    public ScopeFigures ToFigures(decimal? budget, UsageColumns columns)
    {
        var figures = new Dictionary<string, WindowFigures>(windows.Length);
        for (int i = 0; i < windows.Length; i++)
        {
            (string key, int days) = AnalyticsCalculator.Windows[i];
            figures[key] = windows[i].ToFigures(firstDay, PreviousCost(days), Sessions(windows[i].From), columns);
        }

        decimal spend = monthByDay.Sum();
        return new ScopeFigures
        {
            Month = Month(spend, budget),
            Exhaustion = BudgetRunOut.Project(today, monthByDay, spend, budget, figures["30d"].BurnRate),
            Forecast = SpendForecaster.Forecast(KnownDays(), today, spend, budget),
            Windows = figures,
            Daily = firstDay is null ? [] : Plain(costByDay is null ? new decimal[AnalyticsCalculator.DailyDays] : costByDay[AnalyticsCalculator.DailyDays..]),
            DailyByModel = Lines(dailyByModel, columns.Models),
            DailyByProject = Lines(dailyByProject, columns.Projects),
            FirstDay = firstDay,
        };
    }

    // From the first entry on, as far back as costs are kept.
    private ReadOnlySpan<decimal> KnownDays() => firstDay is not { } first ? []
        : (costByDay ?? new decimal[CostDays]).AsSpan(Math.Max(0, first.DayNumber - firstCostDay));

    private MonthFigures Month(decimal spend, decimal? budget) => new()
    {
        Month = today.ToString("yyyy-MM", CultureInfo.InvariantCulture),
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
        : Money.Plain(costByDay.AsSpan(CostDays - (2 * days), days).ToArray().Sum());

    private long Sessions(DateOnly from) => lastDayOfSession.Values.LongCount(day => day >= from.DayNumber);

    private static decimal[] Series(Dictionary<int, decimal[]> series, int code)
    {
        if (!series.TryGetValue(code, out decimal[]? values))
        {
            series[code] = values = new decimal[AnalyticsCalculator.DailyDays];
        }

        return values;
    }

    private static DailySeries[] Lines(Dictionary<int, decimal[]> series, NameTable names) =>
        [.. series
            .Select(s => (Name: names[s.Key], Sum: s.Value.Sum(), s.Value))
            .Where(s => s.Sum > 0)
            .OrderByDescending(s => s.Sum).ThenBy(s => s.Name, StringComparer.Ordinal)
            .Select(s => new DailySeries(s.Name, Plain(s.Value)))];

    private static decimal[] Plain(decimal[] values) => Array.ConvertAll(values, Money.Plain);
}
