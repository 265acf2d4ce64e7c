using System.Collections.Concurrent;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>
/// The figures of the projects of one read model, kept for the next: after an append only the projects whose rows changed are computed again. A project is named by its number
/// in the columns of the model. Thread-safe.
/// </summary>
internal sealed class ScopeMemo
{
    private readonly ConcurrentDictionary<int, (decimal? Budget, ScopeFigures Figures)> known;

    /// <summary>Knows nothing.</summary>
    public ScopeMemo() => known = new();

    private ScopeMemo(IEnumerable<KeyValuePair<int, (decimal? Budget, ScopeFigures Figures)>> kept) => known = new(kept);

    /// <summary>The figures of a project under a budget; null where they must be computed.</summary>
    public ScopeFigures? Find(int project, decimal? budget) =>
        known.TryGetValue(project, out (decimal? Budget, ScopeFigures Figures) held) && held.Budget == budget ? held.Figures : null;

    /// <summary>Keeps the figures of a project.</summary>
    public void Keep(int project, decimal? budget, ScopeFigures figures) => known[project] = (budget, figures);

    /// <summary>What is left when rows of some projects changed.</summary>
    public ScopeMemo Without(IReadOnlySet<int> changed) => new(known.Where(k => !changed.Contains(k.Key)));
}
