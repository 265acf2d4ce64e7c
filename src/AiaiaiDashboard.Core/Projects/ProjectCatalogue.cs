using System.Text.Json;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>
/// Turns a directory into a project id (CONTRACT.md §2, "Project identity") and carries what a sync learns about the projects. Built from
/// projects.json for one run; <see cref="ApplyTo"/> puts the result into whatever the file holds by then. Thread-safe.
/// </summary>
public sealed class ProjectCatalogue
{
    /// <summary>Most projects; directories found beyond it count for the project <c>other-directories</c>.</summary>
    public const int MaxProjects = 10_000;

    private const string OverflowName = "other-directories";
    private const string UnknownName = "unknown";

    private readonly Lock gate = new();
    private readonly ProjectList list;
    private readonly bool hideDiscovered;
    private readonly RepositoryFinder finder = new();
    private readonly List<ProjectRecord> added = [];
    private readonly Dictionary<string, SyncedFields> synced = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> idByRoot = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> idByRepository = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> idByDirectory = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> idByName = new(StringComparer.Ordinal);
    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> adoptable = new(StringComparer.Ordinal);

    /// <summary>Starts from the file's projects, which are not changed.</summary>
    /// <param name="projects">projects.json; valid (see <see cref="ProjectListValidator"/>).</param>
    /// <param name="hideDiscovered">
    /// True while <c>discoverFromUsage</c> is off: a directory that is only known from usage still gets an id, so that its cost counts in the
    /// totals, but its project is marked hidden until a root or the setting brings it in.
    /// </param>
    public ProjectCatalogue(ProjectList projects, bool hideDiscovered = false)
    {
        ArgumentNullException.ThrowIfNull(projects);
        list = projects;
        this.hideDiscovered = hideDiscovered;
        foreach (ProjectRecord project in projects)
        {
            Remember(project);
        }
    }

    /// <summary>Whether <see cref="ToList"/> differs from the list this was built from.</summary>
    public bool Changed
    {
        get
        {
            ProjectList now = ToList();
            return !JsonSerializer.SerializeToUtf8Bytes(now, ProjectDocuments.Json)
                .AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(list, ProjectDocuments.Json));
        }
    }

    /// <summary>Every directory that was asked for, as it was written, with its project id. A copy.</summary>
    public IReadOnlyDictionary<string, string> Directories
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<string, string>(idByDirectory, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>
    /// The project id of a working directory: a path of any system, or the transcript folder's name where a transcript names no directory.
    /// Registers a new project where needed. Never fails, whatever the text.
    /// </summary>
    public string IdFor(string directory) => IdFor(directory, hideDiscovered);

    /// <summary>The same for many at once, in code point order: the same set gives the same ids in whatever order it was found.</summary>
    public void Register(IEnumerable<string> directories) => Register(directories, hideDiscovered);

    /// <summary>
    /// The project id of a name typed by hand: a project with this id or name, else a new project, which a directory of that name found later
    /// fills in.
    /// </summary>
    public string IdForName(string name)
    {
        string text = string.IsNullOrWhiteSpace(name) ? UnknownName : ProjectId.WellFormed(name.Trim());
        lock (gate)
        {
            if (!idByName.TryGetValue(text, out string? id))
            {
                id = FindByName(text) ?? AddNamed(text);
                idByName[text] = id;
            }

            return id;
        }
    }

    /// <summary>The projects as they are to be written: the file's order, then new ones by id.</summary>
    public ProjectList ToList() => ApplyTo(list);

    /// <summary>
    /// Puts what this run learned into the file's content of this moment, so that a change a person made during the run is kept. Projects of
    /// this run that are not in <paramref name="current"/> come last, by id.
    /// </summary>
    public ProjectList ApplyTo(ProjectList? current)
    {
        lock (gate)
        {
            var result = new ProjectList((current ?? []).Select(p => synced.TryGetValue(p.Id, out SyncedFields? fields) ? fields.ApplyTo(p) : p));
            var present = result.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
            IEnumerable<ProjectRecord> removed = list.Where(p => synced.ContainsKey(p.Id));
            result.AddRange(added.Concat(removed)
                .Where(p => !present.Contains(p.Id))
                .DistinctBy(p => p.Id)
                .Select(p => synced.TryGetValue(p.Id, out SyncedFields? fields) ? fields.ApplyTo(p) : p)
                .OrderBy(p => p.Id, StringComparer.Ordinal));
            return result;
        }
    }

    /// <summary>Registers directories found in a root folder, which are always shown.</summary>
    internal void RegisterShown(IEnumerable<string> directories) => Register(directories, hide: false);

    /// <summary>Changes what is known about a project.</summary>
    internal void Learn(string id, Func<SyncedFields, SyncedFields> change)
    {
        lock (gate)
        {
            synced[id] = change(synced.GetValueOrDefault(id) ?? new SyncedFields());
        }
    }

    /// <summary>The finder of this run, with what it has already looked up.</summary>
    internal RepositoryFinder Finder => finder;

    private string? FindByName(string text)
    {
        string id = ProjectId.FromName(text);
        ProjectRecord[] known = [.. list, .. added];
        ProjectRecord? match = Array.Find(known, p => p.Id == text)
            ?? Array.Find(known, p => string.Equals(p.Name, text, StringComparison.Ordinal))
            ?? Array.Find(known, p => string.Equals(p.Id, text, StringComparison.OrdinalIgnoreCase))
            ?? Array.Find(known, p => string.Equals(p.Name, text, StringComparison.OrdinalIgnoreCase))
            ?? Array.Find(known, p => p.Id == id);
        return match?.Id;
    }

    private string AddNamed(string text)
    {
        if (IsFull)
        {
            return Overflow();
        }

        string id = ProjectId.FromName(text);
        adoptable.Add(id);
        return Add(new ProjectRecord { Id = id, Name = ProjectNames.Shown(text), Client = "", Status = ProjectStatus.Active, Deadline = "" }).Id;
    }

    private void Register(IEnumerable<string> directories, bool hide)
    {
        foreach (string directory in directories.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            IdFor(directory, hide);
        }
    }

    private string IdFor(string directory, bool hide)
    {
        lock (gate)
        {
            if (idByDirectory.TryGetValue(directory ?? "", out string? known))
            {
                if (!hide)
                {
                    Show(known);
                }

                return known;
            }

            string id = Resolve(WorkingDirectory.Parse(directory), hide);
            if ((directory ?? "").Length <= WorkingDirectory.MaxPathLength)
            {
                idByDirectory[directory ?? ""] = id;
            }

            return id;
        }
    }

    private string Resolve(WorkingDirectory directory, bool hide)
    {
        WorkingDirectory real = finder.RealPath(directory);
        RepositoryRoot? onDisk = finder.Find(real);
        if (onDisk is not { IsWorktree: true })
        {
            WorkingDirectory? owner = real.OwnerOfClaudeWorktree;
            if (Remembered(real) is { } remembered && !remembered.At.IsAbove(owner) && Outranks(remembered.At, onDisk))
            {
                return Found(remembered.Id, hide);
            }

            if (owner is { } main)
            {
                return Resolve(main, hide);
            }
        }

        WorkingDirectory root = onDisk?.Main ?? real;
        string found = IdOfRoot(root, onDisk is not null, hide);
        if (found != OverflowName)
        {
            RememberAliases(found, root, onDisk, real, directory);
        }

        return found;
    }

    // What is on disk wins, except where a root was remembered further down, or a worktree's main repository is gone.
    private static bool Outranks(WorkingDirectory remembered, RepositoryRoot? onDisk) =>
        onDisk is null || remembered.Text.Length > onDisk.Directory.Text.Length
        || (onDisk.IsLink && remembered.Text.Length == onDisk.Directory.Text.Length);

    // The nearest repository root, worktree or link that projects.json remembers at or above the directory.
    private (WorkingDirectory At, string Id)? Remembered(WorkingDirectory directory)
    {
        foreach (WorkingDirectory at in directory.Upwards(RepositoryFinder.MaxLevels))
        {
            if (idByRepository.TryGetValue(at.Key, out string? id))
            {
                return (at, id);
            }
        }

        return null;
    }

    private string IdOfRoot(WorkingDirectory root, bool repository, bool hide)
    {
        if (!idByRoot.TryGetValue(root.Key, out string? id))
        {
            id = NewIdOf(root, hide);
            if (id == OverflowName)
            {
                return Found(id, hide);
            }

            idByRoot[root.Key] = id;
            Learn(id, f => root.IsPath ? f with { Path = root.Text } : f with { Directories = [root.Text] });
        }

        if (repository)
        {
            idByRepository[root.Key] = id;
            Learn(id, f => f with { Repository = true });
        }

        return Found(id, hide);
    }

    private string NewIdOf(WorkingDirectory root, bool hide)
    {
        string wanted = ProjectId.FromName(root.Name);
        if (root.IsPath && adoptable.Remove(wanted))
        {
            return wanted;
        }

        if (IsFull)
        {
            return Overflow();
        }

        string id = Free(wanted, root.Text);
        Add(new ProjectRecord { Id = id, Client = "", Status = ProjectStatus.Active, Deadline = "" });
        Learn(id, f => f with { Name = ProjectNames.Shown(root.Name), Hidden = hide ? true : null });
        return id;
    }

    private bool IsFull => list.Count + added.Count >= MaxProjects;

    private string Overflow() =>
        ids.Contains(OverflowName) ? OverflowName : Add(new ProjectRecord { Id = OverflowName, Name = OverflowName }).Id;

    private string Free(string wanted, string text)
    {
        string id = wanted;
        for (int digits = 6; ids.Contains(id); digits += 2)
        {
            id = $"{wanted}-{ProjectId.Hash(text, digits)}";
        }

        return id;
    }

    private ProjectRecord Add(ProjectRecord project)
    {
        ids.Add(project.Id);
        added.Add(project);
        return project;
    }

    private string Found(string id, bool hide)
    {
        if (!hide)
        {
            Show(id);
        }

        return id;
    }

    private void Show(string id) => Learn(id, f => f with { Hidden = false });

    // A worktree or link is remembered where the root's own path does not already cover it, so that its usage stays here once it is gone.
    private void RememberAliases(string id, WorkingDirectory root, RepositoryRoot? onDisk, WorkingDirectory real, WorkingDirectory written)
    {
        if (onDisk is { IsWorktree: true } && !onDisk.Directory.IsWithin(root) && idByRepository.TryAdd(onDisk.Directory.Key, id))
        {
            Learn(id, f => f with { Directories = [.. f.Directories, onDisk.Directory.Text] });
        }

        if (written.Key == real.Key || written.IsWithin(root))
        {
            return;
        }

        WorkingDirectory top = written.Upwards(RepositoryFinder.MaxLevels).TakeWhile(d => finder.RealPath(d).IsWithin(onDisk?.Directory ?? root)).LastOrDefault(written);
        if (idByRepository.TryAdd(top.Key, id))
        {
            Learn(id, f => f with { Directories = [.. f.Directories, top.Text] });
        }
    }

    private void Remember(ProjectRecord project)
    {
        ids.Add(project.Id);
        if (project.Path is null && project.Directories is null or { Count: 0 })
        {
            adoptable.Add(project.Id);
        }

        if (!string.IsNullOrEmpty(project.Path))
        {
            WorkingDirectory root = WorkingDirectory.Parse(project.Path);
            idByRoot.TryAdd(root.Key, project.Id);
            if (project.Repository == true)
            {
                idByRepository.TryAdd(root.Key, project.Id);
            }
        }

        foreach (string text in project.Directories ?? [])
        {
            WorkingDirectory directory = WorkingDirectory.Parse(text);
            if (directory.IsPath)
            {
                idByRepository.TryAdd(directory.Key, project.Id);
            }
            else
            {
                idByRoot.TryAdd(directory.Key, project.Id);
            }
        }
    }
}
