namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// One step of a sync. A step keeps what it needs between runs in its own fields (one instance per workspace, never run twice at
/// once), honours the token, and throws for a failure: the manager turns an exception into the step's error and goes on.
/// </summary>
public interface ISyncStep
{
    /// <summary>One of <see cref="SyncStepNames"/>.</summary>
    string Name { get; }

    /// <summary>Does the work. Runs on a pool thread.</summary>
    /// <param name="context">Configuration, store and the results of earlier steps of this run.</param>
    /// <param name="ct">Cancelled at shutdown and at the step's time limit.</param>
    Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct);
}

/// <summary>Names of the steps, in the order they run.</summary>
public static class SyncStepNames
{
    /// <summary>Usage from transcripts, Admin API and manual entries into the ledger.</summary>
    public const string Tokens = "tokens";

    /// <summary>Facts of projects into projects.json.</summary>
    public const string Projects = "projects";

    /// <summary>Measurements into quality.json.</summary>
    public const string Quality = "quality";

    /// <summary>Figures into analytics.json.</summary>
    public const string Analytics = "analytics";

    /// <summary>Evaluation of thresholds.</summary>
    public const string Alerts = "alerts";

    /// <summary>All steps, in order.</summary>
    public static readonly IReadOnlyList<string> All = [Tokens, Projects, Quality, Analytics, Alerts];

    /// <summary>The steps of a usage-only sync, in order.</summary>
    public static readonly IReadOnlyList<string> UsageOnly = [Tokens, Analytics, Alerts];
}

/// <summary>What a step did.</summary>
/// <param name="Status">success, warning, error or skipped (<see cref="SyncOutcome"/>).</param>
/// <param name="Items">Things handled.</param>
/// <param name="Error">Reason of a warning, an error or a skip, and what to do.</param>
/// <param name="Sources">The sources it read.</param>
public sealed record SyncStepResult(string Status, long Items, string? Error = null, IReadOnlyList<SyncSourceStatus>? Sources = null);
