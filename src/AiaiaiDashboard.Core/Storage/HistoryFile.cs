using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>One monthly log that exists.</summary>
/// <param name="Metric">tokens, quality or projects.</param>
/// <param name="Month"><c>YYYY-MM</c>.</param>
/// <param name="Name">Path relative to the data directory, with <c>/</c>.</param>
/// <param name="IsOriginal">True for a log in the original dashboard's layout: read, never written.</param>
public sealed partial record HistoryFile(string Metric, string Month, string Name, bool IsOriginal)
{
    internal static IEnumerable<HistoryFile> In(IFileSystem files, DataDirectory directory, string metric, bool original)
    {
        string folder = original ? $"history/{metric}" : "history";
        foreach (string path in files.Files(directory.PathOf(folder)))
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
