namespace AiaiaiDashboard.Core.Projects.Git;

/// <summary>Keeps a downloaded folder from showing another repository's history as its own.</summary>
internal static class RepositoryFence
{
    /// <summary>
    /// Null where the repository's data lies inside the folder, or, for a submodule, in the <c>.git/modules</c> of a repository above it;
    /// else the reason why it is not read.
    /// </summary>
    public static string? WhyClosed(WorkingDirectory root, RepositoryFinder finder)
    {
        WorkingDirectory git = WorkingDirectory.Parse(Path.Join(root.Text, ".git"));
        WorkingDirectory? target = File.Exists(git.Text) ? WorktreeLink.GitDirectory(root, finder) : finder.RealPath(git);
        if (target is not { } data)
        {
            return ".git does not lead to a repository: there are no commit dates.";
        }

        bool own = data.IsWithin(root) || root.Upwards(RepositoryFinder.MaxLevels)
            .Any(above => data.IsWithin(WorkingDirectory.Parse(Path.Join(above.Text, ".git", "modules"))));
        return own ? null : ".git leads out of the project to a repository that does not point back: it was not read.";
    }
}
