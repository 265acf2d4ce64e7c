using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>The month-end forecast in words.</summary>
public static class ForecastWords
{
    /// <summary><c>$35.78 over</c>, <c>$12.00 left</c>.</summary>
    public static string Over(decimal over) => over > 0 ? $"{Format.Money(over)} over" : $"{Format.Money(-over)} left";

    /// <summary>The interval in one sentence.</summary>
    public static string Range(MonthForecast forecast) => forecast is { Low: { } low, High: { } high }
        ? $"Eight of ten such months end between {Format.Money(low)} and {Format.Money(high)}."
        : "";

    /// <summary>Why there is none, or how little it rests on; empty where there is nothing to add.</summary>
    public static string Caveat(MonthForecast forecast) => forecast.State switch
    {
        "none" => $"Needs {MonthForecast.DaysNeeded} days with spend, has {forecast.DaysWithSpend}",
        "short" => $"Only {Format.Count(forecast.DaysOfHistory, "day")} of history: a wide guess",
        _ => "",
    };
}
