namespace AiaiaiDashboard.Core.Projects;

/// <summary>
/// Finds the repository a directory belongs to by looking at its parents, and follows symbolic links first, so that one directory has
/// one path. Looks, reads a few bytes of <c>.git</c> files, runs nothing. Every answer is kept: one instance serves one run.
/// </summary>
internal sealed class RepositoryFinder
{
    /// <summary>Levels of parents that are looked at.</summary>
    public const int MaxLevels = 64;

    private const int MaxLinks = 40;

    private readonly Dictionary<string, RepositoryRoot?> roots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkingDirectory> real = new(StringComparer.Ordinal);

    /// <summary>The nearest repository at or above the directory, or null. The directory itself need not exist any more.</summary>
    public RepositoryRoot? Find(WorkingDirectory directory)
    {
        if (!directory.CanProbe)
        {
            return null;
        }

        var asked = new List<string>();
        RepositoryRoot? found = null;
        bool settled = false;
        foreach (WorkingDirectory at in directory.Upwards(MaxLevels))
        {
            settled = roots.TryGetValue(at.Key, out found);
            if (!settled)
            {
                asked.Add(at.Key);
                found = Look(at);
                settled = found is not null || at.Parent is null;
            }

            if (settled)
            {
                break;
            }
        }

        // A walk that ended at the limit says nothing about the folders above its start.
        foreach (string key in settled ? asked : asked.Take(1))
        {
            roots[key] = found;
        }

        return found;
    }

    /// <summary>The path with every symbolic link in it followed; the path itself where nothing is on disk or links loop.</summary>
    public WorkingDirectory RealPath(WorkingDirectory directory)
    {
        if (!directory.CanProbe)
        {
            return directory;
        }

        int links = 0;
        return RealPath(directory, ref links, MaxLevels * 2) ?? directory;
    }

    private WorkingDirectory? RealPath(WorkingDirectory directory, ref int links, int levels)
    {
        if (real.TryGetValue(directory.Key, out WorkingDirectory? known))
        {
            return known;
        }

        if (directory.Parent is not { } parent)
        {
            return directory;
        }

        if (levels == 0 || RealPath(parent, ref links, levels - 1) is not { } realParent)
        {
            return null;
        }

        WorkingDirectory at = WorkingDirectory.Parse(Path.Join(realParent.Text, directory.Name));
        string? target = LinkTarget(at.Text);
        if (target is not null)
        {
            if (++links > MaxLinks)
            {
                return null;
            }

            // A relative target counts from the folder that holds the link.
            WorkingDirectory next = WorkingDirectory.Parse(Path.IsPathRooted(target) ? target : Path.Join(realParent.Text, target));
            if (!next.CanProbe || RealPath(next, ref links, levels - 1) is not { } followed)
            {
                return null;
            }

            at = followed;
        }

        real[directory.Key] = at;
        return at;
    }

    private RepositoryRoot? Look(WorkingDirectory at)
    {
        // Inside a .git folder there are things that look like bare repositories (.git itself, .git/modules/x): the owner is above.
        if (at.Upwards(MaxLevels).Any(d => d.Name == ".git"))
        {
            return null;
        }

        string git = Path.Join(at.Text, ".git");
        if (Directory.Exists(git))
        {
            return IsRepositoryFolder(git) ? new RepositoryRoot(at, at) : null;
        }

        if (File.Exists(git))
        {
            return new RepositoryRoot(at, WorktreeLink.MainRoot(at, this) ?? at, IsLink: true);
        }

        return IsBare(at.Text) ? new RepositoryRoot(at, at) : null;
    }

    // An empty folder named .git makes no repository of everything below; a damaged one still is one, and the page says what is wrong.
    private static bool IsRepositoryFolder(string git) =>
        File.Exists(Path.Join(git, "HEAD")) || Directory.Exists(Path.Join(git, "objects")) || Directory.Exists(Path.Join(git, "refs"));

    private static bool IsBare(string directory) =>
        File.Exists(Path.Join(directory, "HEAD")) && Directory.Exists(Path.Join(directory, "objects")) && Directory.Exists(Path.Join(directory, "refs"));

    private static string? LinkTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
