using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>Which projects a page shows; all of it stands in the address.</summary>
/// <param name="Text">Part of a name, client, stack or description.</param>
/// <param name="Client">Exactly this client.</param>
/// <param name="Stack">With this language or framework.</param>
/// <param name="Show"><see cref="Attention"/>, <see cref="Due"/>; all without.</param>
public sealed record ProjectQuery(string? Text, string? Client, string? Stack, string? Show)
{
    /// <summary>Over a limit or near it, overdue or stale.</summary>
    public const string Attention = "attention";

    /// <summary>Due within <see cref="DueDays"/>, or overdue.</summary>
    public const string Due = "due";

    /// <summary>Days of <see cref="Due"/>.</summary>
    public const int DueDays = 14;

    private const decimal NearLimit = 75;

    /// <summary>Whether anything is filtered.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Text) && string.IsNullOrEmpty(Client) && string.IsNullOrEmpty(Stack) && string.IsNullOrEmpty(Show);

    /// <summary>Whether a project is shown.</summary>
    public bool Matches(ProjectSummary project) =>
        (string.IsNullOrEmpty(Client) || string.Equals(project.Client, Client, StringComparison.OrdinalIgnoreCase))
        && (string.IsNullOrEmpty(Stack) || project.Stack.Contains(Stack, StringComparer.OrdinalIgnoreCase))
        && (Show switch { Attention => NeedsAttention(project), Due => IsDue(project), _ => true })
        && MatchesText(project);

    /// <summary>How many are shown, and of how many where that is not all: "3 of 12 projects".</summary>
    public static string Amount(int shown, int all) => $"{(shown == all ? "" : shown == 0 ? "None of " : $"{Format.Count(shown)} of ")}{Format.Count(all, "project")}";

    /// <summary>Whether somebody should look at a project.</summary>
    public static bool NeedsAttention(ProjectSummary project) =>
        project.LimitPercent >= NearLimit || ProjectHealths.Of(project) is ProjectHealth.OverLimit or ProjectHealth.Overdue or ProjectHealth.Stale;

    /// <summary>Whether a project that is not completed is due soon or overdue.</summary>
    public static bool IsDue(ProjectSummary project) => project.Status != ProjectStatus.Completed && project.DaysToDeadline <= DueDays;

    // Every word has to be somewhere.
    private bool MatchesText(ProjectSummary project) => (Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word =>
        project.Name.Contains(word, StringComparison.OrdinalIgnoreCase)
        || project.Client.Contains(word, StringComparison.OrdinalIgnoreCase)
        || project.Description.Contains(word, StringComparison.OrdinalIgnoreCase)
        || project.Stack.Any(s => s.Contains(word, StringComparison.OrdinalIgnoreCase)));
}
