namespace AiaiaiDashboard.Core.Analytics;

/// <summary>
/// The figures of the projects of one read model, kept for the next: after an append only the projects whose rows changed are computed again. A project is named by its number
/// in the columns of the model. Thread-safe.
/// </summary>
internal sealed class ScopeMemo
{
    private readonly Lock gate = new();
    private readonly List<Known?> known = [];

    /// <summary>The figures of a project under a budget; null where they must be computed.</summary>
    public ScopeFigures? Find(int project, decimal? budget)
    {
        lock (gate)
        {
            return project < known.Count && known[project] is { } held && held.Budget == budget ? held.Figures : null;
        }
    }

    /// <summary>Keeps the figures of a project.</summary>
    public void Keep(int project, decimal? budget, ScopeFigures figures)
    {
        lock (gate)
        {
            while (known.Count <= project)
            {
                known.Add(null);
            }

            known[project] = new Known(budget, figures);
        }
    }

    /// <summary>What is left when rows of some projects changed.</summary>
    public ScopeMemo Without(IReadOnlySet<int> changed)
    {
        var left = new ScopeMemo();
        lock (gate)
        {
            for (int project = 0; project < known.Count; project++)
            {
                left.known.Add(changed.Contains(project) ? null : known[project]);
            }
        }

        return left;
    }

    private sealed record Known(decimal? Budget, ScopeFigures Figures);
}
