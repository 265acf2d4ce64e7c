using System.Text;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Projects.Manifests;

/// <summary>
/// Reads a foreign project's folder within bounds: small regular files only, no link followed that leaves the folder, no more folders and
/// files than stated here.
/// </summary>
/// <param name="root">The folder.</param>
internal sealed class ProjectFolder(string root)
{
    /// <summary>Largest manifest that is read, bytes.</summary>
    public const int MaxFileBytes = 1024 * 1024;

    /// <summary>Most folders that are entered.</summary>
    public const int MaxFolders = 200;

    /// <summary>Most entries of one folder that are looked at.</summary>
    public const int MaxEntries = 2_000;

    /// <summary>Levels below the root that are searched.</summary>
    public const int MaxDepth = 2;

    private static readonly HashSet<string> NotSources = new(StringComparer.OrdinalIgnoreCase)
    {
        "node_modules", "bin", "obj", "dist", "build", "target", "vendor", "packages", "venv", "__pycache__", "coverage",
    };

    private readonly string realRoot = Path.TrimEndingDirectorySeparator(FileIdentity.RealPath(root)) + Path.DirectorySeparatorChar;

    /// <summary>Files of the root and of the folders up to <see cref="MaxDepth"/> below it: path relative to the root with <c>/</c>, in a fixed order, the root's first.</summary>
    /// <exception cref="IOException">The root cannot be listed.</exception>
    /// <exception cref="UnauthorizedAccessException">The root cannot be listed.</exception>
    public IReadOnlyList<string> Files(CancellationToken cancel)
    {
        var files = new List<string>();
        var level = new List<string> { "" };
        int entered = 0;
        for (int depth = 0; depth <= MaxDepth && level.Count > 0; depth++)
        {
            var next = new List<string>();
            foreach (string folder in level)
            {
                cancel.ThrowIfCancellationRequested();
                if (++entered > MaxFolders)
                {
                    return files;
                }

                List(folder, depth, files, next);
            }

            next.Sort(StringComparer.Ordinal);
            level = next;
        }

        return files;
    }

    /// <summary>The text of a file, or null with the reason: too large, unreadable, a link that leaves the folder.</summary>
    public string? Read(string relative, out string? reason)
    {
        string path = Path.Join(root, relative);
        try
        {
            // Of the whole path: the folder of a file, or what its link leads through, may be a link as well.
            string real = FileIdentity.RealPath(path);
            if (!real.StartsWith(realRoot, StringComparison.Ordinal))
            {
                reason = $"{relative} is a link that leaves the project; it was not followed.";
                return null;
            }

            var info = new FileInfo(real);
            // A pipe or a device has no length; opening one could block for ever.
            if (info.Length == 0)
            {
                reason = null;
                return "";
            }

            if (info.Length > MaxFileBytes)
            {
                reason = $"{relative} is larger than 1 MB and was not read.";
                return null;
            }

            reason = null;
            return File.ReadAllText(info.FullName, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = $"{relative} could not be read: {e.Message}";
            return null;
        }
    }

    private void List(string folder, int depth, List<string> files, List<string> next)
    {
        var here = new List<string>();
        try
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(Path.Join(root, folder)).EnumerateFileSystemInfos().Take(MaxEntries))
            {
                string relative = folder.Length == 0 ? entry.Name : $"{folder}/{entry.Name}";
                if ((entry.Attributes & FileAttributes.Directory) == 0)
                {
                    here.Add(relative);
                }
                else if (depth < MaxDepth && entry.LinkTarget is null && !entry.Name.StartsWith('.') && !NotSources.Contains(entry.Name))
                {
                    next.Add(relative);
                }
            }
        }
        catch (Exception e) when (depth > 0 && (e is IOException or UnauthorizedAccessException))
        {
            // A folder further down that cannot be listed hides no fact of the project's own.
        }

        here.Sort(StringComparer.Ordinal);
        files.AddRange(here);
    }
}
