namespace AiaiaiDashboard.Core.Storage;

/// <summary>Names of the files of a data directory, relative to its root, with <c>/</c>. The format is specified in data/README.md.</summary>
public static class DataFiles
{
    /// <summary>Budget, thresholds, limits and channels; a person's.</summary>
    public const string Alerts = "config/alerts.json";

    /// <summary>Schedule, zone and retention; a person's.</summary>
    public const string Sync = "config/sync.json";

    /// <summary>Where projects and usage come from; a person's.</summary>
    public const string Sources = "config/sources.json";

    /// <summary>Limits of the board's columns; a person's.</summary>
    public const string Board = "config/board.json";

    /// <summary>Price overrides; a person's, optional.</summary>
    public const string Pricing = "config/pricing.json";

    /// <summary>Who may sign in and how; a person's, optional.</summary>
    public const string Security = "config/security.json";

    /// <summary>The original dashboard's budget; used only while <see cref="Alerts"/> does not exist.</summary>
    public const string Budget = "config/budget.json";

    /// <summary>The projects, written by the sync and the board.</summary>
    public const string Projects = "projects.json";

    /// <summary>Usage typed by hand; never written by the program.</summary>
    public const string Tokens = "tokens.json";

    /// <summary>Latest quality measurements per project.</summary>
    public const string Quality = "quality.json";

    /// <summary>Precomputed figures.</summary>
    public const string Analytics = "analytics.json";

    /// <summary>Fired, acknowledged and snoozed alerts.</summary>
    public const string AlertState = "alert-state.json";

    /// <summary>What the last look at the projects' directories found.</summary>
    public const string ProjectFacts = "cache/projects.json";

    /// <summary>What the last syncs did.</summary>
    public const string SyncStatus = "sync-status.json";

    /// <summary>Held by the one process that may write.</summary>
    public const string Lock = ".lock";

    /// <summary>The monthly log of a metric: <c>history/tokens-2026-11.jsonl</c>.</summary>
    /// <param name="metric">tokens, quality or projects.</param>
    /// <param name="month"><c>YYYY-MM</c>.</param>
    public static string History(string metric, string month) => $"history/{metric}-{month}.jsonl";

    /// <summary>Where the original dashboard keeps the same log: <c>history/tokens/tokens-2026-11.jsonl</c>. Read, never written.</summary>
    /// <param name="metric">tokens, quality or projects.</param>
    /// <param name="month"><c>YYYY-MM</c>.</param>
    public static string OriginalHistory(string metric, string month) => $"history/{metric}/{metric}-{month}.jsonl";
}
