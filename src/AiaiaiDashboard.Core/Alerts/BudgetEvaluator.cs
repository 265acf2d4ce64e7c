using System.Globalization;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>Compares month-to-date spend with the thresholds of budget and limits. Pure: what is true follows from the figures alone.</summary>
public static class BudgetEvaluator
{
    private static readonly AlertThreshold Whole = new() { Percent = 100, Level = AlertLevel.Critical };

    /// <summary>The alerts that are true now, the worst first: critical before warning, then by percent, then by key.</summary>
    /// <param name="figures">Figures of today.</param>
    /// <param name="config">Thresholds; 100 % is always a critical one.</param>
    /// <param name="nameOf">Display name of a project id.</param>
    public static IReadOnlyList<ActiveAlert> Evaluate(AnalyticsDocument figures, AlertsConfig config, Func<string, string> nameOf)
    {
        AlertThreshold[] thresholds = [.. config.GlobalThresholds.Where(t => t.Percent != Whole.Percent), Whole];
        var alerts = new List<ActiveAlert>();
        Add(alerts, figures.Total, thresholds, config, figures.Date, null, null);
        foreach (string id in figures.Projects.Keys)
        {
            Add(alerts, figures.Projects[id], thresholds, config, figures.Date, id, nameOf(id));
        }

        return AlertEvaluator.Order(alerts);
    }

    /// <summary>The threshold a key of this rule ends with; 0 for other keys.</summary>
    internal static decimal ThresholdOf(ActiveAlert alert) =>
        alert.Type is AlertType.Global or AlertType.Project
        && decimal.TryParse(alert.Key.AsSpan(alert.Key.LastIndexOf('-') + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal threshold)
            ? threshold
            : 0;

    private static void Add(
        List<ActiveAlert> alerts, ScopeFigures scope, AlertThreshold[] thresholds, AlertsConfig config, DateOnly today, string? project, string? name)
    {
        if (scope.Month is not { Budget: { } budget, Percent: { } percent, Spend: var spend })
        {
            return;
        }

        string sums = string.Create(
            CultureInfo.InvariantCulture, $"{AlertText.Amount(spend, config)} of {AlertText.Amount(budget, config)} this month ({AlertText.Whole(percent)}).");
        foreach (AlertThreshold threshold in thresholds.Where(t => percent >= t.Percent))
        {
            string text = AlertText.Percent(threshold.Percent);
            alerts.Add(new ActiveAlert
            {
                Key = project is null ? $"global-{text}" : $"project-{project}-{text}",
                Type = project is null ? AlertType.Global : AlertType.Project,
                Level = threshold.IsCritical || threshold.Percent == Whole.Percent ? AlertLevel.Critical : AlertLevel.Warning,
                Title = name is null ? $"Budget: {text}% reached" : $"Limit of {name}: {text}% reached",
                Message = $"{Fact(name, text, threshold.Percent)}: {sums}",
                Advice = spend >= budget
                    ? $"{AlertText.Amount(spend - budget, config)} over. {(name is null ? "Pause what can wait, or raise the budget" : "Pause it, or raise the limit")}."
                    : $"{AlertText.Amount(budget - spend, config)} left until the month ends. Look at what spends most.",
                Project = project,
                Spend = spend,
                Budget = budget,
                Percent = percent,
                Since = DayReached(scope, budget * threshold.Percent / 100, today),
            });
        }
    }

    private static string Fact(string? name, string text, decimal threshold) => (name, threshold) switch
    {
        (null, 100) => "The budget is spent",
        (null, _) => $"{text}% of the budget is spent",
        (_, 100) => $"{name} has spent its limit",
        _ => $"{name} has spent {text}% of its limit",
    };

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
}
