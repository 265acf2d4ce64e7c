using AiaiaiDashboard.Core.Sync.Scheduling;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.Sync.Watching;

/// <summary>
/// One folder that is watched whatever becomes of it: it may be missing, come, go and come back. Where the system cannot watch it, or loses
/// events, it is looked through at intervals instead, and watching is tried again later. Somebody calls <see cref="Look"/> about once a second;
/// not thread-safe.
/// </summary>
/// <param name="path">The folder.</param>
/// <param name="files">Which files matter.</param>
/// <param name="changed">Called for every change that matters, on any thread; must be quick.</param>
/// <param name="create">Makes the system's watch.</param>
/// <param name="time">Clock.</param>
/// <param name="log">Told when watching fails and when it works again.</param>
public sealed class WatchedFolder(string path, WatchedFiles files, Action changed, FolderWatchFactory create, TimeProvider time, ILogger log) : IDisposable
{
    /// <summary>Least time between two looks through a folder that cannot be watched.</summary>
    public static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromHours(1);

    // A look through a large tree may take at most this share of the time.
    private const int PollShare = 20;

    private IDisposable? watch;
    private volatile Exception? fault;
    private (ulong Device, ulong Inode)? identity;
    private ulong? fingerprint;
    private long watchedSince;
    private readonly Pause untilRetry = new(time);
    private readonly Pause untilPoll = new(time);
    private int failures;
    private bool looked;

    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>Whether the system tells of changes; false where the folder is missing or looked through at intervals.</summary>
    public bool IsWatched => watch is not null && fault is null;

    /// <summary>Follows what has become of the folder.</summary>
    public void Look()
    {
        (ulong, ulong)? now = Directory.Exists(path) ? IdentityOf(path) : null;
        bool replaced = now != identity;
        if (replaced)
        {
            // A watch follows the folder it was made for, not the one that now bears its name.
            Drop();
            failures = 0;
            untilRetry.End();
        }

        identity = now;
        if (now is not null)
        {
            LookAtExisting();
        }

        if (replaced && looked)
        {
            changed();
        }

        looked = true;
    }

    /// <inheritdoc/>
    public void Dispose() => Drop();

    private void LookAtExisting()
    {
        if (fault is { } reason)
        {
            NoteFault(reason);
        }

        if (watch is null && untilRetry.IsOver)
        {
            TryWatch();
        }

        if (watch is null && untilPoll.IsOver)
        {
            Poll();
        }
    }

    private void TryWatch()
    {
        try
        {
            fault = null;
            watch = create(path, files.WithSubfolders, OnChanged, OnFailed);
            watchedSince = time.GetTimestamp();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or PlatformNotSupportedException)
        {
            NoteFault(exception);
            return;
        }

        if (failures > 0)
        {
            log.LogInformation("{Folder} is watched again", path);
            // Whatever changed since the last look through it was not told.
            changed();
        }

        fingerprint = null;
    }

    private void NoteFault(Exception reason)
    {
        // One that worked for long is not the same trouble again.
        failures = watch is not null && time.GetElapsedTime(watchedSince) > LongestRetry ? 1 : Math.Min(failures + 1, 16);
        Drop();
        TimeSpan wait = Pause.After(failures, FirstRetry, LongestRetry);
        untilRetry.Begin(wait);
        log.LogWarning(
            "{Folder} cannot be watched ({Reason}) and is looked through every {Seconds} s; watching is tried again in {Minutes} min",
            path, reason.Message, PollInterval.TotalSeconds, wait.TotalMinutes);
    }

    private void Poll()
    {
        long started = time.GetTimestamp();
        ulong now = files.Fingerprint(path);
        TimeSpan pause = time.GetElapsedTime(started) * PollShare;
        untilPoll.Begin(pause > PollInterval ? pause : PollInterval);
        bool differs = fingerprint is { } before && before != now;
        fingerprint = now;
        if (differs)
        {
            changed();
        }
    }

    private void Drop()
    {
        watch?.Dispose();
        watch = null;
        fault = null;
        fingerprint = null;
        untilPoll.End();
    }

    private void OnChanged(string where)
    {
        if (files.Concern(where))
        {
            changed();
        }
    }

    private void OnFailed(Exception exception)
    {
        fault = exception;
        changed();
    }

    private static (ulong Device, ulong Inode) IdentityOf(string folder) =>
        FileIdentity.TryRead(folder, out FileIdentity found) ? (found.Device, found.Inode) : default;
}
