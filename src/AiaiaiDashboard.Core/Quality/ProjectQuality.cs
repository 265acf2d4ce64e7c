namespace AiaiaiDashboard.Core.Quality;

/// <summary>The quality of one project as pages show it; null means not measured, never zero.</summary>
public sealed record ProjectQuality
{
    /// <summary>A project of which nothing is known.</summary>
    public static readonly ProjectQuality NotMeasured = new();

    /// <summary>Overall coverage in percent.</summary>
    public decimal? Coverage { get; init; }

    /// <summary>Coverage of what runs in the browser, percent.</summary>
    public decimal? FrontendCoverage { get; init; }

    /// <summary>Coverage of what runs on the server, percent.</summary>
    public decimal? BackendCoverage { get; init; }

    /// <summary>Lines that could be covered.</summary>
    public long? CoverageLines { get; init; }

    /// <summary>Lighthouse performance score, 0 to 100.</summary>
    public decimal? LighthouseScore { get; init; }

    /// <summary>All Lighthouse scores.</summary>
    public LighthouseScores? Lighthouse { get; init; }

    /// <summary>Open issues: remarks in the source code.</summary>
    public int? OpenIssues { get; init; }

    /// <summary>Source code and what the issues are made of.</summary>
    public CodeCounts? Code { get; init; }

    /// <summary>One of <see cref="Quality.TechDebt"/>; none means not measured.</summary>
    public string Debt { get; init; } = TechDebt.None;

    /// <summary>Results of the newest test run.</summary>
    public TestResults? Tests { get; init; }

    /// <summary>Where the figures come from.</summary>
    public IReadOnlyList<QualitySource> Sources { get; init; } = [];

    /// <summary>What could not be read, and why.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>When the newest report was written; null without a report.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>Day stated for figures that came without a report, such as those the original dashboard entered; null otherwise.</summary>
    public DateOnly? StatedOn { get; init; }

    /// <summary>Kinds (<see cref="QualitySourceKind"/>) whose newest report is old, see <see cref="QualityFigures.IsStale"/>.</summary>
    public IReadOnlyList<string> StaleKinds { get; init; } = [];

    /// <summary>Daily values of the last year, oldest first.</summary>
    public IReadOnlyList<QualityPoint> History { get; init; } = [];

    /// <summary>Change of the coverage over a week, in points.</summary>
    public QualityChange? CoverageChange { get; init; }

    /// <summary>Change of the Lighthouse score over a week.</summary>
    public QualityChange? LighthouseChange { get; init; }

    /// <summary>Change of the open issues over a week.</summary>
    public QualityChange? IssuesChange { get; init; }

    /// <summary>Whether coverage fell by more than <see cref="QualityFigures.MaxDrop"/> points in that week.</summary>
    public bool HasDropped { get; init; }

    /// <summary>First day on which tests failed without passing since; null while none fails.</summary>
    public DateOnly? FailingSince { get; init; }

    /// <summary>Whether tests began to fail within the last week.</summary>
    public bool IsNewlyFailing { get; init; }

    /// <summary>Whether the coverage is below its threshold.</summary>
    public bool IsCoverageLow { get; init; }

    /// <summary>Whether the Lighthouse score is below its threshold.</summary>
    public bool IsLighthouseLow { get; init; }

    /// <summary>Whether there are more open issues than the threshold.</summary>
    public bool HasManyIssues { get; init; }

    /// <summary>Whether anything was measured.</summary>
    public bool IsMeasured => Coverage is not null || LighthouseScore is not null || OpenIssues is not null || Tests is not null;
}

/// <summary>How a value changed.</summary>
/// <param name="By">New minus old.</param>
/// <param name="Since">Day of the old value.</param>
public sealed record QualityChange(decimal By, DateOnly Since);

/// <summary>Quality over all projects; null means not measured, never zero.</summary>
public sealed record QualitySummary
{
    /// <summary>Average coverage in percent: weighted by lines where every measured project states its lines, else the mean.</summary>
    public decimal? AverageCoverage { get; init; }

    /// <summary>Whether it is weighted by lines.</summary>
    public bool IsWeighted { get; init; }

    /// <summary>Projects with coverage.</summary>
    public int CoveredProjects { get; init; }

    /// <summary>Projects with coverage below its threshold.</summary>
    public int LowCoverageProjects { get; init; }

    /// <summary>Average Lighthouse score.</summary>
    public decimal? AverageLighthouse { get; init; }

    /// <summary>Projects with a Lighthouse score.</summary>
    public int LighthouseProjects { get; init; }

    /// <summary>Open issues in all.</summary>
    public int? OpenIssues { get; init; }

    /// <summary>Failed tests in all.</summary>
    public long? FailedTests { get; init; }

    /// <summary>Tests in all.</summary>
    public long? Tests { get; init; }

    /// <summary>Projects with failed tests.</summary>
    public int FailingProjects { get; init; }

    /// <summary>Projects with at least one measurement.</summary>
    public int MeasuredProjects { get; init; }

    /// <summary>The same figures per day of the last year, oldest first, each project with what was last known of it.</summary>
    public IReadOnlyList<QualityPoint> History { get; init; } = [];
}
