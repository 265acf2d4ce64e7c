using AiaiaiDashboard.Core.Sync;
using LibGit2Sharp;

namespace AiaiaiDashboard.Core.Projects.Git;

/// <summary>
/// One walk from the tip back, newest first: the newest commits, the commits per day of the last weeks and, where it is not known yet, the first
/// commit. Ends at the oldest day it needs, after <see cref="GitHistory.MaxCommits"/>, or after <see cref="GitHistory.MaxWalk"/>.
/// </summary>
internal sealed class HistoryWalk(Repository repository, Commit tip, TimeZoneInfo zone, DateOnly today, TimeProvider time, CancellationToken cancel)
{
    private const int MaxSubject = 120;

    // A commit's clock may be off, and a rebased one keeps its author's day: the walk goes on a little beyond the oldest day.
    private const int Slack = 200;

    // Some importers write 1970 for "unknown": such a date says nothing about a project.
    private static readonly DateTimeOffset Earliest = new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly int[] perDay = new int[GitHistory.ActivityDays];
    private readonly List<CommitFact> recent = [];

    /// <summary>See <see cref="GitFacts.CommitsPerDay"/>.</summary>
    public IReadOnlyList<int> CommitsPerDay => perDay;

    /// <summary>See <see cref="GitFacts.Recent"/>.</summary>
    public IReadOnlyList<CommitFact> Recent => recent;

    /// <summary>Walks.</summary>
    /// <param name="findFirst">Whether the day of the first commit is wanted.</param>
    /// <param name="reasons">Receives why something is missing.</param>
    /// <returns>The day of the first commit; null where it was not wanted or not found.</returns>
    public DateOnly? Run(bool findFirst, List<string> reasons)
    {
        if (findFirst && repository.Info.IsShallow)
        {
            reasons.Add("Shallow clone: its first commit is not known here.");
            findFirst = false;
        }

        long started = time.GetTimestamp();
        DateTimeOffset oldest = DateTimeOffset.MaxValue;
        int walked = 0;
        int old = 0;
        var filter = new CommitFilter { IncludeReachableFrom = tip, SortBy = CommitSortStrategies.Time };
        foreach (Commit commit in repository.Commits.QueryBy(filter))
        {
            cancel.ThrowIfCancellationRequested();
            if (++walked > GitHistory.MaxCommits || time.GetElapsedTime(started) > GitHistory.MaxWalk)
            {
                // Where a walk stops may differ from run to run, so half an answer is none.
                if (findFirst)
                {
                    reasons.Add("The history is long: its first commit was not looked for to the end.");
                }

                return null;
            }

            DateTimeOffset when = commit.Author.When;
            oldest = when >= Earliest && when < oldest ? when : oldest;
            int age = today.DayNumber - CalendarDay.Of(when, zone).DayNumber;
            if (age >= 0 && age < perDay.Length)
            {
                perDay[perDay.Length - 1 - age]++;
            }

            if (recent.Count < GitHistory.MaxRecent)
            {
                recent.Add(Fact(commit));
            }

            old = age >= perDay.Length ? old + 1 : 0;
            if (!findFirst && old > Slack)
            {
                return null;
            }
        }

        return findFirst && oldest != DateTimeOffset.MaxValue ? CalendarDay.Of(oldest, zone) : null;
    }

    private static CommitFact Fact(Commit commit) => new(
        commit.Sha[..8], commit.Author.When, ProjectNames.OneLine(commit.Author.Name, ProjectNames.MaxName), ProjectNames.OneLine(commit.MessageShort, MaxSubject));
}
