using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.History;

/// <summary>A row of a daily snapshot: what was known of a project on a day. Key: both members.</summary>
public interface ISnapshotRow
{
    /// <summary>The day, <c>YYYY-MM-DD</c>.</summary>
    string Date { get; }

    /// <summary>Project id.</summary>
    string Project { get; }
}

/// <summary>A row of history/projects-YYYY-MM.jsonl.</summary>
public sealed record ProjectSnapshot : ISnapshotRow
{
    /// <inheritdoc/>
    public required string Date { get; init; }

    /// <inheritdoc/>
    public required string Project { get; init; }

    /// <summary>active, paused or completed.</summary>
    public required string Status { get; init; }

    /// <summary>0 to 100; null when nothing tells it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Progress { get; init; }

    /// <summary>Tasks in all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TasksTotal { get; init; }

    /// <summary>Tasks done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TasksDone { get; init; }

    /// <summary>Day of the last commit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastCommit { get; init; }

    /// <summary>The row of a day.</summary>
    public static ProjectSnapshot Of(ProjectRecord project, DateOnly day) => new()
    {
        Date = SnapshotRows.Day(day),
        Project = project.Id,
        Status = project.EffectiveStatus,
        Progress = project.Progress,
        TasksTotal = project.TasksTotal,
        TasksDone = project.TasksDone,
        LastCommit = project.LastCommitDay is { } commit ? SnapshotRows.Day(commit) : null,
    };
}

/// <summary>A row of history/quality-YYYY-MM.jsonl. What was not measured is null, never 0.</summary>
public sealed record QualitySnapshot : ISnapshotRow
{
    /// <inheritdoc/>
    public required string Date { get; init; }

    /// <inheritdoc/>
    public required string Project { get; init; }

    /// <summary>Day of the measurement, as it stands in quality.json.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Measured { get; init; }

    /// <summary>Test coverage.</summary>
    public TestCoverage? TestCoverage { get; init; }

    /// <summary>Lighthouse performance score, 0 to 100.</summary>
    public decimal? LighthouseScore { get; init; }

    /// <summary>Open issues.</summary>
    public int? OpenIssues { get; init; }

    /// <summary>none, low, medium or high.</summary>
    public string? TechDebt { get; init; }

    /// <summary>Tests that passed in the newest run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TestsPassed { get; init; }

    /// <summary>Tests that failed in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TestsFailed { get; init; }

    /// <summary>Tests that did not run in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TestsSkipped { get; init; }

    /// <summary>Lines of source code that are not blank.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? CodeLines { get; init; }

    /// <summary>The row of a day.</summary>
    public static QualitySnapshot Of(QualityRecord quality, DateOnly day) => new()
    {
        Date = SnapshotRows.Day(day),
        Project = quality.Project,
        Measured = quality.Date,
        TestCoverage = quality.TestCoverage is { } coverage ? coverage with { Extra = null } : null,
        LighthouseScore = quality.LighthouseScore,
        OpenIssues = quality.OpenIssues,
        TechDebt = quality.TechDebt,
        TestsPassed = quality.Tests?.Passed,
        TestsFailed = quality.Tests?.Failed,
        TestsSkipped = quality.Tests?.Skipped,
        CodeLines = quality.Code?.Lines,
    };
}

/// <summary>The daily snapshots and how they are written.</summary>
public static class SnapshotRows
{
    /// <summary>history/projects-YYYY-MM.jsonl.</summary>
    public static DailySnapshots<ProjectSnapshot> Projects(DataDirectory directory) =>
        new(directory, "projects", DocumentJson.TypeInfo<ProjectSnapshot>(SnapshotJson.Default));

    /// <summary>history/quality-YYYY-MM.jsonl.</summary>
    public static DailySnapshots<QualitySnapshot> Quality(DataDirectory directory) =>
        new(directory, "quality", DocumentJson.TypeInfo<QualitySnapshot>(SnapshotJson.Default));

    internal static JsonTypeInfo<QualitySnapshot> QualityJson => DocumentJson.TypeInfo<QualitySnapshot>(SnapshotJson.Default);

    internal static string Day(DateOnly day) => IsoDay.Text(day);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProjectSnapshot))]
[JsonSerializable(typeof(QualitySnapshot))]
internal sealed partial class SnapshotJson : JsonSerializerContext;
