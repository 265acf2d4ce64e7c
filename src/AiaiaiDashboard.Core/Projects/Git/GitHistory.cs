using LibGit2Sharp;

namespace AiaiaiDashboard.Core.Projects.Git;

/// <summary>Reads a repository in process: no hook, no configured command and no git binary runs.</summary>
internal static class GitHistory
{
    /// <summary>Most commits that are walked for the first one.</summary>
    public const int MaxCommits = 50_000;

    /// <summary>Longest walk for the first commit.</summary>
    public static readonly TimeSpan MaxWalk = TimeSpan.FromSeconds(2);

    // Some importers write 1970 for "unknown": such a date says nothing about a project.
    private static readonly DateTimeOffset Earliest = new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Reads the history. Whatever is wrong with the repository becomes a reason.</summary>
    /// <param name="root">The folder that holds <c>.git</c>, or a bare repository.</param>
    /// <param name="zone">Zone of the days.</param>
    /// <param name="knownFirst">The first commit where it is already known: it does not change, so no walk is needed.</param>
    /// <param name="time">Clock of the bound.</param>
    /// <param name="cancel">Stops the walk.</param>
    public static GitFacts Read(string root, TimeZoneInfo zone, DateOnly? knownFirst, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            GitAccess.Prepare();
            using var repository = new Repository(root);
            return Read(repository, zone, knownFirst, time, cancel);
        }
        catch (Exception e) when (e is LibGit2SharpException or IOException or UnauthorizedAccessException or ArgumentException
            or InvalidOperationException or NullReferenceException)
        {
            return new GitFacts { FirstCommit = knownFirst, Reasons = [$"The repository could not be read: {ProjectNames.OneLine(e.Message, 200)}"] };
        }
    }

    private static GitFacts Read(Repository repository, TimeZoneInfo zone, DateOnly? knownFirst, TimeProvider time, CancellationToken cancel)
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

        DateOnly? first = knownFirst ?? FirstCommit(repository, tip, zone, time, reasons, cancel);
        return new GitFacts { LastCommit = DayOf(tip.Author.When, zone), FirstCommit = first, Branch = branch, Reasons = reasons };
    }

    private static DateOnly? FirstCommit(
        Repository repository, Commit tip, TimeZoneInfo zone, TimeProvider time, List<string> reasons, CancellationToken cancel)
    {
        if (repository.Info.IsShallow)
        {
            reasons.Add("Shallow clone: its first commit is not known here.");
            return null;
        }

        long started = time.GetTimestamp();
        DateTimeOffset oldest = DateTimeOffset.MaxValue;
        int walked = 0;
        var filter = new CommitFilter { IncludeReachableFrom = tip, SortBy = CommitSortStrategies.None };
        foreach (Commit commit in repository.Commits.QueryBy(filter))
        {
            cancel.ThrowIfCancellationRequested();
            if (++walked > MaxCommits || time.GetElapsedTime(started) > MaxWalk)
            {
                // Where a walk stops may differ from run to run, so half an answer is none.
                reasons.Add($"The history is long: its first commit was not found among {walked - 1} commits.");
                return null;
            }

            DateTimeOffset when = commit.Author.When;
            oldest = when >= Earliest && when < oldest ? when : oldest;
        }

        return oldest == DateTimeOffset.MaxValue ? null : DayOf(oldest, zone);
    }

    private static DateOnly DayOf(DateTimeOffset when, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(when, zone).DateTime);
}
