using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Alerts.Rules;

/// <summary>Warns before the overrun: the month is expected to end over budget.</summary>
internal static class ForecastRule
{
    public const string Key = "forecast-month";

    public static IEnumerable<ActiveAlert> Evaluate(AnalyticsDocument figures, MonthEnd? end, AlertsConfig config)
    {
        if (!config.EffectiveRules.Forecast
            || figures.Total.Month is not { Budget: { } budget, Spend: var spend, Percent: var percent }
            || end is null
            || end.Expected <= budget)
        {
            yield break;
        }

        yield return new ActiveAlert
        {
            Key = Key,
            Type = AlertType.Forecast,
            Level = AlertLevel.Warning,
            Title = "The month is heading over budget",
            Message = $"At this pace the month ends at {Text(end.Expected)}, {Text(end.Expected - budget)} over budget; range {Text(end.Low)} to {Text(end.High)}.",
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

/// <summary>What the month is expected to end at, USD.</summary>
/// <param name="Expected">Median.</param>
/// <param name="Low">Lower end of the 80 % interval.</param>
/// <param name="High">Upper end.</param>
public sealed record MonthEnd(decimal Expected, decimal Low, decimal High);
