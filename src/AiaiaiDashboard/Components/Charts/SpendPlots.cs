using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>Turns a <see cref="SpendSeries"/> into the two plots of the spend chart: cumulative above, per day below.</summary>
public sealed record SpendPlots(ChartOptions Cumulative, ChartOptions PerDay, IReadOnlyList<SpendPlots.Entry> Legend, string CumulativeLabel, string PerDayLabel)
{
    private const string Group = "spend";

    /// <summary>One entry of the legend.</summary>
    public sealed record Entry(string Name, string FullName, string Colour, decimal Cost);

    /// <summary>Builds the plots.</summary>
    /// <param name="snapshot">For names and colours.</param>
    /// <param name="series">The spend.</param>
    /// <param name="byProject">Whether the split is by project.</param>
    /// <param name="budgetName">Budget, or Limit for a project.</param>
    /// <param name="forecast">Forecast of the month to draw; null where the range is not the current month.</param>
    /// <param name="budget">Monthly budget to draw with its pace; null where the range is no month or there is none.</param>
    public static SpendPlots Of(DashboardSnapshot snapshot, SpendSeries series, bool byProject, decimal? budget, string budgetName = "Budget", MonthForecast? forecast = null)
    {
        int length = series.To.DayNumber - series.From.DayNumber + 1;
        List<string> days = [.. Enumerable.Range(0, length).Select(day => Format.IsoDay(series.From.AddDays(day)))];
        List<Entry> legend = [.. series.Series.Select(s => ToEntry(snapshot, s, byProject))];
        int? today = series.LastDay < series.To ? series.LastDay.DayNumber - series.From.DayNumber : null;

        List<ChartSeries> lines = [new ChartSeries("Spend to date", Pad(series.Cumulative, length), "accent") { Mark = true }];
        if (budget is { } limit)
        {
            lines.Insert(0, new ChartSeries($"{budgetName} pace", [.. Enumerable.Range(1, length).Select(day => (decimal?)Math.Round(limit * day / length, 2))], "text-3") { Dashed = true });
        }

        ChartBand? band = null;
        if (forecast is { Expected: not null } && today is { } from)
        {
            lines.Add(new ChartSeries("Forecast", FromToday(forecast.Path, series.Sum, from, length), "accent") { Expected = true, Mark = true });
            band = new ChartBand($"{MonthForecast.Confidence}% range", FromToday(forecast.PathLow, series.Sum, from, length), FromToday(forecast.PathHigh, series.Sum, from, length));
        }

        var cumulative = new ChartOptions
        {
            Kind = ChartKind.Lines,
            Days = days,
            Series = lines,
            Reference = budget is { } value ? new ChartReference(value, $"{budgetName} {Format.Money(value)}") : null,
            Band = band,
            Today = today,
            DayLabels = false,
            Group = Group,
        };
        var perDay = new ChartOptions
        {
            Kind = ChartKind.Bars,
            Days = days,
            Series = [.. series.Series.Select((s, index) => new ChartSeries(legend[index].Name, Pad(s.Cost, length), legend[index].Colour))],
            Stacked = true,
            Group = Group,
        };
        return new SpendPlots(cumulative, perDay, legend, CumulativeText(series, budget, band is null ? null : forecast), PerDayText(series, legend));
    }

    /// <summary>The plot per day without some series, by their full names.</summary>
    public ChartOptions PerDayWithout(IReadOnlySet<string> hidden) => Without(PerDay, hidden);

    /// <summary>The bars of a spend by week or month, in the colours of this legend.</summary>
    /// <param name="series">The spend of each, in the order of the legend.</param>
    /// <param name="starts">The days they begin with.</param>
    /// <param name="step">Week or month.</param>
    public ChartOptions Grouped(IReadOnlyList<DailySeries> series, IReadOnlyList<DateOnly> starts, ChartStep step) => new()
    {
        Kind = ChartKind.Bars,
        Days = [.. starts.Select(Format.IsoDay)],
        Series = [.. series.Select((part, index) => new ChartSeries(Legend[index].Name, [.. part.Cost.Select(cost => (decimal?)Math.Round(cost, 4))], Legend[index].Colour))],
        Stacked = true,
        Step = step,
    };

    /// <summary>One of these plots of bars without some series, by their full names.</summary>
    public ChartOptions Without(ChartOptions bars, IReadOnlySet<string> hidden) =>
        hidden.Count == 0 ? bars : bars with { Series = [.. bars.Series.Where((_, index) => !hidden.Contains(Legend[index].FullName))] };

    private static Entry ToEntry(DashboardSnapshot snapshot, DailySeries series, bool byProject)
    {
        decimal cost = series.Cost.Sum();
        if (series.Name == SpendSeries.Other)
        {
            return new Entry(SpendSeries.Other, SpendSeries.Other, SeriesColours.Other, cost);
        }

        return byProject
            ? new Entry(snapshot.Project(series.Name)?.Name ?? series.Name, series.Name, SeriesColours.OfProject(snapshot, series.Name), cost)
            : new Entry(ModelName.Short(series.Name), series.Name, SeriesColours.OfModel(snapshot, series.Name), cost);
    }

    // Days after today have no value: zero would draw a stub and a falling line.
    private static List<decimal?> Pad(IReadOnlyList<decimal> values, int length) =>
        [.. Enumerable.Range(0, length).Select(day => day < values.Count ? Math.Round(values[day], 4) : (decimal?)null)];

    // The forecast begins where the measured line ends; of the path the first value is the end of today.
    private static List<decimal?> FromToday(IReadOnlyList<decimal> path, decimal spent, int today, int length) =>
        [.. Enumerable.Range(0, length).Select(day => day < today ? null : day == today ? Math.Round(spent, 4) : day - today < path.Count ? path[day - today] : (decimal?)null)];

    private static string CumulativeText(SpendSeries series, decimal? budget, MonthForecast? forecast)
    {
        string range = $"{Format.LongDay(series.From)} to {Format.LongDay(series.LastDay)}";
        string limit = budget is { } value ? $" of a budget of {Format.Money(value)}" : "";
        return $"Cumulative spend, {range}: {Format.Money(series.Sum)}{limit}.{Projected(forecast)}";
    }

    private static string Projected(MonthForecast? forecast) => forecast is { Expected: { } expected, Low: { } low, High: { } high }
        ? $" Expected at the end of the month: {Format.Money(expected)}, {MonthForecast.Confidence}% range {Format.Money(low)} to {Format.Money(high)}."
        : "";

    private static string PerDayText(SpendSeries series, List<Entry> legend)
    {
        if (series.Sum == 0 || series.PerDay.Count == 0)
        {
            return "Spend per day: none.";
        }

        int peak = series.PerDay.Index().MaxBy(day => day.Item).Index;
        string parts = string.Join(", ", legend.Select(entry => $"{entry.Name} {Format.Money(entry.Cost)}"));
        return $"Spend per day. Last day {Format.Money(series.PerDay[^1])}, highest {Format.Money(series.PerDay[peak])} on {Format.LongDay(series.From.AddDays(peak))}. {parts}.";
    }
}
