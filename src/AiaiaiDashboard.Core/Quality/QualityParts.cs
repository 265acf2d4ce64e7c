using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Quality;

/// <summary>Scores of one Lighthouse report, whole numbers from 0 to 100; null where the report has none.</summary>
public sealed record LighthouseScores
{
    /// <summary>How fast the page is.</summary>
    public decimal? Performance { get; init; }

    /// <summary>Whether everybody can use it.</summary>
    public decimal? Accessibility { get; init; }

    /// <summary>Whether it is made as pages should be.</summary>
    public decimal? BestPractices { get; init; }

    /// <summary>Whether search engines can read it.</summary>
    public decimal? Seo { get; init; }
}

/// <summary>Results of a test run.</summary>
public sealed record TestResults
{
    /// <summary>Tests that passed.</summary>
    public long Passed { get; init; }

    /// <summary>Tests that failed or broke off.</summary>
    public long Failed { get; init; }

    /// <summary>Tests that did not run.</summary>
    public long Skipped { get; init; }

    /// <summary>Milliseconds the run took; null where the report does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? DurationMs { get; init; }

    /// <summary>Tests in all.</summary>
    [JsonIgnore]
    public long Total => Passed + Failed + Skipped;

    /// <summary>Both runs together.</summary>
    public TestResults Plus(TestResults? other) => other is null ? this : new()
    {
        Passed = Passed + other.Passed,
        Failed = Failed + other.Failed,
        Skipped = Skipped + other.Skipped,
        DurationMs = DurationMs is null && other.DurationMs is null ? null : (DurationMs ?? 0) + (other.DurationMs ?? 0),
    };
}

/// <summary>What the tracked source files of a repository hold.</summary>
public sealed record CodeCounts
{
    /// <summary>Source files.</summary>
    public int Files { get; init; }

    /// <summary>Lines that are not blank.</summary>
    public long Lines { get; init; }

    /// <summary>The same per language, most lines first.</summary>
    public IReadOnlyList<LanguageLines> Languages { get; init; } = [];

    /// <summary>Remarks that something is to be done.</summary>
    public long Todo { get; init; }

    /// <summary>Remarks that something is to be repaired.</summary>
    public long Fixme { get; init; }

    /// <summary>Remarks that something is makeshift.</summary>
    public long Hack { get; init; }

    /// <summary>Source files that were passed over: over 2 MB, or without content here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Unread { get; init; }

    /// <summary>Remarks in all: the open issues.</summary>
    [JsonIgnore]
    public int Issues => (int)Math.Min(int.MaxValue, Todo + Fixme + Hack);
}

/// <summary>Source code in one language.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Files">Source files.</param>
/// <param name="Lines">Lines that are not blank.</param>
public sealed record LanguageLines(string Name, int Files, long Lines);

/// <summary>Where a figure comes from.</summary>
public sealed record QualitySource
{
    /// <summary>One of <see cref="QualitySourceKind"/>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Path relative to the project, with <c>/</c>.</summary>
    public string File { get; init; } = "";

    /// <summary>Name of the format.</summary>
    public string Format { get; init; } = "";

    /// <summary>When the file was written, UTC, to the second; null where that is not known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>True where the file can no longer be read, or is gone: its figures are kept until they are measured again.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Kept { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; set; }
}

/// <summary>Kinds of sources, as they stand in quality.json.</summary>
public static class QualitySourceKind
{
    /// <summary>A coverage report.</summary>
    public const string Coverage = "coverage";

    /// <summary>A Lighthouse report.</summary>
    public const string Lighthouse = "lighthouse";

    /// <summary>A test report.</summary>
    public const string Tests = "tests";

    /// <summary>Git's index.</summary>
    public const string Code = "code";
}

/// <summary>The debt rating: what coverage and Lighthouse, where they were measured, say together.</summary>
public static class TechDebt
{
    /// <summary>Neither was measured.</summary>
    public const string None = "none";

    /// <summary>Everything measured is above 80.</summary>
    public const string Low = "low";

    /// <summary>Everything measured is above 50.</summary>
    public const string Medium = "medium";

    /// <summary>Something measured is 50 or less.</summary>
    public const string High = "high";

    /// <summary>The rating: the lower of the two decides.</summary>
    /// <param name="coverage">Overall coverage in percent.</param>
    /// <param name="lighthouse">Performance score.</param>
    public static string Of(decimal? coverage, decimal? lighthouse) => Math.Min(coverage ?? decimal.MaxValue, lighthouse ?? decimal.MaxValue) switch
    {
        decimal.MaxValue => None,
        > 80 => Low,
        > 50 => Medium,
        _ => High,
    };
}
