using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>
/// What the card of a project says, in the words it says it. Two equal faces look the same: a page of hundreds of cards draws again only those
/// whose face has changed, though every snapshot makes all its projects anew.
/// </summary>
public sealed record ProjectFace
{
    /// <summary>Most languages and frameworks that are shown.</summary>
    public const int MaxTags = 6;

    private ProjectFace(ProjectSummary project, DateOnly today)
    {
        ProjectHealth health = ProjectHealths.Of(project);
        Id = project.Id;
        Name = project.Name;
        Client = project.Client.Length > 0 ? project.Client : "No client";
        Tone = health.Tone();
        Word = health.CardWord();
        Progress = project.Progress;
        IsActive = project.Status == ProjectStatus.Active;
        Spend = project.MonthSpend == 0 ? "No spend" : Format.Money(project.MonthSpend);
        IsOverLimit = health == ProjectHealth.OverLimit;
        SpendOf = project.Limit is { } limit ? $"of {Format.Money(limit)}" : "this month";
        IsOverdue = health == ProjectHealth.Overdue && project.Deadline is not null;
        Due = IsOverdue ? Format.Deadline(project.DaysToDeadline ?? 0)
            : project.Deadline is { } deadline ? $"{(project.Status == ProjectStatus.Completed ? "Deadline" : "Due")} {Format.Day(deadline, today)}"
            : project.DeadlineNote is { } note ? $"Deadline: {note}" : "No deadline";
    }

    /// <summary>The project.</summary>
    public string Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its client, or that there is none.</summary>
    public string Client { get; }

    /// <summary>Colour of its health.</summary>
    public string Tone { get; }

    /// <summary>Its health in a word.</summary>
    public string Word { get; }

    /// <summary>0 to 100; null when nothing tells it.</summary>
    public int? Progress { get; }

    /// <summary>Whether its bar is coloured.</summary>
    public bool IsActive { get; }

    /// <summary>The month's spend.</summary>
    public string Spend { get; }

    /// <summary>Whether that is more than its limit.</summary>
    public bool IsOverLimit { get; }

    /// <summary>Of which limit, or of which time.</summary>
    public string SpendOf { get; }

    /// <summary>Its deadline, or that there is none.</summary>
    public string Due { get; }

    /// <summary>Whether that has passed.</summary>
    public bool IsOverdue { get; }

    /// <summary>What a larger card says besides; null on a small one.</summary>
    public Details? More { get; private init; }

    /// <summary>The face of a project.</summary>
    /// <param name="project">The project.</param>
    /// <param name="today">Today in the configured zone.</param>
    /// <param name="detailed">With description and dates.</param>
    public static ProjectFace Of(ProjectSummary project, DateOnly today, bool detailed) =>
        new(project, today) { More = detailed ? new Details(project, today) : null };

    /// <summary>Description and dates.</summary>
    public sealed record Details
    {
        /// <summary>Those of a project.</summary>
        public Details(ProjectSummary project, DateOnly today)
        {
            HasDescription = project.Description.Length > 0;
            Description = HasDescription ? project.Description : "No description";
            Start = project.StartDate is { } start ? $"Started {Format.Day(start, today)}"
                : project.StartNote is { } begun ? $"Start: {begun}" : "Start not known";
            LastCommit = project.LastCommit is { } commit ? $"Last commit {Format.DaysAgo(commit, today)}"
                : project.LastCommitNote is { } latest ? $"Last commit: {latest}" : "No commit known";
        }

        /// <summary>Whether there is one.</summary>
        public bool HasDescription { get; }

        /// <summary>The description, or that there is none.</summary>
        public string Description { get; }

        /// <summary>When it began.</summary>
        public string Start { get; }

        /// <summary>When it was last worked on.</summary>
        public string LastCommit { get; }
    }
}
