using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Projects.GitHub;

/// <summary>Finds the repository on github.com behind the address of a git remote.</summary>
internal static partial class GitHubRepository
{
    private const int MaxAddress = 500;

    /// <summary>
    /// <c>owner/name</c>, both as they may stand in a path; null for every other host, port or form. What else the address holds, such as a
    /// password, is dropped.
    /// </summary>
    /// <param name="remote">The address, which comes from a scanned repository.</param>
    public static string? Parse(string? remote)
    {
        if (remote is null || remote.Length > MaxAddress || Address().Match(remote) is not { Success: true } match)
        {
            return null;
        }

        string name = match.Groups["name"].Value;
        name = name.EndsWith(".git", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
        return name is "" or "." or ".." ? null : $"{match.Groups["owner"].Value}/{name}";
    }

    // https://github.com/owner/name.git, git@github.com:owner/name.git, ssh://git@github.com/owner/name, ssh://git@ssh.github.com:443/owner/name
    [GeneratedRegex(
        @"^(?:https://(?:[^/@\s\\]{1,300}@)?(?:www\.)?github\.com(?::443)?/|(?:git@)?github\.com:/?|ssh://(?:git@)?(?:github\.com(?::22)?|ssh\.github\.com:443)/)(?<owner>[A-Za-z0-9][A-Za-z0-9_-]{0,38})/(?<name>[A-Za-z0-9._-]{1,104})/?\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
