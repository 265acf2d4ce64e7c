using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Sync.Scheduling;

namespace AiaiaiDashboard.Hosting;

/// <summary>
/// Runs the syncs that are due, and shows a new day and edited configuration. Looks at the clock at least once a minute, so that a
/// jump of the clock, a suspended machine or an edited schedule is noticed. Ends only by cancellation.
/// </summary>
public sealed class SyncScheduler(
    WorkspaceHost workspaces, SyncTimetable timetable, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<SyncScheduler> log) : BackgroundService
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(60);

    private readonly Workspace workspace = workspaces.Own;
    private DateTimeOffset seen;
    private string stamps = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        // Runs that were missed while nothing ran count from the last sync.
        seen = workspace.Sync.Status.LastSync ?? time.GetUtcNow();
        stamps = ConfigStamps();
        bool first = true;
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan sleep = LongestSleep;
            try
            {
                await LookAsync(first, stoppingToken);
                sleep = SleepUntilNext();
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                log.LogError(exception, "The scheduler failed and looks again in {Seconds} s", sleep.TotalSeconds);
            }

            first = false;
            await Task.Delay(sleep, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A server that cannot listen must not sync first and fail then.
    private async Task StartedAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), started))
        {
            await started.Task.WaitAsync(ct);
        }
    }

    private async Task LookAsync(bool first, CancellationToken ct)
    {
        ShowChanges();
        DateTimeOffset now = time.GetUtcNow();
        SyncConfig config = workspace.Sync.Config.Sync;
        bool due = timetable.IsDue(config, seen, now);
        seen = now;
        if (due || (first && config.OnStart))
        {
            await workspace.Sync.RunAsync(first ? "start" : "schedule", ct);
            if (timetable.Failures > 0)
            {
                log.LogWarning(
                    "{Failures} scheduled syncs failed in a row: the next one begins in {Minutes} min at the earliest", timetable.Failures, Math.Ceiling(timetable.PutOff.TotalMinutes));
            }
        }
    }

    // A new day moves every window; an edited file under config/ changes figures without a sync.
    private void ShowChanges()
    {
        string now = ConfigStamps();
        bool edited = now != stamps;
        stamps = now;
        SyncConfig config = workspace.Sync.Config.Sync;
        DateOnly today = CalendarDay.Of(time.GetUtcNow(), config.ResolveZone(time));
        if (edited || workspace.Current?.Today != today)
        {
            workspace.Refresh();
        }
    }

    private TimeSpan SleepUntilNext()
    {
        TimeSpan untilNext = timetable.Next(workspace.Sync.Config.Sync) is { } next ? next - time.GetUtcNow() : LongestSleep;
        return untilNext < LongestSleep ? untilNext : LongestSleep;
    }

    private string ConfigStamps() => string.Join('|', ((string[])[DataFiles.Alerts, DataFiles.Sync, DataFiles.Sources, DataFiles.Budget, DataFiles.Projects])
        .Select(f => new FileInfo(workspace.Directory.PathOf(f)))
        .Select(f => f.Exists ? $"{f.LastWriteTimeUtc.Ticks}-{f.Length}" : "-"));
}
