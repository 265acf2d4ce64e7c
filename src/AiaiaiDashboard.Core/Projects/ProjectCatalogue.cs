using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>
/// Turns a directory into a project id (CONTRACT.md §2, "Project identity") and carries what a sync learns about the projects. Built from
/// projects.json for one run; <see cref="ApplyTo"/> puts the result into whatever the file holds by then. Thread-safe.
/// </summary>
public sealed class ProjectCatalogue
{
    /// <summary>Most projects; directories found beyond it count for the project <c>other-directories</c>.</summary>
    public const int MaxProjects = 10_000;

    private const string UnknownName = "unknown";

    private readonly Lock gate = new();
    private readonly ProjectList list;
    private readonly bool hideDiscovered;
    private readonly ProjectRegister register;
    private readonly KnownDirectories known = new();
    private readonly Dictionary<string, SyncedFields> synced = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> idByDirectory = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> idByName = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> owners;

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
        register = new ProjectRegister(projects);
        this.hideDiscovered = hideDiscovered;
        owners = ProjectOwners.Of(projects);
        foreach (ProjectRecord project in projects)
        {
            known.Remember(project, Owner(project.Id));
        }
    }

    /// <summary>Whether <see cref="ToList"/> differs from the list this was built from.</summary>
    public bool Changed => !DocumentJson.Serialize(ToList(), ProjectDocuments.Projects.Json)
        .AsSpan().SequenceEqual(DocumentJson.Serialize(list, ProjectDocuments.Projects.Json));

    /// <summary>Ids that a person merged into others, with those.</summary>
    public IReadOnlyDictionary<string, string> Owners => owners;

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

    /// <summary>The finder of this run, with what it has already looked up. Not thread-safe.</summary>
    internal RepositoryFinder Finder { get; } = new();

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
                id = Owner(register.ForName(text));
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
            var result = new ProjectList((current ?? []).Select(Apply));
            var present = result.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
            IEnumerable<ProjectRecord> removed = list.Where(p => synced.ContainsKey(p.Id));
            result.AddRange(register.Added.Concat(removed).Where(p => present.Add(p.Id)).Select(Apply).OrderBy(p => p.Id, StringComparer.Ordinal));
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

    private string Owner(string id) => owners.GetValueOrDefault(id, id);

    private ProjectRecord Apply(ProjectRecord project) =>
        synced.TryGetValue(project.Id, out SyncedFields? fields) ? fields.ApplyTo(project) : project;

    private void Register(IEnumerable<string> directories, bool hide)
    {
        foreach (string directory in directories.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            IdFor(directory, hide);
        }
    }

    private string IdFor(string? directory, bool hide)
    {
        string text = directory ?? "";
        lock (gate)
        {
            if (!idByDirectory.TryGetValue(text, out string? id))
            {
                id = Resolve(WorkingDirectory.Parse(text), hide);
                if (text.Length <= WorkingDirectory.MaxPathLength)
                {
                    idByDirectory[text] = id;
                }
            }

            if (!hide)
            {
                Learn(id, f => f with { Hidden = false });
            }

            return id;
        }
    }

    private string Resolve(WorkingDirectory directory, bool hide)
    {
        WorkingDirectory real = Finder.RealPath(directory);
        RepositoryRoot? onDisk = Finder.Find(real);
        if (onDisk is not { IsWorktree: true })
        {
            WorkingDirectory? owner = real.OwnerOfClaudeWorktree;
            if (known.Above(real) is { } remembered && !remembered.At.IsAbove(owner) && Outranks(remembered.At, onDisk))
            {
                return remembered.Id;
            }

            if (owner is { } main)
            {
                return Resolve(main, hide);
            }
        }

        WorkingDirectory root = onDisk?.Main ?? real;
        string id = IdOfRoot(root, onDisk is not null, hide);
        if (id != ProjectRegister.OverflowId)
        {
            RememberAliases(id, root, onDisk, real, directory);
        }

        return id;
    }

    // What is on disk wins, except where a root was remembered further down, or a worktree's main repository is gone.
    private static bool Outranks(WorkingDirectory remembered, RepositoryRoot? onDisk) =>
        onDisk is null || remembered.Text.Length > onDisk.Directory.Text.Length
        || (onDisk.IsLink && remembered.Text.Length == onDisk.Directory.Text.Length);

    private string IdOfRoot(WorkingDirectory root, bool repository, bool hide)
    {
        string? id = known.OfRoot(root);
        if (id is null)
        {
            id = Owner(register.ForRoot(root, out bool isNew));
            if (id == ProjectRegister.OverflowId)
            {
                return id;
            }

            known.SetRoot(root, id);
            Learn(id, f => root.IsPath ? f with { Path = root.Text } : f with { Directories = [root.Text] });
            if (isNew)
            {
                Learn(id, f => f with { Name = ProjectNames.Shown(root.Name), Hidden = hide ? true : null });
            }
        }

        if (repository)
        {
            known.AddTop(root, id);
            Learn(id, f => f with { Repository = true });
        }

        return id;
    }

    // A worktree or link is remembered where the root's own path does not already cover it, so that its usage stays here once it is gone.
    private void RememberAliases(string id, WorkingDirectory root, RepositoryRoot? onDisk, WorkingDirectory real, WorkingDirectory written)
    {
        if (onDisk is { IsWorktree: true } && !onDisk.Directory.IsWithin(root) && known.AddTop(onDisk.Directory, id))
        {
            Learn(id, f => f with { Directories = [.. f.Directories, onDisk.Directory.Text] });
        }

        if (written.Key == real.Key || written.IsWithin(root))
        {
            return;
        }

        WorkingDirectory covered = onDisk?.Directory ?? root;
        WorkingDirectory top = written.Upwards(RepositoryFinder.MaxLevels).TakeWhile(d => Finder.RealPath(d).IsWithin(covered)).LastOrDefault(written);
        if (known.AddTop(top, id))
        {
            Learn(id, f => f with { Directories = [.. f.Directories, top.Text] });
        }
    }
}
