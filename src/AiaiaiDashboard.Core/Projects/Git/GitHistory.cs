using AiaiaiDashboard.Core.Projects.GitHub;
using AiaiaiDashboard.Core.Sync;
using LibGit2Sharp;

namespace AiaiaiDashboard.Core.Projects.Git;

/// <summary>Reads a repository in process: no hook, no configured command and no git binary runs.</summary>
internal static class GitHistory
{
    /// <summary>Most commits that are walked.</summary>
    public const int MaxCommits = 50_000;

    /// <summary>Days of <see cref="GitFacts.CommitsPerDay"/>.</summary>
    public const int ActivityDays = 90;

    /// <summary>Most commits of <see cref="GitFacts.Recent"/>.</summary>
    public const int MaxRecent = 12;

    /// <summary>Most remotes that are looked at.</summary>
    public const int MaxRemotes = 20;

    /// <summary>Longest walk.</summary>
    public static readonly TimeSpan MaxWalk = TimeSpan.FromSeconds(2);

    /// <summary>Reads the history. Whatever is wrong with the repository becomes a reason.</summary>
    /// <param name="root">The folder that holds <c>.git</c>, or a bare repository.</param>
    /// <param name="zone">Zone of the days.</param>
    /// <param name="knownFirst">The first commit where it is already known: it does not change, so no walk is needed.</param>
    /// <param name="before">What the last look found: where nothing was committed since, the history is not walked again.</param>
    /// <param name="time">Clock of the bound.</param>
    /// <param name="cancel">Stops the walk.</param>
    public static GitFacts Read(string root, TimeZoneInfo zone, DateOnly? knownFirst, ProjectState? before, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            GitAccess.Prepare();
            using var repository = new Repository(root);
            return Read(repository, zone, knownFirst, before, time, cancel) with { GitHub = OnGitHub(repository) };
        }
        catch (Exception e) when (e is LibGit2SharpException or IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or NullReferenceException)
        {
            return new GitFacts { FirstCommit = knownFirst, Reasons = [$"The repository could not be read: {ProjectNames.OneLine(e.Message, 200)}"] };
        }
    }

    // "origin" is where a clone comes from; the addresses are only read, never asked.
    private static string? OnGitHub(Repository repository)
    {
        try
        {
            return GitHubRepository.Parse(repository.Network.Remotes["origin"]?.Url)
                ?? repository.Network.Remotes.Take(MaxRemotes).Select(r => GitHubRepository.Parse(r.Url)).FirstOrDefault(r => r is not null);
        }
        catch (Exception e) when (e is LibGit2SharpException or ArgumentException or NullReferenceException)
        {
            // A remote that is no remote takes nothing from the history.
            return null;
        }
    }

    private static GitFacts Read(Repository repository, TimeZoneInfo zone, DateOnly? knownFirst, ProjectState? before, TimeProvider time, CancellationToken cancel)
    {
        var reasons = new List<string>();
        if (repository.Info.IsBare)
        {
            reasons.Add("Bare repository: it has no working files, so no manifest was read.");
        }

        Commit? tip = repository.Head.Tip;
        string? branch = repository.Info.IsHeadDetached ? null : ProjectNames.OneLine(repository.Head.FriendlyName, ProjectNames.MaxName);
        if (tip is null)
        {
            reasons.Add("The repository has no commits yet.");
            return new GitFacts { Branch = branch, NoCommits = true, Reasons = reasons };
        }

        DateOnly today = CalendarDay.Of(time.GetUtcNow(), zone);
        if (before is { FirstCommit: not null } && before.Tip == tip.Sha && before.CountedOn == today)
        {
            return new GitFacts
            {
                LastCommit = CalendarDay.Of(tip.Author.When, zone),
                FirstCommit = before.FirstCommit,
                Branch = branch,
                Tip = tip.Sha,
                CountedOn = today,
                CommitsPerDay = before.CommitsPerDay,
                Recent = before.Commits,
                Reasons = reasons,
            };
        }

        var walk = new HistoryWalk(repository, tip, zone, today, time, cancel);
        DateOnly? first = walk.Run(findFirst: knownFirst is null, reasons) ?? knownFirst;
        return new GitFacts
        {
            LastCommit = CalendarDay.Of(tip.Author.When, zone),
            FirstCommit = first,
            Branch = branch,
            Tip = tip.Sha,
            CountedOn = today,
            CommitsPerDay = walk.CommitsPerDay,
            Recent = walk.Recent,
            Reasons = reasons,
        };
    }
}
