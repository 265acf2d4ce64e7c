using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>The one word a project is described with; the worst that is true.</summary>
public enum ProjectHealth
{
    /// <summary>Active, within its limit and its deadline.</summary>
    Active,

    /// <summary>Set aside by a person.</summary>
    Paused,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Active, but without a commit or usage for more than <see cref="HealthScore.QuietDays"/> days.</summary>
    Stale,

    /// <summary>Not completed and past its deadline.</summary>
    Overdue,

    /// <summary>Spent more than its limit this month.</summary>
    OverLimit,
}

/// <summary>Derives <see cref="ProjectHealth"/> from a project's facts.</summary>
public static class ProjectHealths
{
    /// <summary>Over limit outranks overdue, and both outrank the status a person set; a completed project is never overdue.</summary>
    public static ProjectHealth Of(ProjectSummary project) => project switch
    {
        { LimitPercent: > BudgetLevels.Full } => ProjectHealth.OverLimit,
        { Status: "completed" } => ProjectHealth.Completed,
        { DaysToDeadline: < 0 } => ProjectHealth.Overdue,
        { Status: "paused" } => ProjectHealth.Paused,
        _ when project.Health.Terms.Any(t => t is { Name: HealthScore.Activity, Points: > 0 }) => ProjectHealth.Stale,
        _ => ProjectHealth.Active,
    };
}
