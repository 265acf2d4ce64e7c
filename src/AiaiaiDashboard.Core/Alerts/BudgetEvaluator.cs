using System.Globalization;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>Compares month-to-date spend with the thresholds of budget and limits. Pure: what is true follows from the figures alone.</summary>
public static class BudgetEvaluator
{
    private static readonly AlertThreshold Whole = new() { Percent = 100, Level = "critical" };

    /// <summary>The alerts that are true now, the worst first: critical before warning, then by percent, then by key.</summary>
    /// <param name="figures">Figures of today.</param>
    /// <param name="config">Thresholds; 100 % is always a critical one.</param>
    /// <param name="nameOf">Display name of a project id.</param>
    public static IReadOnlyList<ActiveAlert> Evaluate(AnalyticsDocument figures, AlertsConfig config, Func<string, string> nameOf)
    {
        AlertThreshold[] thresholds = [.. config.GlobalThresholds.Where(t => t.Percent != Whole.Percent), Whole];
        var alerts = new List<ActiveAlert>();
        Add(alerts, figures.Total, thresholds, config, figures.Date, project: null, "The budget");
        foreach ((string id, ScopeFigures scope) in figures.Projects)
        {
            Add(alerts, scope, thresholds, config, figures.Date, id, $"The limit of {nameOf(id)}");
        }

        return [.. alerts
            .OrderBy(a => a.Level == "critical" ? 0 : 1)
            .ThenByDescending(a => a.Percent)
            .ThenByDescending(a => ThresholdOf(a))
            .ThenBy(a => a.Key, StringComparer.Ordinal)];
    }

    private static void Add(
        List<ActiveAlert> alerts, ScopeFigures scope, AlertThreshold[] thresholds, AlertsConfig config, DateOnly today, string? project, string subject)
    {
        if (scope.Month is not { Budget: { } budget, Percent: { } percent, Spend: var spend })
        {
            return;
        }

        foreach (AlertThreshold threshold in thresholds.Where(t => percent >= t.Percent))
        {
            string text = threshold.Percent.ToString("0.####", CultureInfo.InvariantCulture);
            alerts.Add(new ActiveAlert
            {
                Key = project is null ? $"global-{text}" : $"project-{project}-{text}",
                Type = project is null ? "global" : "project",
                Level = threshold.IsCritical ? "critical" : "warning",
                Message = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{subject} of {Amount(budget, config)} is used to {percent:0.#} %: {Amount(spend, config)} this month."),
                Project = project,
                Spend = spend,
                Budget = budget,
                Percent = percent,
                Since = DayReached(scope, budget * threshold.Percent / 100, today),
            });
        }
    }

    // The daily series ends today and is longer than any month.
    private static DateOnly DayReached(ScopeFigures scope, decimal amount, DateOnly today)
    {
        decimal sum = 0;
        int offset = scope.Daily.Count - today.Day;
        for (int day = 1; day <= today.Day && offset >= 0; day++)
        {
            sum += scope.Daily[offset + day - 1];
            if (sum >= amount)
            {
                return new DateOnly(today.Year, today.Month, day);
            }
        }

        return today;
    }

    private static decimal ThresholdOf(ActiveAlert alert) =>
        decimal.Parse(alert.Key.AsSpan(alert.Key.LastIndexOf('-') + 1), NumberStyles.Number, CultureInfo.InvariantCulture);

    private static string Amount(decimal usd, AlertsConfig config) => config.Currency == "USD" || config.UsdRate is not { } rate
        ? usd.ToString("$#,##0.00", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{usd * rate:#,##0.00} {config.Currency}");
}
