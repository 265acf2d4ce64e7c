using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Sync.Scheduling;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>How old the usage on screen is.</summary>
public static class DataAge
{
    /// <summary>Data younger than this is never stale.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromHours(12);

    /// <summary>Time since usage was last read without failure; null where that never happened or is not known.</summary>
    /// <param name="steps">What the steps did last.</param>
    /// <param name="status">The last status.</param>
    /// <param name="now">Now.</param>
    /// <param name="isRunning">Whether <paramref name="steps"/> belong to a run that is on.</param>
    public static TimeSpan? Of(IReadOnlyList<SyncStepStatus> steps, SyncStatus status, DateTimeOffset now, bool isRunning = false)
    {
        bool failed = steps.Any(s => s is { Name: SyncStepNames.Tokens, Status: SyncOutcome.Error });
        if (!failed)
        {
            return isRunning ? TimeSpan.Zero : now - status.LastSync;
        }

        return status.RecentRuns.FirstOrDefault(r => r.Status == SyncOutcome.Success) is { } good ? now - good.StartedAt : null;
    }

    /// <summary>The age from which data is stale: two runs of the schedule were missed, and twelve hours have passed.</summary>
    /// <param name="config">The schedule.</param>
    /// <param name="zone">The zone it is meant in.</param>
    /// <param name="read">When usage was last read. Counted from there, a night or a weekend without runs is no miss.</param>
    public static TimeSpan StaleAfter(SyncConfig config, TimeZoneInfo zone, DateTimeOffset read)
    {
        SyncSchedule schedule = SyncSchedule.From(config, zone);
        return schedule.Next(read) is { } first && schedule.Next(first) is { } second && second - read > Least ? second - read : Least;
    }
}
