using AiaiaiDashboard.Core.Projects.Manifests;

namespace AiaiaiDashboard.Core.Projects.Planning;

/// <summary>Finds the planning document of a project. The first that holds a task or a phase counts; the others would count the same work twice.</summary>
internal static class PlanningDocuments
{
    /// <summary>Longest document that is parsed, characters; real ones hold some 20,000.</summary>
    public const int MaxCharacters = 400_000;

    /// <summary>Where they are looked for, the most telling first.</summary>
    public static IReadOnlyList<string> Names { get; } = [".planning/ROADMAP.md", "ROADMAP.md", "TODO.md", "tasks.md"];

    /// <summary>Reads it. Null where there is none; what could not be read is added to <paramref name="reasons"/>.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Roadmap? Read(string directory, List<string> reasons, CancellationToken cancel)
    {
        var folder = new ProjectFolder(directory);
        foreach (string name in Names.Where(n => File.Exists(Path.Join(directory, n))))
        {
            cancel.ThrowIfCancellationRequested();
            string? text = folder.Read(name, out string? reason);
            if (text is null)
            {
                reasons.Add(reason ?? $"{name} could not be read.");
                continue;
            }

            if (text.Length > MaxCharacters)
            {
                reasons.Add($"{name} is longer than {MaxCharacters} characters and was not read.");
                continue;
            }

            try
            {
                if (RoadmapReader.Read(name, text, cancel) is { } roadmap)
                {
                    return roadmap;
                }
            }
            catch (ArgumentException)
            {
                // Markdig refuses what nests deeper than any document does.
                reasons.Add($"{name} nests too deeply and was not read.");
            }
        }

        return null;
    }
}
