namespace AiaiaiDashboard.Core.Alerts;

/// <summary>
/// The thresholds of one amount are one matter: who has reached 100 % of a limit has reached 50 % and 80 % of it too. Each stays an alert with a key of its
/// own, notified once; people are shown the highest one, with the lower ones as its history. Pure.
/// </summary>
public static class AlertFamily
{
    /// <summary>
    /// The highest threshold of each matter, where the first of its thresholds stands. Alerts of other kinds are matters of their own.
    /// </summary>
    /// <param name="alerts">The worst first, see <see cref="AlertEvaluator.Order"/>.</param>
    public static IEnumerable<ActiveAlert> Heads(IEnumerable<ActiveAlert> alerts)
    {
        ActiveAlert[] all = [.. alerts];
        HashSet<(string, string?)> seen = [];
        return all.Where(a => !IsThreshold(a) || seen.Add((a.Type, a.Project))).Select(a => Others(all, a).Prepend(a).MaxBy(BudgetEvaluator.ThresholdOf)!);
    }

    /// <summary>The other thresholds of the same amount, the highest first.</summary>
    public static IEnumerable<ActiveAlert> Others(IEnumerable<ActiveAlert> alerts, ActiveAlert head) => IsThreshold(head)
        ? alerts.Where(a => a.Type == head.Type && a.Project == head.Project && a.Key != head.Key).OrderByDescending(BudgetEvaluator.ThresholdOf)
        : [];

    /// <summary>The percentage whose reaching an alert tells of; 0 for those that are about something else.</summary>
    public static decimal ThresholdOf(ActiveAlert alert) => BudgetEvaluator.ThresholdOf(alert);

    /// <summary>A key and those of the lower thresholds of the same amount: what is done about the one is done about them.</summary>
    internal static bool Covers(ActiveAlert chosen, ActiveAlert other) =>
        chosen.Key == other.Key
        || (IsThreshold(chosen) && chosen.Type == other.Type && chosen.Project == other.Project && BudgetEvaluator.ThresholdOf(other) < BudgetEvaluator.ThresholdOf(chosen));

    private static bool IsThreshold(ActiveAlert alert) => alert.Type is AlertType.Global or AlertType.Project;
}
