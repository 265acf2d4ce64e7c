using AiaiaiDashboard.Core.Storage;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// Runs syncs of one data directory, one at a time. Whoever asks while a run is on joins it; a full sync asked for during a
/// usage-only one follows it. A caller's token ends only that caller's waiting, never the run others wait for too.
/// </summary>
public sealed class SyncManager : IAsyncDisposable
{
    private readonly SyncRunner runner;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private ActiveRun? active;
    private ActiveRun? queued;
    private bool disposed;

    /// <summary>Creates the manager of a data directory.</summary>
    /// <param name="store">The directory's documents.</param>
    /// <param name="steps">All steps, in the order they run.</param>
    /// <param name="time">Clock of limits and durations.</param>
    /// <param name="log">Receives the course of runs.</param>
    /// <param name="options">Limits and call-backs.</param>
    public SyncManager(DocumentStore store, IReadOnlyList<ISyncStep> steps, TimeProvider time, ILogger log, SyncManagerOptions? options = null)
    {
        options ??= new SyncManagerOptions();
        this.time = time;
        this.log = log;
        runner = new SyncRunner(store, steps, new SyncStatusLog(store, time, log), time, log, options);
    }

    /// <summary>Whether a run is on or about to begin.</summary>
    public bool IsRunning
    {
        get
        {
            lock (gate)
            {
                return active is not null;
            }
        }
    }

    /// <summary>Where the running sync is; null when none runs.</summary>
    public SyncProgress? Progress => runner.Progress;

    /// <summary>What the last run did, from memory once one has run or was read.</summary>
    public SyncStatus Status => runner.Status;

    /// <summary>Configuration as last loaded with what is good in it; null before the first load.</summary>
    public Settings.DashboardConfig Config => runner.LoadConfig();

    /// <summary>Runs all steps, or joins the run that is on.</summary>
    /// <param name="trigger">start, schedule, manual, api, cli or watch.</param>
    /// <param name="ct">Ends the waiting.</param>
    public Task<SyncStatus> RunAsync(string trigger, CancellationToken ct = default) => RunAsync(trigger, usageOnly: false, ct);

    /// <summary>Runs the steps that follow new usage (tokens, analytics, alerts), or joins the run that is on.</summary>
    /// <param name="trigger">See <see cref="RunAsync(string, CancellationToken)"/>.</param>
    /// <param name="ct">Ends the waiting.</param>
    public Task<SyncStatus> RunUsageOnlyAsync(string trigger, CancellationToken ct = default) => RunAsync(trigger, usageOnly: true, ct);

    /// <summary>Cancels the run that is on and waits for it, at most <paramref name="limit"/>. Later calls of Run are refused.</summary>
    public async Task StopAsync(TimeSpan limit)
    {
        Task? last;
        lock (gate)
        {
            disposed = true;
            last = queued?.Completion ?? active?.Completion;
        }

        await stopping.CancelAsync();
        if (last is not null)
        {
            await Task.WhenAny(last, Task.Delay(limit, time));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.FromSeconds(4));

    private Task<SyncStatus> RunAsync(string trigger, bool usageOnly, CancellationToken ct)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            ActiveRun run;
            if (active is null)
            {
                run = active = new ActiveRun(trigger, usageOnly);
                _ = Task.Run(() => DriveAsync(run), CancellationToken.None);
            }
            else if (usageOnly || !active.UsageOnly)
            {
                run = active;
            }
            else
            {
                run = queued ??= new ActiveRun(trigger, UsageOnly: false);
            }

            return run.Completion.WaitAsync(ct);
        }
    }

    private async Task DriveAsync(ActiveRun first)
    {
        for (ActiveRun? run = first; run is not null;)
        {
            SyncStatus? status = null;
            Exception? failure = null;
            try
            {
                status = await runner.RunAsync(run.Trigger, run.UsageOnly, stopping.Token);
            }
            catch (Exception exception)
            {
                // The runner reports failures in its status; what comes out of it is a fault of this program.
                log.LogError(exception, "The sync ended unexpectedly");
                failure = exception;
            }

            ActiveRun ended = run;
            lock (gate)
            {
                run = active = queued;
                queued = null;
            }

            // After the change above: whoever goes on from here and asks again starts a new run.
            ended.Complete(status, failure);
        }
    }

    private sealed record ActiveRun(string Trigger, bool UsageOnly)
    {
        private readonly TaskCompletionSource<SyncStatus> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<SyncStatus> Completion => source.Task;

        public void Complete(SyncStatus? status, Exception? failure)
        {
            if (status is not null)
            {
                source.TrySetResult(status);
            }
            else
            {
                source.TrySetException(failure ?? new InvalidOperationException("The sync ended without a status."));
            }
        }
    }
}
