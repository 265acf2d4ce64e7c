using System.Globalization;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Projects.Git;
using AiaiaiDashboard.Core.Projects.GitHub;
using AiaiaiDashboard.Core.Projects.Planning;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.State;

/// <summary>Everything the pages show, at one moment. Immutable: a render reads one snapshot from beginning to end.</summary>
public sealed record DashboardSnapshot
{
    /// <summary>What is shown before anything was loaded.</summary>
    public static readonly DashboardSnapshot Empty = new();

    /// <summary>False only for <see cref="Empty"/>.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>True while sample data is shown.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The data directory that is shown.</summary>
    public string DataDirectory { get; init; } = "";

    /// <summary>Today in the configured zone, as of the last sync or day change.</summary>
    public DateOnly Today { get; init; }

    /// <summary>Budget, thresholds, limits in force.</summary>
    public AlertsConfig Alerts { get; init; } = new();

    /// <summary>Schedule and retention in force.</summary>
    public SyncConfig SyncSettings { get; init; } = new();

    /// <summary>Limits of the board's columns.</summary>
    public BoardConfig Board { get; init; } = new();

    /// <summary>Sources of projects and usage in force.</summary>
    public SourcesConfig Sources { get; init; } = new();

    /// <summary>Precomputed figures.</summary>
    public AnalyticsDocument Analytics { get; init; } = new();

    /// <summary>Alerts that are true, the worst first; also those that somebody acknowledged, snoozed or dismissed.</summary>
    public IReadOnlyList<ActiveAlert> ActiveAlerts { get; init; } = [];

    /// <summary>Those of them that still ask for attention, of the thresholds of one amount the highest.</summary>
    public IEnumerable<ActiveAlert> OpenAlerts => AlertFamily.Heads(ActiveAlerts).Where(a => a.IsOpen);

    /// <summary>What happened to alerts in the last 90 days, oldest first.</summary>
    public IReadOnlyList<AlertEvent> AlertLog { get; init; } = [];

    /// <summary>How the channels do.</summary>
    public IReadOnlyList<ChannelStatus> Channels { get; init; } = [];

    /// <summary>All projects that are shown, by month-to-date spend, then name.</summary>
    public IReadOnlyList<ProjectSummary> Projects { get; init; } = [];

    /// <summary>Projects that are in no list: archived, merged into another, or only known from usage. By name.</summary>
    public IReadOnlyList<HiddenProject> Hidden { get; init; } = [];

    /// <summary>Averages of quality over the projects.</summary>
    public QualitySummary Quality { get; init; } = new();

    /// <summary>The indexed ledger for custom ranges and long tables.</summary>
    public UsageReadModel Usage { get; init; } = UsageReadModel.Empty;

    /// <summary>Calls by version of Claude Code, for what their transcripts leave out.</summary>
    public TranscriptVersions Versions { get; init; } = new();

    /// <summary>What the Admin API's cost and Claude Code reports say; counted nowhere.</summary>
    public AdminReport AdminReport { get; init; } = new();

    /// <summary>How measurements moved in the last seven days.</summary>
    public IReadOnlyList<QualityMove> QualityMoves { get; init; } = [];

    /// <summary>Prices in force, for list prices and what the cache saves.</summary>
    public PriceTable Prices { get; init; } = PriceTable.BuiltIn;

    /// <summary>What the last sync did.</summary>
    public SyncStatus Status { get; init; } = new();

    /// <summary>Files that could not be read or are not valid; the last good state stays on screen.</summary>
    public IReadOnlyList<FileProblem> Problems { get; init; } = [];

    /// <summary>Where usage and projects were looked for, for the first-run page.</summary>
    public IReadOnlyList<SearchedPlace> Searched { get; init; } = [];

    /// <summary>True when there is neither a project nor usage: the first run with nothing to find.</summary>
    public bool HasNothing => IsLoaded && Projects.Count == 0 && Usage.RowCount == 0;

    /// <summary>What waits for a person, critical first. Derived, so that it never disagrees with the rest of the snapshot.</summary>
    public IReadOnlyList<AttentionItem> Attention => AttentionList.Of(this);

    /// <summary>The figures of one project, or of all when <paramref name="projectId"/> is null or unknown.</summary>
    public ScopeFigures Scope(string? projectId) =>
        projectId is not null && Analytics.Projects.TryGetValue(projectId, out ScopeFigures? scope) ? scope
        : projectId is not null && Projects.Any(p => p.Id == projectId) ? new ScopeFigures()
        : Analytics.Total;

    /// <summary>Quality of one project, or of all when <paramref name="projectId"/> is null or unknown.</summary>
    public QualitySummary QualityOf(string? projectId) => Project(projectId) is { } project ? QualityFigures.Summary([project.Quality], Today) : Quality;

    /// <summary>First day of the last month with spend, of one project or of all; null when there is none.</summary>
    public DateOnly? LastMonthWithSpend(string? projectId)
    {
        if (Project(projectId) is { } project)
        {
            return project.LastUsage is { } day ? new DateOnly(day.Year, day.Month, 1) : null;
        }

        MonthTotal? last = Analytics.Months.LastOrDefault(m => m.Cost > 0);
        return last is null ? null : DateOnly.ParseExact(last.Month + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>The project with this id, or null.</summary>
    public ProjectSummary? Project(string? id) => id is null ? null : Projects.FirstOrDefault(p => p.Id == id);

    /// <summary>Rank of a project in <see cref="Projects"/>, 0 first; one that is not in it comes last.</summary>
    public int RankOf(string id)
    {
        for (int i = 0; i < Projects.Count; i++)
        {
            if (Projects[i].Id == id)
            {
                return i;
            }
        }

        return int.MaxValue;
    }
}

/// <summary>A project that is in no list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="MergedInto">Id of the project it is part of; null where it is archived.</param>
public sealed record HiddenProject(string Id, string Name, string? MergedInto);

/// <summary>A place that was searched, and what was there.</summary>
/// <param name="What">Claude Code transcripts, project folders, ...</param>
/// <param name="Path">The path looked at.</param>
/// <param name="Result">"12 transcripts", "does not exist", ...</param>
/// <param name="Found">Whether anything was found there.</param>
public sealed record SearchedPlace(string What, string Path, string Result, bool Found);

/// <summary>One project as lists, cards and tables show it.</summary>
public sealed record ProjectSummary
{
    /// <summary>Stable id: part of URLs and of the ledger.</summary>
    public required string Id { get; init; }

    /// <summary>Display name.</summary>
    public required string Name { get; init; }

    /// <summary>Client; empty when unknown.</summary>
    public string Client { get; init; } = "";

    /// <summary>active, paused or completed.</summary>
    public string Status { get; init; } = "active";

    /// <summary>0 to 100; null when nothing tells it.</summary>
    public int? Progress { get; init; }

    /// <summary>Position on the board; null stands last.</summary>
    public decimal? Order { get; init; }

    /// <summary>Tasks in all; null when nothing tells it.</summary>
    public long? TasksTotal { get; init; }

    /// <summary>Tasks done.</summary>
    public long? TasksDone { get; init; }

    /// <summary>What its planning document says, as of the last sync; null without one.</summary>
    public Roadmap? Roadmap { get; init; }

    /// <summary>Checked-out branch; null when unknown or detached.</summary>
    public string? Branch { get; init; }

    /// <summary>Commits per day of the last 90 days, oldest first, today last; empty where the history was not read.</summary>
    public IReadOnlyList<int> CommitsPerDay { get; init; } = [];

    /// <summary>The newest commits, newest first.</summary>
    public IReadOnlyList<CommitFact> Commits { get; init; } = [];

    /// <summary>What GitHub says of it; null where its remote is not there.</summary>
    public GitHubFacts? GitHub { get; init; }

    /// <summary>Health from 0 to 100 with its reasons.</summary>
    public HealthScore Health { get; init; } = HealthScore.Full;

    /// <summary>Start (first commit, or edited by hand).</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Deadline set by a person.</summary>
    public DateOnly? Deadline { get; init; }

    /// <summary>What a person typed as the deadline, where that is no single day; null otherwise.</summary>
    public string? DeadlineNote { get; init; }

    /// <summary>What a person typed as the start, where that is no single day; null otherwise.</summary>
    public string? StartNote { get; init; }

    /// <summary>Days from today to the deadline, negative when overdue; null without a deadline.</summary>
    public int? DaysToDeadline { get; init; }

    /// <summary>Languages and frameworks.</summary>
    public IReadOnlyList<string> Stack { get; init; } = [];

    /// <summary>Day of the last commit.</summary>
    public DateOnly? LastCommit { get; init; }

    /// <summary>What projects.json has as the last commit, where that is no single day; null otherwise.</summary>
    public string? LastCommitNote { get; init; }

    /// <summary>One sentence from the manifest or typed by hand.</summary>
    public string Description { get; init; } = "";

    /// <summary>Repository or working directory; null when not known.</summary>
    public string? Path { get; init; }

    /// <summary>False when <see cref="Path"/> is no longer there: spend stays.</summary>
    public bool PathExists { get; init; }

    /// <summary>Why some facts are missing (bare repository, manifest that does not parse, ...).</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Month-to-date spend, USD.</summary>
    public decimal MonthSpend { get; init; }

    /// <summary>Monthly limit, USD; null without one.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Spend in percent of the limit; null without a limit.</summary>
    public decimal? LimitPercent { get; init; }

    /// <summary>Cost per day over the last 14 dates, oldest first.</summary>
    public IReadOnlyList<decimal> Last14Days { get; init; } = [];

    /// <summary>Last day with usage; null when there is none.</summary>
    public DateOnly? LastUsage { get; init; }

    /// <summary>Overall coverage in percent; null when not measured.</summary>
    public decimal? Coverage { get; init; }

    /// <summary>Open issues: remarks in the source code; null when not measured.</summary>
    public int? OpenIssues { get; init; }

    /// <summary>low, medium or high; none or null when not measured.</summary>
    public string? TechDebt { get; init; }

    /// <summary>Everything that was measured of its quality, with trend and sources.</summary>
    public ProjectQuality Quality { get; init; } = ProjectQuality.NotMeasured;
}
