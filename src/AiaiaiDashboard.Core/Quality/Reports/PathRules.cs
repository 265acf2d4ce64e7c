using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>Patterns of paths: <c>*</c> is anything within a folder, <c>**</c> any number of folders. Without regard to case.</summary>
internal sealed class PathRules
{
    // Projects share the lists of the settings, and compiling one takes longer than reading a report.
    private static readonly ConditionalWeakTable<IReadOnlyList<string>, PathRules> Compiled = [];

    private readonly Regex? any;

    /// <summary>Compiles them; an empty list matches nothing.</summary>
    public PathRules(IReadOnlyList<string> patterns) =>
        // Never backtracks: neither a pattern nor a path can make it slow.
        any = patterns.Count == 0 ? null : new Regex(
            $@"\A(?:{string.Join('|', patterns.Select(Expression))})\z", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture);

    /// <summary>The rules of a list that does not change, compiled once.</summary>
    public static PathRules Of(IReadOnlyList<string> patterns) => Compiled.GetValue(patterns, static list => new PathRules(list));

    /// <summary>Whether one of them matches the whole path.</summary>
    public bool Match(string path) => any?.IsMatch(path) == true;

    private static string Expression(string pattern)
    {
        var expression = new StringBuilder();
        string text = pattern.Replace('\\', '/').TrimStart('/');
        text = text.EndsWith('/') ? text + "**" : text;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '*')
            {
                expression.Append(text[i] == '?' ? "[^/]" : Regex.Escape(text[i].ToString()));
            }
            else if (i + 1 < text.Length && text[i + 1] == '*')
            {
                bool wholeFolders = i + 2 < text.Length && text[i + 2] == '/';
                expression.Append(wholeFolders ? "(?:.*/)?" : ".*");
                i += wholeFolders ? 2 : 1;
            }
            else
            {
                expression.Append("[^/]*");
            }
        }

        return expression.ToString();
    }
}
