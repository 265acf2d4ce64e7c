using FluentValidation;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>What a person typed about a project. Empty gives a field back to the sync, or says that there is none.</summary>
public sealed record ProjectEdit
{
    /// <summary>Display name; empty: the folder's name again.</summary>
    public string Name { get; set; } = "";

    /// <summary>Client.</summary>
    public string Client { get; set; } = "";

    /// <summary>One of <see cref="ProjectStatus.All"/>.</summary>
    public string Status { get; set; } = ProjectStatus.Active;

    /// <summary>Start, <c>YYYY-MM-DD</c>; empty: the day of the first commit.</summary>
    public string StartDate { get; set; } = "";

    /// <summary>Deadline, <c>YYYY-MM-DD</c>; empty: none.</summary>
    public string Deadline { get; set; } = "";

    /// <summary>Progress in percent as text; empty: from the planning documents.</summary>
    public string Progress { get; set; } = "";

    /// <summary>One or two sentences; empty: from the manifest.</summary>
    public string Description { get; set; } = "";

    /// <summary>The project as it stands, for the form.</summary>
    public static ProjectEdit Of(ProjectRecord project) => new()
    {
        Name = project.DisplayName,
        Client = project.Client ?? "",
        Status = project.EffectiveStatus,
        StartDate = project.StartDay is { } start ? ProjectRecord.FormatDay(start) : project.StartDate ?? "",
        Deadline = project.DeadlineDay is { } deadline ? ProjectRecord.FormatDay(deadline) : project.Deadline ?? "",
        Progress = project.Progress is { } progress ? progress.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture) : "",
        Description = project.Description ?? "",
    };

    /// <summary>
    /// The record with what differs between <paramref name="shown"/>, the form as it was opened, and this. A field nobody touched stays as the
    /// file holds it by now.
    /// </summary>
    public ProjectRecord ApplyTo(ProjectRecord project, ProjectEdit shown)
    {
        ProjectRecord result = Status == shown.Status ? project : Board.Completion.WithStatus(project, Status);
        return result with
        {
            Name = Name.Trim() == shown.Name ? result.Name : Name.Trim(),
            Client = Client.Trim() == shown.Client ? result.Client : Client.Trim(),
            StartDate = StartDate.Trim() == shown.StartDate ? result.StartDate : StartDate.Trim(),
            Deadline = Deadline.Trim() == shown.Deadline ? result.Deadline : Deadline.Trim(),
            Progress = Progress.Trim() == shown.Progress ? result.Progress : ParsePercent(Progress),
            Description = Description.Trim() == shown.Description ? result.Description : Description.Trim(),
        };
    }

    internal static decimal? ParsePercent(string text) =>
        decimal.TryParse(text.Trim().TrimEnd('%').TrimEnd(), System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out decimal value) ? value : null;
}

/// <summary>Rules of <see cref="ProjectEdit"/>; the messages stand below the fields.</summary>
public sealed class ProjectEditValidator : AbstractValidator<ProjectEdit>
{
    private const int MaxText = 2_000;

    /// <summary>Creates the rules.</summary>
    public ProjectEditValidator()
    {
        RuleFor(e => e.Name).MaximumLength(ProjectNames.MaxName).WithMessage($"A name has at most {ProjectNames.MaxName} characters.")
            .Must(IsOneLine).WithMessage("A name is one line.");
        RuleFor(e => e.Client).MaximumLength(ProjectNames.MaxName).WithMessage($"A client has at most {ProjectNames.MaxName} characters.")
            .Must(IsOneLine).WithMessage("A client is one line.");
        RuleFor(e => e.Status).Must(ProjectStatus.All.Contains).WithMessage("The status is active, paused or completed.");
        RuleFor(e => e.StartDate).Must(IsDay).WithMessage("Write the start as YYYY-MM-DD, for example 2026-07-06.");
        RuleFor(e => e.Deadline).Must(IsDay).WithMessage("Write the deadline as YYYY-MM-DD, for example 2026-12-11.");
        RuleFor(e => e.Deadline).Must((edit, _) => ProjectRecord.ParseDay(edit.Deadline) is not { } end || ProjectRecord.ParseDay(edit.StartDate) is not { } start || end >= start)
            .WithMessage("The deadline lies before the start.");
        RuleFor(e => e.Progress).Must(p => string.IsNullOrWhiteSpace(p) || ProjectEdit.ParsePercent(p) is >= 0 and <= 100).WithMessage("Progress is a number from 0 to 100.");
        RuleFor(e => e.Description).MaximumLength(MaxText).WithMessage($"A description has at most {MaxText} characters.");
    }

    private static bool IsDay(string text) => string.IsNullOrWhiteSpace(text) || ProjectRecord.ParseDay(text) is { Year: >= 1970 and <= 2200 };

    private static bool IsOneLine(string text) => !text.Any(char.IsControl);
}
