using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>Projects by status, in the order of the board's columns.</summary>
public static class ProjectGroups
{
    /// <summary>One group.</summary>
    /// <param name="Status">active, paused or completed.</param>
    /// <param name="Title">Its heading; null where all projects stand together.</param>
    /// <param name="Projects">Its projects, in the order they came; the first of them where not all are shown.</param>
    /// <param name="All">How many there are.</param>
    public sealed record Group(string Status, string? Title, IReadOnlyList<ProjectSummary> Projects, int All);

    /// <summary>The groups of the first <paramref name="max"/> projects. A project with no known status counts as active, as on the board.</summary>
    public static IReadOnlyList<Group> Of(IEnumerable<ProjectSummary> projects, int max)
    {
        ILookup<string, ProjectSummary> byStatus = projects.ToLookup(p => ProjectStatus.All.Contains(p.Status) ? p.Status : ProjectStatus.Active, StringComparer.Ordinal);
        var groups = new List<Group>();
        foreach (string status in ProjectStatus.All)
        {
            IReadOnlyList<ProjectSummary> first = [.. byStatus[status].Take(max)];
            max -= first.Count;
            if (first.Count > 0)
            {
                groups.Add(new Group(status, Title(status), first, byStatus[status].Count()));
            }
        }

        return groups;
    }

    /// <summary>Name of a status where it heads something.</summary>
    public static string Title(string status) => status switch
    {
        ProjectStatus.Paused => "Paused",
        ProjectStatus.Completed => "Completed",
        _ => "Active",
    };
}
