namespace AiaiaiDashboard.Core.Projects;

/// <summary>Which directory belongs to which project, as far as projects.json and this run know. Not thread-safe.</summary>
internal sealed class KnownDirectories
{
    private readonly Dictionary<string, string> byRoot = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> byTop = new(StringComparer.Ordinal);

    /// <summary>Takes in what the file says of a project. Of two projects with one directory the first has it.</summary>
    /// <param name="project">The project.</param>
    /// <param name="id">What its directories count for: its own id, or that of the project it was merged into.</param>
    public void Remember(ProjectRecord project, string id)
    {
        if (!string.IsNullOrEmpty(project.Path))
        {
            WorkingDirectory root = WorkingDirectory.Parse(project.Path);
            byRoot.TryAdd(root.Key, id);
            if (project.Repository == true)
            {
                byTop.TryAdd(root.Key, id);
            }
        }

        foreach (string text in project.Directories ?? [])
        {
            WorkingDirectory directory = WorkingDirectory.Parse(text);
            (directory.IsPath ? byTop : byRoot).TryAdd(directory.Key, id);
        }
    }

    /// <summary>The project with exactly this root, or null.</summary>
    public string? OfRoot(WorkingDirectory root) => byRoot.GetValueOrDefault(root.Key);

    /// <summary>Notes the root of a project.</summary>
    public void SetRoot(WorkingDirectory root, string id) => byRoot[root.Key] = id;

    /// <summary>Notes that everything below the directory belongs to the project. False where it is noted already.</summary>
    public bool AddTop(WorkingDirectory directory, string id) => byTop.TryAdd(directory.Key, id);

    /// <summary>The nearest repository root, worktree or link at or above the directory that is remembered, with its project.</summary>
    public (WorkingDirectory At, string Id)? Above(WorkingDirectory directory)
    {
        foreach (WorkingDirectory at in directory.Upwards(RepositoryFinder.MaxLevels))
        {
            if (byTop.TryGetValue(at.Key, out string? id))
            {
                return (at, id);
            }
        }

        return null;
    }
}
