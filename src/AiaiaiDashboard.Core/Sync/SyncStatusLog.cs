using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>Keeps sync-status.json: says so when a run begins, so that a run cut off by the end of the process is told by the next one.</summary>
internal sealed class SyncStatusLog(DocumentStore store, TimeProvider time, ILogger log)
{
    private readonly Lock gate = new();
    private SyncStatus? current;

    /// <summary>The last status, read from disk at first use; never throws.</summary>
    public SyncStatus Current
    {
        get
        {
            lock (gate)
            {
                return current ??= ReadOrDefault();
            }
        }
    }

    /// <summary>Marks a run as begun. A mark found here belongs to a run that was cut off: it becomes a line of the history.</summary>
    public async Task BeginAsync(string trigger, DateTimeOffset startedAt, CancellationToken ct)
    {
        SyncStatus status = Adopt(Current) with { Running = new SyncRunMark(startedAt, trigger, Environment.ProcessId) };
        await SaveAsync(status, ct);
    }

    /// <summary>Writes the outcome of a run. A status that cannot be written is logged and still returned.</summary>
    public async Task<SyncStatus> EndAsync(SyncStatus status, CancellationToken ct)
    {
        try
        {
            await SaveAsync(status, ct);
            return status;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            log.LogError(exception, "{File} could not be written", DataFiles.SyncStatus);
            SyncStatus unsaved = status with { Error = Sentences.Join(status.Error, $"{DataFiles.SyncStatus} could not be written: {exception.Message}") };
            lock (gate)
            {
                current = unsaved;
            }

            return unsaved;
        }
    }

    private async Task SaveAsync(SyncStatus status, CancellationToken ct)
    {
        await store.WriteAsync(SyncDocuments.Status, status, ct);
        lock (gate)
        {
            current = status;
        }
    }

    private SyncStatus ReadOrDefault()
    {
        try
        {
            DocumentRead<SyncStatus> read = store.Read(SyncDocuments.Status);
            return Adopt(read.Value ?? new SyncStatus());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            log.LogWarning(exception, "{File} could not be read", DataFiles.SyncStatus);
            return new SyncStatus();
        }
    }

    private SyncStatus Adopt(SyncStatus status)
    {
        if (status.Running is not { } mark || IsAnotherLiveProcess(mark))
        {
            return status;
        }

        const string reason = "The program ended during this run. The next sync completes it.";
        long duration = Math.Max(0, (long)(time.GetUtcNow() - mark.StartedAt).TotalMilliseconds);
        return status with
        {
            Running = null,
            Status = SyncOutcome.Error,
            Error = reason,
            RecentRuns = SyncRunSummary.Prepend(
                new SyncRunSummary { StartedAt = mark.StartedAt, Status = SyncOutcome.Error, DurationMs = duration, Trigger = mark.Trigger, Error = reason },
                status.RecentRuns),
        };
    }

    // Someone who only reads the directory while its holder syncs must not take that run for a dead one.
    private bool IsAnotherLiveProcess(SyncRunMark mark) =>
        mark.Pid != Environment.ProcessId && DataDirectoryLock.ReadHolder(store.Directory) is { } holder && holder.Pid == mark.Pid;
}
