using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Pages.Quality;

/// <summary>The columns of the quality table and how each orders it: by default the worst first. What is not measured stands last either way.</summary>
public static class QualityOrder
{
    private static readonly string[] Ratings = [TechDebt.High, TechDebt.Medium, TechDebt.Low];

    /// <summary>One column.</summary>
    /// <param name="Title">Head.</param>
    /// <param name="Key">Name in the address.</param>
    /// <param name="IsNumber">Right aligned.</param>
    /// <param name="HasTrend">Followed by a column of its own for the trend.</param>
    /// <param name="Descends">Highest first.</param>
    /// <param name="Value">What is compared.</param>
    public sealed record Column(string Title, string Key, bool IsNumber, bool HasTrend, bool Descends, Func<ProjectSummary, IComparable?> Value);

    /// <summary>All columns, left to right.</summary>
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("Project", "name", false, false, false, p => p.Name.ToUpperInvariant()),
        new("Coverage", "coverage", true, true, false, p => p.Quality.Coverage),
        new("Lighthouse", "lighthouse", true, true, false, p => p.Quality.LighthouseScore),
        new("Open issues", "issues", true, true, true, p => p.Quality.OpenIssues),
        new("Tests", "tests", true, false, true, p => p.Quality.Tests?.Failed),
        new("Tech debt", "debt", false, false, false, p => Array.IndexOf(Ratings, p.Quality.Debt) is >= 0 and int at ? at : null),
        new("Lines", "code", true, false, true, p => p.Quality.Code?.Lines),
        new("Measured", "measured", false, false, false, p => p.Quality.MeasuredAt),
    ];

    /// <summary>What <c>?sort=</c> names: a column's key, with <c>-</c> before it for the other direction. Coverage for anything else.</summary>
    public static (Column Column, bool Descends) Find(string? sort)
    {
        bool turned = sort?.StartsWith('-') == true;
        string? key = turned ? sort![1..] : sort;
        return Columns.FirstOrDefault(c => c.Key == key) is { } column ? (column, column.Descends != turned) : (Columns[1], false);
    }

    /// <summary>What a click on a column's head asks for: that column, or the other direction of it.</summary>
    public static string Next(Column column, string? sort)
    {
        (Column current, bool descends) = Find(sort);
        return current == column && descends == column.Descends ? "-" + column.Key : column.Key;
    }

    /// <summary>The projects in that order, then by name.</summary>
    public static List<ProjectSummary> Apply(string? sort, IEnumerable<ProjectSummary> projects)
    {
        (Column column, bool descends) = Find(sort);
        IOrderedEnumerable<ProjectSummary> known = projects.OrderBy(p => column.Value(p) is null);
        known = descends ? known.ThenByDescending(column.Value) : known.ThenBy(column.Value);
        return [.. known.ThenBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];
    }
}
