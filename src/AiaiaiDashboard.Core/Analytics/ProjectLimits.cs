using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>Limits that a person typed under a project's name instead of its id.</summary>
public static class ProjectLimits
{
    /// <summary>The configuration with every limit keyed by project id. A key that is neither an id nor a name stays as it is.</summary>
    /// <param name="alerts">As read.</param>
    /// <param name="projects">Ids and display names.</param>
    public static AlertsConfig ById(AlertsConfig alerts, IEnumerable<(string Id, string Name)> projects)
    {
        if (alerts.PerProjectLimits.Count == 0)
        {
            return alerts;
        }

        (string Id, string Name)[] known = [.. projects];
        HashSet<string> ids = [.. known.Select(p => p.Id)];
        var byId = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach ((string key, decimal limit) in alerts.PerProjectLimits.OrderBy(l => ids.Contains(l.Key)))
        {
            // Ids come last and so win over a name that means the same project.
            string? named = ids.Contains(key) ? null : known.FirstOrDefault(p => string.Equals(p.Name, key, StringComparison.OrdinalIgnoreCase)).Id;
            byId[named ?? key] = limit;
        }

        return alerts with { PerProjectLimits = byId };
    }
}
