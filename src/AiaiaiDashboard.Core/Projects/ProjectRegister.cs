namespace AiaiaiDashboard.Core.Projects;

/// <summary>Hands out ids and keeps the projects that are new in this run. Not thread-safe.</summary>
internal sealed class ProjectRegister
{
    /// <summary>The project that what lies beyond <see cref="ProjectCatalogue.MaxProjects"/> counts for.</summary>
    public const string OverflowId = "other-directories";

    private readonly ProjectList list;
    private readonly List<ProjectRecord> added = [];
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> withoutDirectory = new(StringComparer.Ordinal);

    /// <summary>Starts with the ids of the file.</summary>
    public ProjectRegister(ProjectList list)
    {
        this.list = list;
        foreach (ProjectRecord project in list)
        {
            ids.Add(project.Id);
            if (string.IsNullOrEmpty(project.Path) && project.Directories is null or { Count: 0 })
            {
                withoutDirectory.Add(project.Id);
            }
        }
    }

    /// <summary>New projects, in the order they came.</summary>
    public IReadOnlyList<ProjectRecord> Added => added;

    /// <summary>
    /// The id for a root that no project has yet: that of a project without directory whose id is the root's name, else a new project's;
    /// <see cref="OverflowId"/> where there are too many.
    /// </summary>
    /// <param name="root">The root.</param>
    /// <param name="isNew">Whether a project was added.</param>
    public string ForRoot(WorkingDirectory root, out bool isNew)
    {
        string wanted = ProjectId.FromName(root.Name);
        isNew = false;
        if (root.IsPath && withoutDirectory.Remove(wanted))
        {
            return wanted;
        }

        if (IsFull)
        {
            return Overflow();
        }

        string id = wanted;
        for (int digits = 6; ids.Contains(id); digits += 2)
        {
            id = $"{wanted}-{ProjectId.Hash(root.Text, digits)}";
        }

        isNew = true;
        return Add(id, name: null);
    }

    /// <summary>The id for a name typed by hand: a project of this id or name, else a new one that a directory may fill in later.</summary>
    public string ForName(string name)
    {
        string id = ProjectId.FromName(name);
        ProjectRecord[] known = [.. list, .. added];
        ProjectRecord? match = Array.Find(known, p => p.Id == name)
            ?? Array.Find(known, p => string.Equals(p.Name, name, StringComparison.Ordinal))
            ?? Array.Find(known, p => string.Equals(p.Id, name, StringComparison.OrdinalIgnoreCase))
            ?? Array.Find(known, p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? Array.Find(known, p => p.Id == id);
        if (match is not null)
        {
            return match.Id;
        }

        if (IsFull)
        {
            return Overflow();
        }

        withoutDirectory.Add(id);
        return Add(id, ProjectNames.Shown(name));
    }

    private bool IsFull => list.Count + added.Count >= ProjectCatalogue.MaxProjects;

    private string Overflow() => ids.Contains(OverflowId) ? OverflowId : Add(OverflowId, OverflowId);

    // Status, client and deadline are a person's; a new row shows where to write them.
    private string Add(string id, string? name)
    {
        ids.Add(id);
        added.Add(new ProjectRecord { Id = id, Name = name, Client = "", Status = ProjectStatus.Active, Deadline = "" });
        return id;
    }
}
