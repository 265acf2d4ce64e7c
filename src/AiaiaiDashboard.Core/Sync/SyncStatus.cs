using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>Outcome words of steps and runs, as they stand in sync-status.json.</summary>
public static class SyncOutcome
{
    /// <summary>Nothing failed (a run is also a success with warnings).</summary>
    public const string Success = "success";

    /// <summary>A step did its work but has something to report.</summary>
    public const string Warning = "warning";

    /// <summary>A step failed; for a run: all steps failed, or it was cut off.</summary>
    public const string Error = "error";

    /// <summary>A step that is not configured.</summary>
    public const string Skipped = "skipped";

    /// <summary>A run of which some steps failed.</summary>
    public const string Partial = "partial";

    /// <summary>No sync has run yet.</summary>
    public const string Never = "never";
}

/// <summary>The document sync-status.json: what the last runs did.</summary>
public sealed record SyncStatus
{
    /// <summary>End of the last run, UTC; null before the first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? LastSync { get; init; }

    /// <summary>Outcome of the last run: success, partial, error or never.</summary>
    public string Status { get; init; } = SyncOutcome.Never;

    /// <summary>Duration of the last run in milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>Why the run failed; null when it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The steps of the last run, in order.</summary>
    public IReadOnlyList<SyncStepStatus> Steps { get; init; } = [];

    /// <summary>Next scheduled run, UTC; null when nothing is scheduled.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? NextSync { get; init; }

    /// <summary>Newest first, at most <see cref="MaxRecentRuns"/>.</summary>
    public IReadOnlyList<SyncRunSummary> RecentRuns { get; init; } = [];

    /// <summary>Stands here while a run is on; still standing at the next start, it tells of a run that was cut off.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SyncRunMark? Running { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>Bound of <see cref="RecentRuns"/>.</summary>
    public const int MaxRecentRuns = 100;
}

/// <summary>What one step of a run did.</summary>
public sealed record SyncStepStatus
{
    /// <summary>tokens, projects, quality, analytics or alerts.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="SyncOutcome"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>Things handled: rows, projects, ...</summary>
    public long Items { get; init; }

    /// <summary>Reason of a warning or an error, and what to do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>The sources the step read.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SyncSourceStatus>? Sources { get; init; }
}

/// <summary>What one source contributed to a step.</summary>
public sealed record SyncSourceStatus
{
    /// <summary>claude-code, anthropic-admin, manual, git, ...</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="SyncOutcome"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Things found: transcripts, entries, repositories.</summary>
    public long Items { get; init; }

    /// <summary>Where it looked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Paths { get; init; }

    /// <summary>Reason of a warning or an error.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>What is worth knowing about the source and no fault of it.</summary>
    public string? Note { get; init; }

    /// <summary>Single findings (file and line), at most <see cref="MaxDetails"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Details { get; init; }

    /// <summary>Bound of <see cref="Details"/>.</summary>
    public const int MaxDetails = 20;
}

/// <summary>One line of the run history.</summary>
public sealed record SyncRunSummary
{
    /// <summary>Start, UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Outcome of the run.</summary>
    public required string Status { get; init; }

    /// <summary>Milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>start, schedule, manual, api, cli or watch.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Trigger { get; init; }

    /// <summary>Why it failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>What its steps did, in order; null in lines of earlier versions.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SyncRunStep>? Steps { get; init; }

    /// <summary>
    /// The history with <paramref name="run"/> as its newest line, within <see cref="SyncStatus.MaxRecentRuns"/>. Of successful runs that followed
    /// changes one another only the newest is kept: a session at work makes one every few seconds.
    /// </summary>
    public static IReadOnlyList<SyncRunSummary> Prepend(SyncRunSummary run, IReadOnlyList<SyncRunSummary> earlier) =>
        [run, .. earlier.Skip(run.IsQuiet && earlier is [{ IsQuiet: true }, ..] ? 1 : 0).Take(SyncStatus.MaxRecentRuns - 1)];

    private bool IsQuiet => Trigger == "watch" && Status == SyncOutcome.Success;
}

/// <summary>One step of a run of the history.</summary>
public sealed record SyncRunStep
{
    /// <summary>Longest <see cref="Error"/>, in characters: a hundred runs may carry the same long reason.</summary>
    public const int MaxError = 300;

    /// <summary>One of <see cref="SyncStepNames"/>.</summary>
    public required string Name { get; init; }

    /// <summary>One of <see cref="SyncOutcome"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Milliseconds.</summary>
    public long DurationMs { get; init; }

    /// <summary>Things handled.</summary>
    public long Items { get; init; }

    /// <summary>Reason of a warning or an error.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <summary>What the history keeps of a step.</summary>
    public static SyncRunStep Of(SyncStepStatus step) => new()
    {
        Name = step.Name,
        Status = step.Status,
        DurationMs = step.DurationMs,
        Items = step.Items,
        Error = step.Status == SyncOutcome.Skipped ? null : step.Error is { Length: > MaxError } error ? $"{error[..(char.IsHighSurrogate(error[MaxError - 1]) ? MaxError - 1 : MaxError)]}..." : step.Error,
    };
}

/// <summary>A run that has begun.</summary>
/// <param name="StartedAt">Start, UTC.</param>
/// <param name="Trigger">What started it.</param>
/// <param name="Pid">The process that runs it.</param>
public sealed record SyncRunMark(DateTimeOffset StartedAt, string Trigger, int Pid);

/// <summary>Where a running sync is. Published at most ten times a second.</summary>
/// <param name="Step">Name of the step at work.</param>
/// <param name="StepNumber">1-based position of the step.</param>
/// <param name="StepCount">Number of steps of this run.</param>
/// <param name="Done">Units done in this step.</param>
/// <param name="Total">Units of this step; 0 when unknown.</param>
/// <param name="Unit">What the units are: transcripts, projects, bytes.</param>
/// <param name="StartedAt">Start of the run, UTC.</param>
public sealed record SyncProgress(string Step, int StepNumber, int StepCount, long Done, long Total, string Unit, DateTimeOffset StartedAt)
{
    /// <summary>Share of the run that is done, 0 to 1.</summary>
    public double Fraction
    {
        get
        {
            double inStep = Total > 0 ? Math.Clamp((double)Done / Total, 0, 1) : 0;
            return StepCount > 0 ? Math.Clamp((StepNumber - 1 + inStep) / Math.Max(StepCount, StepNumber), 0, 1) : 0;
        }
    }
}
