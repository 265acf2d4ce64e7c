using System.Diagnostics.Metrics;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>Measurements of syncs, for whoever listens to the meter.</summary>
public static class SyncMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "AiaiaiDashboard.Sync";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("aiaiai_sync_runs_total", description: "Syncs that ended, by outcome and trigger.");

    private static readonly Counter<double> Seconds = Meter.CreateCounter<double>("aiaiai_sync_seconds_total", "s", "Time spent in syncs.");

    private static readonly Counter<long> StepFailures = Meter.CreateCounter<long>("aiaiai_sync_step_failures_total", description: "Steps that failed, by step.");

    /// <summary>Counts a run that has ended.</summary>
    internal static void Record(SyncRunSummary run)
    {
        Runs.Add(1, new("status", run.Status), new("trigger", run.Trigger));
        Seconds.Add(run.DurationMs / 1000.0);
        foreach (SyncRunStep step in (run.Steps ?? []).Where(s => s.Status == SyncOutcome.Error))
        {
            StepFailures.Add(1, new KeyValuePair<string, object?>("step", step.Name));
        }
    }
}
