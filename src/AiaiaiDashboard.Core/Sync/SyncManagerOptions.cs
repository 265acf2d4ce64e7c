using AiaiaiDashboard.Core.Sync.Scheduling;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>Limits of a sync and what a run tells.</summary>
public sealed record SyncManagerOptions
{
    /// <summary>A step that takes longer is cancelled and reported; null for the time limit of config/sync.json.</summary>
    public TimeSpan? StepTimeLimit { get; init; }

    /// <summary>How long a cancelled step may take to stop before the run goes on without it.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Progress is passed on at most once in this time.</summary>
    public TimeSpan ProgressInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The schedule, told of every run; null where none runs in this process.</summary>
    public SyncTimetable? Timetable { get; init; }

    /// <summary>
    /// Environment variables by name, where a full run may note what it depended on, so that <see cref="QuietSync"/> can tell that the next has nothing
    /// to do; null where the steps are not the real ones.
    /// </summary>
    public Func<string, string?>? Environment { get; init; }

    /// <summary>Called with the progress of the running sync, and with null when it has ended.</summary>
    public Action<SyncProgress?>? OnProgress { get; init; }

    /// <summary>Called after the results of a run were written, before its callers get the status.</summary>
    public Action<SyncContext, SyncStatus>? OnCompleted { get; init; }

    /// <summary>Called with a new context before the first step, to put in what earlier runs or the start already know.</summary>
    public Action<SyncContext>? OnStarting { get; init; }
}
