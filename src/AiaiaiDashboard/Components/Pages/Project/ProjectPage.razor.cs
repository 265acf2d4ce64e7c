using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Pages.Project;

/// <summary>One project: facts, spend, models, limit, sessions, plan, commits, health, alerts, timeline. Each card is a component of its own. An id that does not exist answers 404.</summary>
public sealed partial class ProjectPage
{
    private ScopeFigures figures = new();
    private bool editing;
    private bool merging;
    private string? opened;

    /// <summary>Id from the address.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <inheritdoc/>
    protected override ProjectSummary? Project => Snapshot.Project(Id);

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Id != opened)
        {
            (opened, editing, merging) = (Id, false, false);
        }

        Read();
    }

    /// <inheritdoc/>
    protected override void OnSnapshotChanged() => Read();

    private static string Summary(ProjectSummary project) => (project.Client.Length, project.Description.Length) switch
    {
        (0, 0) => project.Path ?? "",
        (0, _) => project.Description,
        (_, 0) => project.Client + ".",
        _ => $"{project.Client}. {project.Description}",
    };

    private void Read()
    {
        if (Snapshot.IsLoaded && Project is null && !NoProjects.AreUnread(Snapshot))
        {
            Navigation.NotFound();
            return;
        }

        figures = Snapshot.Scope(Id);
    }
}
