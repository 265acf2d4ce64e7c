using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.State;

/// <summary>What a snapshot is built from. Immutable.</summary>
public sealed record SnapshotParts
{
    /// <summary>Root of the data directory.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Whether it holds sample data.</summary>
    public bool IsDemo { get; init; }

    /// <summary>Configuration in force.</summary>
    public required DashboardConfig Config { get; init; }

    /// <summary>Zone of days and months.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Today in that zone.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>All projects, also hidden ones.</summary>
    public ProjectList Projects { get; init; } = [];

    /// <summary>What the last look at the directories found; null before the first.</summary>
    public ProjectScan? Scan { get; init; }

    /// <summary>The indexed ledger.</summary>
    public UsageReadModel Usage { get; init; } = UsageReadModel.Empty;

    /// <summary>Calls by version of Claude Code.</summary>
    public TranscriptVersions Versions { get; init; } = new();

    /// <summary>What the Admin API's cost and Claude Code reports say.</summary>
    public AdminReport AdminReport { get; init; } = new();

    /// <summary>Measurements.</summary>
    public QualityList Quality { get; init; } = [];

    /// <summary>Prices in force.</summary>
    public PriceTable Prices { get; init; } = PriceTable.BuiltIn;

    /// <summary>What was measured on earlier days.</summary>
    public QualityHistory QualityHistory { get; init; } = QualityHistory.Empty;

    /// <summary>What the last run did.</summary>
    public SyncStatus Status { get; init; } = new();

    /// <summary>Files that are not valid, besides those of the configuration.</summary>
    public IReadOnlyList<FileProblem> Problems { get; init; } = [];

    /// <summary>Places that were searched.</summary>
    public IReadOnlyList<SearchedPlace> Searched { get; init; } = [];
}
