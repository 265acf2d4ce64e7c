namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>
/// Turns the paths reports write into paths of the project: they are absolute on the machine that ran the tests, relative to any of several folders, or
/// begin with a module or a Java package. Names only; nothing is opened.
/// </summary>
/// <param name="root">Real path of the project.</param>
/// <param name="tracked">Its tracked files; empty where it is no repository.</param>
internal sealed class SourcePaths(string root, IEnumerable<string> tracked)
{
    private const int MaxSegments = 64;

    private readonly ILookup<string, string> byName = tracked.ToLookup(p => p[(p.LastIndexOf('/') + 1)..], StringComparer.Ordinal);

    /// <summary>The path of a source file relative to the project; some name that is the same for the same file where it is none of the project's.</summary>
    /// <param name="written">As the report writes it.</param>
    /// <param name="package">The folder the report was found for.</param>
    /// <param name="folders">Folders the report says its paths are relative to.</param>
    public string Resolve(string written, string package, IReadOnlyList<string> folders)
    {
        string path = Normal(written);
        if (IsAbsolute(path))
        {
            return Inside(path) ?? BySuffix(path) ?? path;
        }

        string[] candidates = [.. folders.Select(f => Normal($"{f}/{path}")).Select(p => IsAbsolute(p) ? Inside(p) : p).OfType<string>(), package.Length == 0 ? path : Normal($"{package}/{path}"), path];
        return candidates.FirstOrDefault(IsTracked) ?? BySuffix(path) ?? candidates[^2];
    }

    private bool IsTracked(string path) => byName[path[(path.LastIndexOf('/') + 1)..]].Contains(path, StringComparer.Ordinal);

    // The tracked file that ends like the written path, or that the written path ends like: the one with most folders in common.
    private string? BySuffix(string path) => byName[path[(path.LastIndexOf('/') + 1)..]]
        .Where(p => EndsWith(path, p) || EndsWith(p, path))
        .MaxBy(p => p.Length);

    private static bool EndsWith(string path, string end) =>
        path.EndsWith(end, StringComparison.Ordinal) && (path.Length == end.Length || path[path.Length - end.Length - 1] == '/');

    private string? Inside(string path)
    {
        string prefix = Normal(root) + "/";
        return path.StartsWith(prefix, StringComparison.Ordinal) ? path[prefix.Length..] : null;
    }

    private static bool IsAbsolute(string path) => path.StartsWith('/') || (path.Length > 2 && path[1] == ':' && path[2] == '/');

    private static string Normal(string path)
    {
        var parts = new List<string>();
        foreach (string part in path.Replace('\\', '/').Split('/', MaxSegments))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("." or "" or ".."))
            {
                parts.Add(part);
            }
        }

        return (path.StartsWith('/') ? "/" : "") + string.Join('/', parts);
    }
}
