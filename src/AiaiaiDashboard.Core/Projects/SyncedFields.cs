using System.Text.Json;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>
/// What a sync knows about one project. Null members are unknown: what stands in the file stays. Applying twice changes nothing.
/// </summary>
internal sealed record SyncedFields
{
    /// <summary>Most entries of <see cref="ProjectRecord.Directories"/>; later ones are not remembered.</summary>
    public const int MaxDirectories = 500;

    /// <summary>Display name.</summary>
    public string? Name { get; init; }

    /// <summary>Day of the first commit.</summary>
    public string? StartDate { get; init; }

    /// <summary>Languages and frameworks.</summary>
    public IReadOnlyList<string>? Stack { get; init; }

    /// <summary>From a manifest.</summary>
    public string? Description { get; init; }

    /// <summary>Done tasks of the planning document in percent.</summary>
    public decimal? Progress { get; init; }

    /// <summary>Tasks of the planning document.</summary>
    public long? TasksTotal { get; init; }

    /// <summary>Those done.</summary>
    public long? TasksDone { get; init; }

    /// <summary>Day of the last commit.</summary>
    public string? LastCommit { get; init; }

    /// <summary>True where the repository was read and has no commit: an older <see cref="LastCommit"/> is removed.</summary>
    public bool NoCommits { get; init; }

    /// <summary>Repository root or working directory.</summary>
    public string? Path { get; init; }

    /// <summary>True for a repository.</summary>
    public bool Repository { get; init; }

    /// <summary>Further directories, added to those in the file.</summary>
    public IReadOnlyList<string> Directories { get; init; } = [];

    /// <summary>Whether the directory is gone.</summary>
    public bool? Missing { get; init; }

    /// <summary>Why facts are missing; empty where none is.</summary>
    public IReadOnlyList<string>? Reasons { get; init; }

    /// <summary>True: not to be shown. False: shown, unless a person hid it. Null: as it is.</summary>
    public bool? Hidden { get; init; }

    /// <summary>The record with everything applied that is the sync's to change.</summary>
    public ProjectRecord ApplyTo(ProjectRecord record)
    {
        var auto = new Dictionary<string, JsonElement>(record.Auto ?? new Dictionary<string, JsonElement>(), StringComparer.Ordinal);
        ProjectRecord result = record with
        {
            Path = Path ?? record.Path,
            Repository = Repository ? true : record.Repository,
            Directories = Merge(record.Directories),
            Missing = Missing is null ? record.Missing : Missing == true ? true : null,
            Reasons = Reasons is null ? record.Reasons : Reasons.Count > 0 ? Reasons : null,
            LastCommit = NoCommits ? null : LastCommit ?? record.LastCommit,
            Name = Text(auto, "name", record.Name, Name),
            StartDate = Text(auto, "startDate", record.StartDate, StartDate),
            Stack = List(auto, "stack", record.Stack, Stack),
            Description = Text(auto, "description", record.Description, Description),
            Progress = Number(auto, "progress", record.Progress, Progress),
            TasksTotal = (long?)Number(auto, "tasksTotal", record.TasksTotal, TasksTotal),
            TasksDone = (long?)Number(auto, "tasksDone", record.TasksDone, TasksDone),
            Hidden = Flag(auto, "hidden", record.Hidden, Hidden),
        };
        return result with { Auto = auto.Count == 0 && record.Auto is null ? null : auto };
    }

    private static string? Text(Dictionary<string, JsonElement> auto, string field, string? current, string? value)
    {
        bool mine = auto.TryGetValue(field, out JsonElement last) && last.ValueKind == JsonValueKind.String
            && string.Equals(last.GetString(), current ?? "", StringComparison.Ordinal);
        if (value is null || !(mine || string.IsNullOrEmpty(current)) || (value.Length == 0 && string.IsNullOrEmpty(current)))
        {
            return current;
        }

        auto[field] = JsonSerializer.SerializeToElement(value, ProjectJson.Default.String);
        return value;
    }

    private static decimal? Number(Dictionary<string, JsonElement> auto, string field, decimal? current, decimal? value)
    {
        bool mine = current is not null && auto.TryGetValue(field, out JsonElement last) && last.ValueKind == JsonValueKind.Number
            && last.TryGetDecimal(out decimal written) && written == current;
        if (value is null || !(mine || current is null))
        {
            return current;
        }

        auto[field] = JsonSerializer.SerializeToElement(value.Value, ProjectJson.Default.Decimal);
        return value;
    }

    private static IReadOnlyList<string>? List(
        Dictionary<string, JsonElement> auto, string field, IReadOnlyList<string>? current, IReadOnlyList<string>? value)
    {
        bool mine = auto.TryGetValue(field, out JsonElement last)
            && JsonElement.DeepEquals(last, JsonSerializer.SerializeToElement(current ?? [], ProjectJson.Default.IReadOnlyListString));
        bool empty = current is null or { Count: 0 };
        if (value is null || !(mine || empty) || (value.Count == 0 && empty))
        {
            return current;
        }

        auto[field] = JsonSerializer.SerializeToElement(value, ProjectJson.Default.IReadOnlyListString);
        return value;
    }

    private static bool? Flag(Dictionary<string, JsonElement> auto, string field, bool? current, bool? value)
    {
        bool mine = auto.TryGetValue(field, out JsonElement last) && last.ValueKind == JsonValueKind.True && current == true;
        if (value == true && current is null)
        {
            auto[field] = JsonSerializer.SerializeToElement(true, ProjectJson.Default.Boolean);
            return true;
        }

        if (value == false && mine)
        {
            auto.Remove(field);
            return null;
        }

        return current;
    }

    private IReadOnlyList<string>? Merge(IReadOnlyList<string>? current)
    {
        IReadOnlyList<string> known = current ?? [];
        string[] added = [.. Directories.Except(known, StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(Math.Max(0, MaxDirectories - known.Count))];
        return added.Length == 0 ? current : [.. known, .. added];
    }
}
