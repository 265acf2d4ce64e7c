using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>One monthly log that exists.</summary>
/// <param name="Metric">tokens, quality or projects.</param>
/// <param name="Month"><c>YYYY-MM</c>.</param>
/// <param name="Name">Path relative to the data directory, with <c>/</c>.</param>
/// <param name="IsOriginal">True for a log in the original dashboard's layout: read, never written.</param>
public sealed partial record HistoryFile(string Metric, string Month, string Name, bool IsOriginal)
{
    /// <param name="folders">Whether folders that bear the name of a log are listed too: nothing can be read there, which somebody may want to say.</param>
    internal static IEnumerable<HistoryFile> In(IFileSystem files, DataDirectory directory, string metric, bool original, bool folders = false)
    {
        string folder = original ? $"history/{metric}" : "history";
        string root = directory.PathOf(folder);
        foreach (string path in files.Files(root).Concat(folders ? files.Directories(root) : []))
        {
            Match match = MonthlyLog().Match(Path.GetFileName(path));
            if (match.Success && match.Groups["metric"].Value == metric)
            {
                yield return new HistoryFile(metric, match.Groups["month"].Value, $"{folder}/{Path.GetFileName(path)}", original);
            }
        }
    }

    [GeneratedRegex(@"\A(?<metric>.+)-(?<month>[0-9]{4}-(0[1-9]|1[0-2]))\.jsonl\z", RegexOptions.ExplicitCapture)]
    private static partial Regex MonthlyLog();
}
