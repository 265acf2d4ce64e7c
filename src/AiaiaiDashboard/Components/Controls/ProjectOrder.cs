using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>The columns of the projects table and how each orders it. What is not known stands last.</summary>
public static class ProjectOrder
{
    /// <summary>One column.</summary>
    /// <param name="Title">Head.</param>
    /// <param name="Key">Name in the address; null where it cannot be ordered by.</param>
    /// <param name="IsNumber">Right aligned.</param>
    /// <param name="Descends">Highest first.</param>
    /// <param name="Value">What is compared.</param>
    public sealed record Column(string Title, string? Key, bool IsNumber, bool Descends, Func<ProjectSummary, IComparable?> Value)
    {
        /// <summary>The projects in the order of this column, then by name.</summary>
        public List<ProjectSummary> Apply(IEnumerable<ProjectSummary> projects)
        {
            IOrderedEnumerable<ProjectSummary> known = projects.OrderBy(p => Value(p) is null);
            known = Descends ? known.ThenByDescending(Value) : known.ThenBy(Value);
            return [.. known.ThenBy(p => p.Name, StringComparer.OrdinalIgnoreCase)];
        }
    }

    /// <summary>All columns, left to right.</summary>
    public static IReadOnlyList<Column> Columns { get; } =
    [
        new("Project", "name", false, false, p => p.Name.ToUpperInvariant()),
        new("Status", "health", false, true, p => (int)ProjectHealths.Of(p)),
        new("Progress", "progress", false, true, p => p.Progress),
        new("Spend", "spend", true, true, p => p.MonthSpend),
        new("Last 14 days", null, false, false, _ => null),
        new("Limit used", "limit", true, true, p => p.LimitPercent),
        new("Coverage", "coverage", true, false, p => p.Coverage),
        new("Last commit", "commit", false, true, p => p.LastCommit),
        new("Deadline", "deadline", false, false, p => p.Deadline),
    ];

    /// <summary>The column of a key; the spend for anything else.</summary>
    public static Column Find(string? key) => Columns.FirstOrDefault(c => c.Key is not null && c.Key == key) ?? Columns[3];
}
