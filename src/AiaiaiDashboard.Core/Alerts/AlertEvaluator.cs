using AiaiaiDashboard.Core.Alerts.Rules;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>Says which alerts are true. Pure: it follows from the facts alone, whoever asks and whatever was notified.</summary>
public static class AlertEvaluator
{
    /// <summary>Bound of the alerts that are shown at once; the worst are kept.</summary>
    public const int MaxAlerts = 500;

    /// <summary>The alerts that are true now, the worst first.</summary>
    public static IReadOnlyList<ActiveAlert> Evaluate(AlertInputs inputs)
    {
        var alerts = new List<ActiveAlert>();
        if (inputs.Figures is { } figures)
        {
            alerts.AddRange(BudgetEvaluator.Evaluate(figures, inputs.Config, inputs.NameOf));
            alerts.AddRange(ForecastRule.Evaluate(figures, inputs.Config));
            alerts.AddRange(SpikeRule.Evaluate(figures, inputs.Config, inputs.NameOf));
        }

        alerts.AddRange(SourceRule.Evaluate(inputs));
        return Order(alerts);
    }

    /// <summary>The worst first: critical before warning, budget before limits before the rest, the highest threshold first.</summary>
    public static IReadOnlyList<ActiveAlert> Order(IEnumerable<ActiveAlert> alerts) => alerts is IReadOnlyCollection<ActiveAlert> { Count: 0 } ? [] : [.. alerts
        .OrderBy(a => a.IsCritical ? 0 : 1)
        .ThenBy(a => Rank(a.Type))
        .ThenByDescending(a => a.Percent)
        .ThenByDescending(BudgetEvaluator.ThresholdOf)
        .ThenBy(a => a.Key, StringComparer.Ordinal)
        .Take(MaxAlerts)];

    private static int Rank(string type) => type switch
    {
        // Both compare spend with an amount: the higher percentage is the worse one.
        AlertType.Global or AlertType.Project => 0,
        AlertType.Forecast => 1,
        AlertType.Spike => 2,
        _ => 3,
    };
}
