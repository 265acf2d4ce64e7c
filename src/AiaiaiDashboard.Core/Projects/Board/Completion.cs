namespace AiaiaiDashboard.Core.Projects.Board;

/// <summary>
/// The one rule of status and progress: completing a project sets its progress to 100 %; taking it back restores the progress it had, unless
/// somebody typed another one meanwhile.
/// </summary>
public static class Completion
{
    private const decimal Done = 100;

    /// <summary>The project with another status.</summary>
    public static ProjectRecord WithStatus(ProjectRecord project, string status)
    {
        bool was = project.EffectiveStatus == ProjectStatus.Completed;
        bool becomes = status == ProjectStatus.Completed;
        if (!was && becomes)
        {
            return project with
            {
                Status = status,
                Progress = Done,
                BeforeCompletion = project.Progress == Done ? null : new RememberedProgress(project.Progress),
            };
        }

        if (was && !becomes && project.BeforeCompletion is { } before)
        {
            return project with { Status = status, Progress = project.Progress == Done ? before.Progress : project.Progress, BeforeCompletion = null };
        }

        return project.EffectiveStatus == status ? project : project with { Status = status };
    }
}
