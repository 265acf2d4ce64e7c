using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Alerts.Rules;

/// <summary>Warns before the overrun: the month is expected to end over budget.</summary>
internal static class ForecastRule
{
    public const string Key = "forecast-month";

    public static IEnumerable<ActiveAlert> Evaluate(AnalyticsDocument figures, AlertsConfig config)
    {
        if (!config.EffectiveRules.Forecast
            || figures.Total.Month is not { Budget: { } budget, Spend: var spend, Percent: var percent }
            || figures.Total.Forecast is not { Expected: { } expected, Low: { } low, High: { } high }
            || expected <= budget)
        {
            yield break;
        }

        yield return new ActiveAlert
        {
            Key = Key,
            Type = AlertType.Forecast,
            Level = AlertLevel.Warning,
            Title = "The month is heading over budget",
            Message = $"At this pace the month ends at {Text(expected)}, {Text(expected - budget)} over budget; range {Text(low)} to {Text(high)}.",
            Advice = spend >= budget
                ? $"The budget of {Text(budget)} is spent already."
                : $"{Text(budget - spend)} of {Text(budget)} is left. Slow the most expensive work down, or raise the budget.",
            Spend = spend,
            Budget = budget,
            Percent = percent,
            Since = figures.Date,
        };

        string Text(decimal usd) => AlertText.Amount(usd, config);
    }
}
