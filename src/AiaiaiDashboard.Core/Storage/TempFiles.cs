using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// The temporary files that new content is built in, beside the file it will replace: <c>.projects.json.3f9c01d2a4b7.tmp</c>. A process
/// that is killed leaves one behind; the next start sweeps it.
/// </summary>
public static partial class TempFiles
{
    /// <summary>A new name beside <paramref name="target"/>.</summary>
    internal static string NameFor(string target) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{UniqueHex()}.tmp");

    // Unique, not secret: a cryptographic generator would load a library of several MB for it.
    private static string UniqueHex() => Random.Shared.NextInt64(1L << 48).ToString("x12", provider: null);

    /// <summary>Whether a file name is of our pattern.</summary>
    internal static bool IsOurs(string fileName) => OurName().IsMatch(fileName);

    /// <summary>
    /// Deletes temporary files left behind by a killed process: only names of our pattern, never one that is open for writing. Called by the holder
    /// of the directory's lock before its first write. Looks into the data directory, its folders <c>config</c>, <c>history</c> and
    /// <c>cache</c> (and one folder below), and beside the targets of linked documents.
    /// </summary>
    /// <returns>The files that were deleted.</returns>
    public static IReadOnlyList<string> Sweep(DataDirectory directory, IFileSystem? files = null)
    {
        files ??= PhysicalFileSystem.Instance;
        List<string> deleted = [];
        foreach (string folder in Folders(files, directory))
        {
            foreach (string path in files.Files(folder))
            {
                string target = files.FinalTarget(path);
                if (target == path)
                {
                    Delete(files, path, deleted);
                    continue;
                }

                // A linked document is replaced where it really lies, so its temporary files are there, between files that are not ours.
                string prefix = $".{Path.GetFileName(target)}.";
                foreach (string beside in files.Files(Path.GetDirectoryName(target)!))
                {
                    if (Path.GetFileName(beside).StartsWith(prefix, StringComparison.Ordinal))
                    {
                        Delete(files, beside, deleted);
                    }
                }
            }
        }

        return deleted;
    }

    private static IEnumerable<string> Folders(IFileSystem files, DataDirectory directory) =>
        ((string[])["config", "history", "cache"])
            .Select(directory.PathOf)
            .SelectMany(folder => files.Directories(folder).Prepend(folder))
            .Prepend(directory.Root);

    private static void Delete(IFileSystem files, string path, List<string> deleted)
    {
        if (IsOurs(Path.GetFileName(path)) && !files.IsBeingCreated(path))
        {
            files.Delete(path);
            deleted.Add(path);
        }
    }

    // The content of a log or a document only: the name of the file it replaces always ends so.
    [GeneratedRegex(@"\A\..+\.(json|jsonl|bak|broken|bin)\.[0-9a-f]{12}\.tmp\z", RegexOptions.ExplicitCapture)]
    private static partial Regex OurName();
}
