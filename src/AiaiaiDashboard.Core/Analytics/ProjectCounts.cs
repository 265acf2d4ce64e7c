using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>How many projects there are, in all and per status.</summary>
public sealed record ProjectCounts(int Active, int Paused, int Completed)
{
    /// <summary>All projects.</summary>
    public int All => Active + Paused + Completed;

    /// <summary>Counts a list; whatever is neither paused nor completed counts as active.</summary>
    public static ProjectCounts Of(IEnumerable<ProjectSummary> projects)
    {
        int active = 0, paused = 0, completed = 0;
        foreach (ProjectSummary project in projects)
        {
            _ = project.Status switch
            {
                "paused" => paused++,
                "completed" => completed++,
                _ => active++,
            };
        }

        return new ProjectCounts(active, paused, completed);
    }
}
