namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>What was read from one report file.</summary>
/// <param name="Format">Name of the format, as people write it.</param>
internal sealed record Report(string Format)
{
    /// <summary>Coverage, in a coverage report.</summary>
    public CoverageData? Coverage { get; init; }

    /// <summary>Scores, in a Lighthouse report.</summary>
    public LighthouseScores? Lighthouse { get; init; }

    /// <summary>Results, in a test report.</summary>
    public TestResults? Tests { get; init; }

    /// <summary>What was tested, where the report says it: a later report of the same replaces this one.</summary>
    public string? TestedUnit { get; init; }

    /// <summary>What is to be said about it though it could be read.</summary>
    public string? Remark { get; init; }

    /// <summary>coverage, lighthouse or tests.</summary>
    public string Kind => Coverage is not null ? QualitySourceKind.Coverage : Lighthouse is not null ? QualitySourceKind.Lighthouse : QualitySourceKind.Tests;
}
