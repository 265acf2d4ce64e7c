using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>Budget and limits in USD, whatever currency a person keeps them in.</summary>
public static class Budgets
{
    /// <summary>The monthly budget in USD; null where there is none.</summary>
    public static decimal? Global(AlertsConfig alerts) => InUsd(alerts, alerts.EffectiveBudget);

    /// <summary>The monthly limit of a project in USD; null where there is none.</summary>
    public static decimal? Limit(AlertsConfig alerts, string projectId) =>
        alerts.PerProjectLimits.TryGetValue(projectId, out decimal limit) ? InUsd(alerts, limit) : null;

    private static decimal? InUsd(AlertsConfig alerts, decimal? amount) =>
        amount is not > 0 ? null : alerts.Currency == "USD" || alerts.UsdRate is not > 0 ? amount : amount / alerts.UsdRate;
}
