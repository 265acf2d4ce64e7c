using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>
/// One row of projects.json (CONTRACT.md §2). Dates are kept as the text that stands in the file, since a person may have typed anything;
/// the <c>...Day</c> members give the calendar day where the text is one. A member that is missing in the file stays missing.
/// </summary>
public sealed record ProjectRecord
{
    /// <summary>Stable id: part of addresses and of the ledger. Unique in the file.</summary>
    public string Id { get; init; } = "";

    /// <summary>Display name; the id where it is missing (see <see cref="DisplayName"/>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>Client. Belongs to the person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Client { get; init; }

    /// <summary>One of <see cref="ProjectStatus"/>, null means active. Belongs to the person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    /// <summary>0 to 100; null when nothing tells it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Progress { get; init; }

    /// <summary>Start: the day of the first commit, or typed by a person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StartDate { get; init; }

    /// <summary>Deadline. Belongs to the person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Deadline { get; init; }

    /// <summary>Languages and frameworks.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Stack { get; init; }

    /// <summary>Day of the last commit. Belongs to the sync.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastCommit { get; init; }

    /// <summary>Tasks in all; null when nothing tells it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TasksTotal { get; init; }

    /// <summary>Tasks done.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? TasksDone { get; init; }

    /// <summary>One sentence from the manifest, or typed by a person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    /// <summary>Repository root or working directory. Belongs to the sync; null where no directory is known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    /// <summary>True where <see cref="Path"/> is or was the root of a repository: everything below it is this project, even once it is deleted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Repository { get; init; }

    /// <summary>
    /// Other directories of this project outside <see cref="Path"/>: git worktrees, links to it, and transcript folders without a
    /// working directory. What is below one of them is this project. Belongs to the sync.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Directories { get; init; }

    /// <summary>True where <see cref="Path"/> was not there when it was looked at last. Belongs to the sync.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Missing { get; init; }

    /// <summary>Why some facts are missing, whole sentences, as of the last look; null where nothing is wrong. Belongs to the sync.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>Position on the board, smallest first; null sorts last.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Order { get; init; }

    /// <summary>True where the project has usage but is not shown (found through usage while <c>discoverFromUsage</c> is off, or hidden by a person).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Hidden { get; init; }

    /// <summary>Id of the project this one is part of, since a person merged them; null for a project of its own. Belongs to the person.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MergedInto { get; init; }

    /// <summary>The progress before the project was completed on the board, which set it to 100; null where it was not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RememberedProgress? BeforeCompletion { get; init; }

    /// <summary>Field name to the value sync last wrote there: a field that holds another value was edited by a person and is left alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, JsonElement>? Auto { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>The name that is shown.</summary>
    [JsonIgnore]
    public string DisplayName => string.IsNullOrWhiteSpace(Name) ? Id : Name;

    /// <summary>The status in force.</summary>
    [JsonIgnore]
    public string EffectiveStatus => string.IsNullOrEmpty(Status) ? ProjectStatus.Active : Status;

    /// <summary>True where the project does not belong in lists.</summary>
    [JsonIgnore]
    public bool IsHidden => Hidden == true || !string.IsNullOrEmpty(MergedInto);

    /// <summary><see cref="StartDate"/> as a day; null where the text is none.</summary>
    [JsonIgnore]
    public DateOnly? StartDay => ParseDay(StartDate);

    /// <summary><see cref="Deadline"/> as a day; null where the text is none.</summary>
    [JsonIgnore]
    public DateOnly? DeadlineDay => ParseDay(Deadline);

    /// <summary><see cref="LastCommit"/> as a day; null where the text is none.</summary>
    [JsonIgnore]
    public DateOnly? LastCommitDay => ParseDay(LastCommit);

    /// <summary>The day a text names in one of the usual forms (see <see cref="FreeDay"/>); null where it names none, or could mean two.</summary>
    public static DateOnly? ParseDay(string? text) => FreeDay.Parse(text);

    /// <summary>The text of a day as it stands in the file.</summary>
    public static string FormatDay(DateOnly day) => IsoDay.Text(day);
}

/// <summary>A progress that is kept for later.</summary>
/// <param name="Progress">0 to 100; null when nothing told it.</param>
public sealed record RememberedProgress(decimal? Progress);

/// <summary>Statuses of a project, as they stand in projects.json.</summary>
public static class ProjectStatus
{
    /// <summary>Being worked on.</summary>
    public const string Active = "active";

    /// <summary>On hold.</summary>
    public const string Paused = "paused";

    /// <summary>Done.</summary>
    public const string Completed = "completed";

    /// <summary>All of them, in the order of the board's columns.</summary>
    public static IReadOnlyList<string> All { get; } = [Active, Paused, Completed];
}

/// <summary>The document projects.json: an array of projects in a stable order.</summary>
public sealed class ProjectList : List<ProjectRecord>
{
    /// <summary>An empty list.</summary>
    public ProjectList()
    {
    }

    /// <summary>A list of these projects, in their order.</summary>
    public ProjectList(IEnumerable<ProjectRecord> projects)
        : base(projects)
    {
    }

    /// <summary>The project with this id, or null.</summary>
    public ProjectRecord? Find(string? id) => Find(p => string.Equals(p.Id, id, StringComparison.Ordinal));
}
