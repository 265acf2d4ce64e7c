using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Sync.Scheduling;

/// <summary>The schedule of a process that syncs by itself: what the configuration says, and how far failures in a row put it off. Thread-safe.</summary>
/// <param name="time">Clock.</param>
public sealed class SyncTimetable(TimeProvider time)
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(1);

    private readonly Pause backOff = new(time);
    private int failures;

    /// <summary>Scheduled syncs that failed wholly, in a row.</summary>
    public int Failures => Volatile.Read(ref failures);

    /// <summary>How long none begins because of <see cref="Failures"/>.</summary>
    public TimeSpan PutOff => backOff.Remaining;

    /// <summary>The first run after now, UTC; null when there is none.</summary>
    public DateTimeOffset? Next(SyncConfig config)
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan putOff = backOff.Remaining;
        return Schedule(config).Next(putOff > TimeSpan.Zero ? now + putOff - TimeSpan.FromTicks(1) : now);
    }

    /// <summary>Whether a run is to begin at <paramref name="now"/>; see <see cref="SyncSchedule.IsDue"/>.</summary>
    public bool IsDue(SyncConfig config, DateTimeOffset seen, DateTimeOffset now) => backOff.IsOver && Schedule(config).IsDue(seen, now);

    /// <summary>Takes note of a run that has just ended. Any that did not fail ends the putting off; only those of the schedule bring it on.</summary>
    public void Note(SyncRunSummary run)
    {
        if (run.Status != SyncOutcome.Error)
        {
            Volatile.Write(ref failures, 0);
            backOff.End();
        }
        else if (run.Trigger is "schedule" or "start")
        {
            backOff.Begin(Pause.After(Interlocked.Increment(ref failures), FirstBackOff, LongestBackOff));
        }
    }

    private SyncSchedule Schedule(SyncConfig config) => SyncSchedule.From(config, config.ResolveZone(time));
}
