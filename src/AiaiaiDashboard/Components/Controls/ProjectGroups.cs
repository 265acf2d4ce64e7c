using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>Projects by status, in the order of the board's columns.</summary>
public static class ProjectGroups
{
    /// <summary>One group.</summary>
    /// <param name="Status">active, paused or completed.</param>
    /// <param name="Title">Its heading; null where all projects stand together.</param>
    /// <param name="Projects">Its projects, in the order they came.</param>
    public sealed record Group(string Status, string? Title, IReadOnlyList<ProjectSummary> Projects);

    /// <summary>The groups that are not empty. A project with no known status counts as active, as on the board.</summary>
    public static IReadOnlyList<Group> Of(IEnumerable<ProjectSummary> projects)
    {
        ILookup<string, ProjectSummary> byStatus = projects.ToLookup(p => ProjectStatus.All.Contains(p.Status) ? p.Status : ProjectStatus.Active, StringComparer.Ordinal);
        return [.. ProjectStatus.All.Where(byStatus.Contains).Select(s => new Group(s, Title(s), [.. byStatus[s]]))];
    }

    /// <summary>Name of a status where it heads something.</summary>
    public static string Title(string status) => status switch
    {
        ProjectStatus.Paused => "Paused",
        ProjectStatus.Completed => "Completed",
        _ => "Active",
    };
}
