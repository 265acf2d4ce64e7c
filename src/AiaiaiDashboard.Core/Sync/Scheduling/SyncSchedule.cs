using AiaiaiDashboard.Core.Settings;
using Cronos;

namespace AiaiaiDashboard.Core.Sync.Scheduling;

/// <summary>
/// When syncs are due: a pure function of configuration, zone and instants. A cron expression means wall-clock times of the zone;
/// an interval means true minutes, counted from the epoch, so that it neither restarts at the full hour nor shifts with the clock change.
/// </summary>
public sealed class SyncSchedule
{
    /// <summary>A run that begins this late is still on time: the scheduler looks at least once a minute.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMinutes(2);

    private readonly CronExpression? cron;
    private readonly TimeSpan interval;
    private readonly TimeZoneInfo zone;
    private readonly bool skipMissed;

    private SyncSchedule(CronExpression? cron, TimeSpan interval, TimeZoneInfo zone, bool skipMissed)
    {
        this.cron = cron;
        this.interval = interval;
        this.zone = zone;
        this.skipMissed = skipMissed;
    }

    /// <summary>The schedule of a valid configuration.</summary>
    /// <param name="config">config/sync.json.</param>
    /// <param name="zone">The configured zone.</param>
    /// <exception cref="CronFormatException">The expression is not one; the validator refuses it first.</exception>
    public static SyncSchedule From(SyncConfig config, TimeZoneInfo zone) => config.IntervalMinutes is { } minutes
        ? new SyncSchedule(null, TimeSpan.FromMinutes(minutes), zone, config.MissedRuns == "skip")
        : new SyncSchedule(CronExpression.Parse(config.Cron), default, zone, config.MissedRuns == "skip");

    /// <summary>The first run after <paramref name="after"/>, UTC; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        if (cron is not null)
        {
            return cron.GetNextOccurrence(after.ToUniversalTime(), zone)?.ToUniversalTime();
        }

        long ticks = (after.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / interval.Ticks;
        return DateTimeOffset.UnixEpoch.AddTicks((ticks + 1) * interval.Ticks);
    }

    /// <summary>
    /// Whether a run is to begin at <paramref name="now"/>, given that everything up to <paramref name="seen"/> was dealt with. However
    /// many runs were missed, at most one begins; with <c>missedRuns: skip</c> only one that is on time.
    /// </summary>
    /// <param name="seen">Instant of the last look; a later one than now (the clock was set back) counts as now.</param>
    /// <param name="now">Now.</param>
    public bool IsDue(DateTimeOffset seen, DateTimeOffset now)
    {
        DateTimeOffset from = seen > now ? now : seen;
        if (skipMissed && from < now - OnTime)
        {
            from = now - OnTime;
        }

        return Next(from) is { } due && due <= now;
    }
}
