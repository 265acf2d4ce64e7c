using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>Quality in words, the same on every page.</summary>
public static class QualityWords
{
    /// <summary>Shown in place of a figure nobody measured.</summary>
    public const string NotMeasured = "Not measured";

    /// <summary>The debt rating.</summary>
    public static string Debt(string rating) => rating switch
    {
        TechDebt.Low => "Low",
        TechDebt.Medium => "Medium",
        TechDebt.High => "High",
        _ => NotMeasured,
    };

    /// <summary><c>412 pass</c>, <c>3 of 415 fail</c>, <c>No tests ran</c>.</summary>
    public static string Tests(TestResults? tests) => tests switch
    {
        null => NotMeasured,
        { Failed: > 0 } => $"{Format.Count(tests.Failed)} of {Format.Count(tests.Total)} fail",
        { Passed: > 0 } => $"{Format.Count(tests.Passed)} pass",
        _ => "No tests ran",
    };

    /// <summary>Everything a test run says, for the tooltip.</summary>
    public static string? TestsInFull(TestResults? tests) => tests is null ? null
        : $"{Format.Count(tests.Passed)} passed, {Format.Count(tests.Failed)} failed, {Format.Count(tests.Skipped)} skipped{(tests.DurationMs is { } duration ? $", {Format.Duration(duration)}" : "")}";

    /// <summary>A report kind as a heading.</summary>
    public static string Kind(string kind) => kind switch
    {
        QualitySourceKind.Coverage => "Coverage",
        QualitySourceKind.Lighthouse => "Lighthouse",
        QualitySourceKind.Tests => "Tests",
        QualitySourceKind.Code => "Source code",
        _ => kind,
    };

    /// <summary>What a coverage tile says to a reader who does not see it.</summary>
    public static string Coverage(ProjectSummary project) => project.Quality.Coverage is { } coverage
        ? $"Coverage of {project.Name}: {Format.Share(coverage)}{(project.Quality.CoverageChange is { } change ? $", {Points(change.By)} since {Format.IsoDay(change.Since)}" : "")}"
        : $"Coverage of {project.Name} is not measured";

    private static string Points(decimal by) => by switch
    {
        > 0 => $"up {by.ToString("0.0", Format.Culture)} points",
        < 0 => $"down {Math.Abs(by).ToString("0.0", Format.Culture)} points",
        _ => "unchanged",
    };
}
