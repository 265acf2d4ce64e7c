using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Storage.Archive;

/// <summary>
/// Which files of a data directory an archive holds: everything a person wrote and everything that cannot be computed again. Not in it are the lock,
/// logs, the key ring, <c>cache/</c>, temporary files and previous versions.
/// </summary>
public static partial class ArchivedFiles
{
    private static readonly string[] Folders = ["config", "history"];

    /// <summary>Whether a path, relative and with <c>/</c>, belongs into an archive. No such path leads out of its folder.</summary>
    public static bool Includes(string name) => Name().IsMatch(name);

    /// <summary>The files that exist, in order of their names.</summary>
    public static IReadOnlyList<string> In(DataDirectory directory)
    {
        List<string> names = [];
        AddFrom(directory.Root, "", names);
        foreach (string folder in Folders)
        {
            string path = directory.PathOf(folder);
            AddFrom(path, $"{folder}/", names);
            foreach (string below in Directory.Exists(path) ? Directory.GetDirectories(path) : [])
            {
                AddFrom(below, $"{folder}/{Path.GetFileName(below)}/", names);
            }
        }

        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private static void AddFrom(string folder, string prefix, List<string> names)
    {
        if (Directory.Exists(folder))
        {
            names.AddRange(Directory.GetFiles(folder).Select(f => prefix + Path.GetFileName(f)).Where(Includes));
        }
    }

    // projects.json, config/alerts.json, history/tokens-2026-11.jsonl, and the original's history/tokens/tokens-2026-11.jsonl
    [GeneratedRegex(@"\A((config/)?[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.json|history/([A-Za-z0-9][A-Za-z0-9_-]{0,99}/)?[A-Za-z0-9][A-Za-z0-9_-]{0,99}\.jsonl)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
