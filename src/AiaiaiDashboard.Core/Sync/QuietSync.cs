using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// A sync that finds, by looking at the file system alone, that nothing it depends on changed since the last one: it changes nothing but the time of
/// the last sync. Everything a full sync would load stays unloaded, so that a command costs little more than the start of its process. Where nothing but
/// transcripts changed, <see cref="AppendSync"/> takes over.
/// </summary>
public sealed class QuietSync
{
    private readonly DataDirectory directory;
    private readonly TimeProvider time;
    private readonly DateTimeOffset started;
    private readonly long timestamp;
    private readonly SyncStamp stamp;
    private readonly Task<TranscriptFiles> looking;

    private QuietSync(DataDirectory directory, TimeProvider time, SyncStamp stamp)
    {
        (this.directory, this.time, this.stamp) = (directory, time, stamp);
        (started, timestamp) = (time.GetUtcNow(), time.GetTimestamp());
        looking = Beside.Run(() => Find(stamp.Roots));
    }

    /// <summary>
    /// Begins to look at the transcripts, which takes the most time: on another core, beside everything else there is to read and make ready. Nobody has
    /// to hold the lock of the data directory yet: who syncs meanwhile leaves cursors that do not match what was seen here.
    /// </summary>
    /// <param name="directory">Data directory.</param>
    /// <param name="time">Clock.</param>
    /// <returns>Null when a full sync is due.</returns>
    public static QuietSync? Begin(DataDirectory directory, TimeProvider time) =>
        SyncStamp.Load(directory) is { } stamp ? new QuietSync(directory, time, stamp) : null;

    /// <summary>Does the rest where it can be told that a full sync would do no more. This process holds the lock of the data directory.</summary>
    /// <param name="environment">Environment variables by name.</param>
    /// <param name="meanwhile">What the caller has to make ready, while there is nothing to do but wait; null for nothing.</param>
    /// <returns>The document sync-status.json as it was written; null when a full sync is due, whatever was written until then.</returns>
    public (SyncStatus Status, byte[] Document)? Run(Func<string, string?> environment, Action? meanwhile = null)
    {
        try
        {
            if (!stamp.Holds(directory, environment, time) || new IngestCache(directory).LoadState() is not { } state)
            {
                return null;
            }

            string path = directory.PathOf(DataFiles.SyncStatus);
            if (StatusRewrite.Of(File.ReadAllBytes(path)) is not { } status)
            {
                return null;
            }

            meanwhile?.Invoke();
            using AppendSync? early = HasLatestChanged(state) ? AppendSync.Begin(directory, stamp, state, time) : null;
            TranscriptFiles found = looking.GetAwaiter().GetResult();
            if (found.Problems.Count > 0 || found.RootErrors.Count > 0)
            {
                return null;
            }

            bool changed = early is not null || !AreRead(found, state);
            using AppendSync? append = changed && early is null ? AppendSync.Begin(directory, stamp, state, time) : null;
            SyncStamp? renewed = changed ? (early ?? append)?.Run(found, status) : stamp;
            if (renewed is null)
            {
                return null;
            }

            long duration = (long)time.GetElapsedTime(timestamp).TotalMilliseconds;
            byte[] document = status.Write(started, time.GetUtcNow(), duration, changed ? found.Files.Count : null);
            AtomicFile.Replace(PhysicalFileSystem.Instance, path, output => output.Write(document));
            if (changed)
            {
                // Last: where this was not reached, the next sync is a full one.
                renewed.Save(directory);
            }

            return (new SyncStatus { Status = SyncOutcome.Success, DurationMs = duration, Steps = status.Steps }, document);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Whether the session that was at work last went on: most often it did where anything did, and it takes one look.</summary>
    private static bool HasLatestChanged(IngestState state)
    {
        TranscriptCursor? latest = null;
        foreach (TranscriptCursor cursor in state.Cursors.Values)
        {
            latest = latest is null || cursor.ModifiedTicks > latest.ModifiedTicks ? cursor : latest;
        }

        return latest is not null && FileIdentity.TryRead(latest.RealPath, out FileIdentity now) && !latest.IsUnchanged(now);
    }

    private static TranscriptFiles Find(List<TranscriptRoot> roots)
    {
        var found = new TranscriptFiles();
        foreach (TranscriptRoot root in roots)
        {
            if (root.Projects is not null)
            {
                found.TryAddRoot(root.Projects);
            }
        }

        return found;
    }

    /// <summary>Whether the transcripts are those the cursors tell of, to the last byte.</summary>
    private static bool AreRead(TranscriptFiles found, IngestState state)
    {
        if (found.Files.Count != state.Cursors.Count)
        {
            return false;
        }

        foreach (TranscriptFile file in found.Files)
        {
            if (!state.Cursors.TryGetValue(file.RealPath, out TranscriptCursor? cursor) || !cursor.IsUnchanged(file.Identity))
            {
                return false;
            }
        }

        return true;
    }
}
