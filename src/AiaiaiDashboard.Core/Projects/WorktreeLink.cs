using System.Text;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>
/// Follows a <c>.git</c> file to the repository it belongs to. A worktree holds <c>.git</c> with the line
/// <c>gitdir: /w/shop/.git/worktrees/fix</c>; there lie <c>commondir</c> (<c>../..</c>) and <c>gitdir</c> (<c>/w/fix/.git</c>).
/// Anybody can write such a file, so a worktree counts only where the main repository points back at it.
/// </summary>
internal static class WorktreeLink
{
    /// <summary>Longest file that is read; real ones hold one path.</summary>
    public const int MaxBytes = 8192;

    /// <summary>The root of the main repository whose worktree <paramref name="worktree"/> is, or null where it is none.</summary>
    public static WorkingDirectory? MainRoot(WorkingDirectory worktree, RepositoryFinder finder)
    {
        string gitFile = Path.Join(worktree.Text, ".git");
        if (GitDirectory(worktree, finder) is not { } gitDir
            || ReadLine(Path.Join(gitDir.Text, "commondir")) is not { } commonText
            || ReadLine(Path.Join(gitDir.Text, "gitdir")) is not { } backText)
        {
            return null;
        }

        WorkingDirectory common = Resolve(gitDir, commonText, finder);
        bool listed = gitDir.Parent is { Name: "worktrees" } worktrees && worktrees.Parent is { } holder && holder.Key == common.Key;
        bool pointsBack = Resolve(gitDir, backText, finder).Key == finder.RealPath(WorkingDirectory.Parse(gitFile)).Key;
        if (!common.CanProbe || !listed || !pointsBack)
        {
            return null;
        }

        // The usual "/w/shop/.git", or a bare repository tucked away as "/w/shop/.bare"; otherwise "/w/shop.git" itself.
        return common.Name.StartsWith('.') && common.Parent is { } parent ? parent : common;
    }

    /// <summary>
    /// The directory the <c>.git</c> file in <paramref name="root"/> names (real path), or null where the file says nothing usable.
    /// </summary>
    public static WorkingDirectory? GitDirectory(WorkingDirectory root, RepositoryFinder finder)
    {
        const string Prefix = "gitdir: ";
        string? line = ReadLine(Path.Join(root.Text, ".git"));
        if (line is null || !line.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        WorkingDirectory target = Resolve(root, line[Prefix.Length..], finder);
        return target.CanProbe && Directory.Exists(target.Text) ? target : null;
    }

    private static WorkingDirectory Resolve(WorkingDirectory from, string text, RepositoryFinder finder) =>
        finder.RealPath(WorkingDirectory.Parse(Path.IsPathRooted(text) ? text : Path.Join(from.Text, text)));

    // The length is looked at first: a pipe or device has none and would block or never end.
    private static string? ReadLine(string path)
    {
        try
        {
            var info = new FileInfo(path);
            if (!info.Exists || info.Length is 0 or > MaxBytes)
            {
                return null;
            }

            string line = File.ReadAllText(path, Encoding.UTF8).TrimEnd('\r', '\n', ' ');
            return line.Length == 0 || line.AsSpan().IndexOfAny('\n', '\0') >= 0 ? null : line;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
