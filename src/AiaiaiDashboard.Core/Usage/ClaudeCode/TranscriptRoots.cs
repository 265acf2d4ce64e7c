using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>A place transcripts are looked for.</summary>
/// <param name="Path">The config directory, or a directory named <c>projects</c>, as configured.</param>
/// <param name="Projects">The <c>projects</c> directory to read; null when the root does not exist.</param>
/// <param name="Problem">Why it cannot be read; null when it can, or does not exist.</param>
public sealed record TranscriptRoot(string Path, string? Projects, string? Problem);

/// <summary>Finds the roots of transcripts (rule R1).</summary>
public static class TranscriptRoots
{
    /// <summary>Configured paths, else <c>CLAUDE_CONFIG_DIR</c>, else the two usual config directories.</summary>
    /// <param name="source">config/sources.json, <c>claudeCode</c>.</param>
    /// <param name="environment">Environment variables by name.</param>
    /// <returns>Every place that was looked at, existing or not.</returns>
    public static IReadOnlyList<TranscriptRoot> Find(ClaudeCodeSource source, Func<string, string?> environment)
    {
        string? home = environment("HOME") ?? environment("USERPROFILE");
        home = string.IsNullOrEmpty(home) ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) : home;
        List<string> paths = [.. source.Paths.Where(p => !string.IsNullOrWhiteSpace(p))];
        if (paths.Count == 0)
        {
            paths = FromVariable(environment("CLAUDE_CONFIG_DIR"), home);
        }

        if (paths.Count == 0)
        {
            string? xdg = environment("XDG_CONFIG_HOME");
            paths = [Path.Combine(string.IsNullOrEmpty(xdg) ? Path.Combine(home, ".config") : xdg, "claude"), Path.Combine(home, ".claude")];
        }

        return [.. paths.Select(p => Root(Expand(p.Trim(), home))).DistinctBy(r => r.Path, StringComparer.Ordinal)];
    }

    private static List<string> FromVariable(string? value, string home)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return [];
        }

        // A comma-separated list, unless the whole value is a directory whose name holds commas.
        return Directory.Exists(Expand(value, home))
            ? [value]
            : [.. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
    }

    private static string Expand(string path, string home) =>
        path == "~" ? home : path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal) ? Path.Combine(home, path[2..]) : path;

    private static TranscriptRoot Root(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            string inside = Path.Combine(full, "projects");
            if (Directory.Exists(inside))
            {
                return new TranscriptRoot(full, inside, null);
            }

            if (Path.GetFileName(full.TrimEnd('/', '\\')) == "projects" && Directory.Exists(full))
            {
                return new TranscriptRoot(full, full, null);
            }

            return new TranscriptRoot(full, null, File.Exists(full) ? "is a file, not a directory" : File.Exists(inside) ? "holds a file in place of the directory projects" : null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new TranscriptRoot(path, null, exception.Message);
        }
    }
}
