using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Quality;

/// <summary>One row of quality.json: the latest measurements of a project (CONTRACT.md §2). What was not measured is null, never 0.</summary>
public sealed record QualityRecord
{
    /// <summary>Project id.</summary>
    public string Project { get; init; } = "";

    /// <summary>Day of the measurement, <c>YYYY-MM-DD</c>; as it stands in the file.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Date { get; init; }

    /// <summary>Test coverage.</summary>
    public TestCoverage? TestCoverage { get; init; }

    /// <summary>Lighthouse performance score, 0 to 100.</summary>
    public decimal? LighthouseScore { get; init; }

    /// <summary>All scores of that Lighthouse report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LighthouseScores? Lighthouse { get; init; }

    /// <summary>Open issues (TODO, FIXME, HACK).</summary>
    public int? OpenIssues { get; init; }

    /// <summary>One of <see cref="Quality.TechDebt"/>.</summary>
    public string? TechDebt { get; init; }

    /// <summary>Results of the newest test run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TestResults? Tests { get; init; }

    /// <summary>Source code and the remarks in it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CodeCounts? Code { get; init; }

    /// <summary>Where the figures come from, at most <see cref="MaxSources"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<QualitySource>? Sources { get; init; }

    /// <summary>What could not be read, and why: whole sentences that name the file; at most <see cref="MaxReasons"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>Bound of <see cref="Sources"/>.</summary>
    public const int MaxSources = 200;

    /// <summary>Bound of <see cref="Reasons"/>.</summary>
    public const int MaxReasons = 20;

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>Covered share of the lines in percent, 0 to 100.</summary>
public sealed record TestCoverage
{
    /// <summary>Code that runs in the browser.</summary>
    public decimal? Frontend { get; init; }

    /// <summary>Code that runs on the server.</summary>
    public decimal? Backend { get; init; }

    /// <summary>All code together.</summary>
    public decimal? Overall { get; init; }

    /// <summary>Lines that could be covered: the weight of <see cref="Overall"/> in averages. Null where the report states only a percentage.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Lines { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>The document quality.json. The original dashboard keeps several dates per project in it; the latest counts.</summary>
public sealed class QualityList : List<QualityRecord>
{
    /// <summary>An empty list.</summary>
    public QualityList()
    {
    }

    /// <summary>A list of these rows, in their order.</summary>
    public QualityList(IEnumerable<QualityRecord> rows)
        : base(rows)
    {
    }

    /// <summary>The latest row of a project, or null. Of rows with one date the last in the file counts.</summary>
    public QualityRecord? Latest(string project) =>
        this.Where(r => r is not null && r.Project == project).OrderBy(r => r.Date, StringComparer.Ordinal).LastOrDefault();
}
