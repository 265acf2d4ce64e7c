namespace AiaiaiDashboard.Core.Projects;

/// <summary>Projects that a person merged into others: usage recorded under their ids counts for the project they are part of.</summary>
public static class ProjectOwners
{
    /// <summary>Longest chain of merges that is followed; a circle ends there.</summary>
    private const int MaxChain = 32;

    /// <summary>Merged id to the id it belongs to in the end; empty where nothing is merged. A target that does not exist merges nothing.</summary>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyCollection<ProjectRecord> projects)
    {
        var next = projects.Where(p => !string.IsNullOrEmpty(p.MergedInto) && p.MergedInto != p.Id)
            .ToDictionary(p => p.Id, p => p.MergedInto!, StringComparer.Ordinal);
        if (next.Count == 0)
        {
            return next;
        }

        HashSet<string> ids = [.. projects.Select(p => p.Id)];
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string id in next.Keys)
        {
            string at = id;
            for (int i = 0; i < MaxChain && next.TryGetValue(at, out string? target) && ids.Contains(target); i++)
            {
                at = target;
            }

            if (at != id && !next.ContainsKey(at))
            {
                owners[id] = at;
            }
        }

        return owners;
    }
}
