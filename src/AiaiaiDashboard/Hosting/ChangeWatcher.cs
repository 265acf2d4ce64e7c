using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Sync.Scheduling;
using AiaiaiDashboard.Core.Sync.Watching;

namespace AiaiaiDashboard.Hosting;

/// <summary>
/// Follows the transcript folders, the configuration and the hand-edited documents of the user's own data: new usage is synced and edits are
/// shown within seconds. Everything it does the scheduler does too, later; so where it fails, it says so, waits longer and goes on. Ends only by cancellation.
/// </summary>
public sealed class ChangeWatcher(
    WorkspaceHost workspaces, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ChangeWatcher> log, FolderWatchFactory? create = null) : BackgroundService
{
    private static readonly TimeSpan LookWhileOff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(1);

    // Syncs of a session at work follow one another: at most a fifth of the time is theirs.
    private const int RestShare = 4;

    private readonly Workspace workspace = workspaces.Own;
    private readonly WatchedSources sources = new(workspaces.Own, time, log, create ?? FolderWatch.Create);
    private volatile Task<SyncStatus>? run;
    private long runStarted;
    private bool joined;
    private bool fullWanted;
    private bool fullRunning;
    private readonly Pause pause = new(time);
    private int failures;
    private (string Sources, string Others) stamps;

    /// <summary>Number of its present wait; 0 while it works or something has happened that it has not looked at. For tests, which let no time pass then.</summary>
    internal int Rest => run is not null && !workspace.Sync.IsRunning ? 0 : sources.Wait;

    /// <inheritdoc/>
    public override void Dispose()
    {
        sources.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        stamps = Stamps();
        int faults = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = Look(stoppingToken);
                faults = 0;
            }
            catch (ObjectDisposedException)
            {
                // Syncs are refused from the moment the program begins to stop.
                break;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                faults++;
                wait = Pause.After(faults, FirstBackOff, LongestBackOff);
                log.LogError(exception, "Watching for changes failed and goes on in {Seconds} s", wait.TotalSeconds);
            }

            await sources.WaitAsync(wait, stoppingToken);
        }

        sources.Dispose();
    }

    private async Task StartedAsync(CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (lifetime.ApplicationStarted.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), started))
        {
            await started.Task.WaitAsync(ct);
        }
    }

    /// <summary>One look; returns how long there is nothing to do unless something changes.</summary>
    private TimeSpan Look(CancellationToken ct)
    {
        TakeResult();
        if (!(workspace.Current?.SyncSettings ?? workspace.Sync.Config.Sync).Watch)
        {
            // The scheduler shows edited settings once a minute, and so this one being switched on again.
            sources.Dispose();
            return LookWhileOff;
        }

        sources.Look();
        if (sources.TakeConfiguration())
        {
            ShowConfiguration();
        }

        if (sources.TakeDocuments())
        {
            ShowDocuments();
        }

        if (run is null && pause.IsOver && (sources.TakeUsage() || fullWanted))
        {
            Start(ct);
        }

        return UntilNext();
    }

    private TimeSpan UntilNext()
    {
        TimeSpan wait = WatchedSources.LookInterval;
        wait = sources.ConfigurationRemaining is { } settings && settings < wait ? settings : wait;
        wait = sources.DocumentsRemaining is { } documents && documents < wait ? documents : wait;
        if (run is null && sources.UsageRemaining is { } usage)
        {
            TimeSpan rest = pause.Remaining;
            usage = usage > rest ? usage : rest;
            wait = usage < wait ? usage : wait;
        }

        // Timers of some systems end a little early: never turn round without a pause.
        return wait > TimeSpan.FromMilliseconds(10) ? wait : TimeSpan.FromMilliseconds(10);
    }

    // Budget and limits change what is shown, not what is known. The other files change what a sync finds.
    private void ShowConfiguration()
    {
        workspace.Refresh();
        (string Sources, string Others) before = stamps;
        stamps = Stamps();
        if (stamps.Sources != before.Sources)
        {
            fullWanted = true;
        }
        else if (stamps.Others != before.Others)
        {
            sources.NoteUsage();
        }

        // What was wrong may have been mended.
        failures = 0;
        pause.End();
    }

    // This program writes projects.json too, and shows it then: only what a page does not have yet counts. It never writes tokens.json.
    private void ShowDocuments()
    {
        workspace.ShowEditedProjects();
        if (Stamps().Others != stamps.Others)
        {
            ShowConfiguration();
        }
    }

    private void Start(CancellationToken ct)
    {
        // A run that is on may already have read what changed since.
        joined = workspace.Sync.IsRunning;
        runStarted = time.GetTimestamp();
        fullRunning = fullWanted;
        fullWanted = false;
        run = fullRunning ? workspace.Sync.RunAsync("watch", ct) : workspace.Sync.RunUsageOnlyAsync("watch", ct);
        _ = run.ContinueWith(_ => sources.Wake(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void TakeResult()
    {
        if (run is not { IsCompleted: true } ended)
        {
            return;
        }

        run = null;
        SyncStatus? status = ended.IsCompletedSuccessfully ? ended.Result : null;
        if (joined)
        {
            fullWanted |= fullRunning;
            sources.NoteUsage();
        }

        if (status is not null && !ReadNothing(status))
        {
            failures = 0;
            TimeSpan rest = joined ? TimeSpan.Zero : time.GetElapsedTime(runStarted) * RestShare;
            pause.Begin(rest < LongestRest ? rest : LongestRest);
            return;
        }

        failures++;
        TimeSpan wait = Pause.After(failures, FirstBackOff, LongestBackOff);
        pause.Begin(wait);
        log.LogWarning(
            ended.Exception?.InnerException,
            "{Failures} syncs after changes failed in a row: the next one begins in {Seconds} s at the earliest", failures, wait.TotalSeconds);
    }

    // A source that cannot be read does not hold the others back: only a sync that got nowhere counts as failed.
    private static bool ReadNothing(SyncStatus status) =>
        status.RecentRuns is [{ Status: SyncOutcome.Error }, ..]
        || status.Steps.Any(s => s is { Name: SyncStepNames.Tokens, Status: SyncOutcome.Error, Sources: null });

    private (string Sources, string Others) Stamps() => (Stamp(DataFiles.Sources), Stamp(DataFiles.Sync) + Stamp(DataFiles.Pricing) + Stamp(DataFiles.Tokens));

    private string Stamp(string file)
    {
        var info = new FileInfo(workspace.Directory.PathOf(file));
        return info.Exists ? FormattableString.Invariant($"{info.LastWriteTimeUtc.Ticks}-{info.Length};") : "-;";
    }
}
