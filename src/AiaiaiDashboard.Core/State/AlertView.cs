using AiaiaiDashboard.Core.Alerts;

namespace AiaiaiDashboard.Core.State;

/// <summary>Puts onto a snapshot what is known of alerts.</summary>
internal static class AlertView
{
    /// <summary>The facts of a snapshot.</summary>
    public static AlertInputs Inputs(DashboardSnapshot snapshot, SnapshotParts parts, DateTimeOffset startedAt, DateTimeOffset now)
    {
        // A program that has just been started has not failed to sync yet.
        TimeSpan? age = DataAge.Of(parts.Status.Steps, parts.Status, now) is { } known ? (now - startedAt < known ? now - startedAt : known) : null;
        return new AlertInputs
        {
            Config = snapshot.Alerts,
            Figures = snapshot.Analytics,
            Today = snapshot.Today,
            NameOf = id => parts.Projects.Find(id)?.DisplayName ?? id,
            Steps = parts.Status.Steps,
            Problems = snapshot.Problems,
            Age = age,
            StaleAfter = DataAge.StaleAfter(parts.Config.Sync, parts.Zone, now - (age ?? TimeSpan.Zero)),
        };
    }

    /// <summary>Whether two snapshots say the same of alerts.</summary>
    public static bool IsSame(DashboardSnapshot one, DashboardSnapshot other) =>
        one.ActiveAlerts.SequenceEqual(other.ActiveAlerts) && one.AlertLog.SequenceEqual(other.AlertLog) && one.Channels.SequenceEqual(other.Channels);

    /// <summary>The snapshot with its alerts, the timeline and how the channels do.</summary>
    public static DashboardSnapshot Over(DashboardSnapshot snapshot, SnapshotParts parts, AlertDesk desk, DateTimeOffset startedAt, DateTimeOffset now)
    {
        AlertState state = desk.Read(snapshot.Today);
        AlertInputs inputs = Inputs(snapshot, parts, startedAt, now);
        return snapshot with
        {
            ActiveAlerts = AlertBook.Show(state, AlertEvaluator.Evaluate(inputs), inputs.Stays(), snapshot.Today, now),
            AlertLog = state.Log,
            Channels = desk.Channels(snapshot.Alerts, state),
        };
    }
}
