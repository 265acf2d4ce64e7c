using System.Globalization;
using AiaiaiDashboard.Core.Sync;
using Octokit;

namespace AiaiaiDashboard.Core.Projects.GitHub;

/// <summary>
/// The source <c>github</c> of the projects step: open issues and pull requests of projects whose git remote is on github.com, once there is a token.
/// A sync never waits long for it, and whatever goes wrong leaves the figures as they were.
/// </summary>
/// <param name="environment">Environment variables by name.</param>
internal sealed class GitHubSource(Func<string, string?> environment)
{
    /// <summary>Name of the source.</summary>
    public const string Name = "github";

    /// <summary>Longest time of one run: the rest of the sync waits for it.</summary>
    public static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(10);

    /// <summary>A repository is not asked for again earlier.</summary>
    public static readonly TimeSpan MinAge = TimeSpan.FromMinutes(10);

    /// <summary>First pause after a failure that concerns all repositories; it doubles up to <see cref="MaxPause"/>.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMinutes(5);

    /// <summary>Longest pause, whoever asks for it: GitHub counts by the hour.</summary>
    public static readonly TimeSpan MaxPause = TimeSpan.FromHours(1);

    private const int MaxNamed = 5;
    private const int Parallel = 4;

    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset> askedAt = new(StringComparer.OrdinalIgnoreCase);
    private DateTimeOffset pausedUntil;
    private TimeSpan pause;
    private string? pauseReason;

    /// <summary>Asks for what is old enough.</summary>
    /// <param name="context">The run.</param>
    /// <param name="scan">What was found; its states bear the repositories.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>The states with figures, and what came of it; null where no project is on GitHub.</returns>
    public async Task<(ProjectScan Scan, SyncSourceStatus? Status)> RunAsync(SyncContext context, ProjectScan scan, CancellationToken ct)
    {
        string token = environment(GitHubConnection.TokenVariable)?.Trim() ?? "";
        if (!scan.States.Values.Any(IsAsked))
        {
            return (scan, null);
        }

        if (token.Length == 0)
        {
            string reason = $"Not configured: the environment variable {GitHubConnection.TokenVariable} is not set.";
            return (With(scan, f => new GitHubFacts { Repository = f.Repository, Note = reason }), Status(SyncOutcome.Skipped, 0, reason));
        }

        if (!GitHubConnection.IsToken(token) || GitHubConnection.Address(environment) is not { } address)
        {
            string reason = GitHubConnection.IsToken(token)
                ? $"{GitHubConnection.AddressVariable} is not allowed: it may only name an address of this machine, such as http://127.0.0.1:8080."
                : $"{GitHubConnection.TokenVariable} holds characters that no token has: copy it once more, on one line and without quotes.";
            return (With(scan, f => f with { Note = reason }), Status(SyncOutcome.Warning, 0, reason));
        }

        return await AskAsync(context, scan, address, token, ct);
    }

    private async Task<(ProjectScan Scan, SyncSourceStatus? Status)> AskAsync(SyncContext context, ProjectScan scan, Uri address, string token, CancellationToken ct)
    {
        DateTimeOffset now = context.Time.GetUtcNow();
        // Two projects may be clones of one repository: what is known of either counts for both.
        var known = scan.States.Values.Where(IsAsked).Select(s => s.GitHub!)
            .GroupBy(f => f.Repository, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(g => g.Key, g => g.FirstOrDefault(f => f.ETag is not null) ?? g.First(), StringComparer.OrdinalIgnoreCase);
        GitHubFacts[] due = pausedUntil > now ? [] : [.. known.Values.Where(f => !(AskedAt(f) + MinAge > now)).OrderBy(AskedAt).ThenBy(f => f.Repository, StringComparer.Ordinal)];
        using var limit = new CancellationTokenSource(RunLimit, context.Time);
        // A failure that concerns all ends the run for all.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, ct);
        if (due.Length > 0)
        {
            pauseReason = null;
            var etags = due.Where(f => f.ETag is not null).ToDictionary(f => $"/repos/{f.Repository}", f => f.ETag!, StringComparer.Ordinal);
            var client = new GitHubReader(GitHubConnection.Create(address, token, etags), token, context.Time);
            try
            {
                await System.Threading.Tasks.Parallel.ForEachAsync(
                    due, new ParallelOptions { MaxDegreeOfParallelism = Parallel, CancellationToken = stop.Token }, async (facts, cancel) => await OneAsync(facts, cancel));
                pause = pauseReason is null ? TimeSpan.Zero : pause;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                if (pauseReason is null)
                {
                    Pause(now, null, string.Create(CultureInfo.InvariantCulture, $"GitHub took longer than {RunLimit.TotalSeconds:0} s."));
                }
            }

            async Task OneAsync(GitHubFacts facts, CancellationToken cancel)
            {
                try
                {
                    GitHubFacts fresh = await client.AskAsync(facts, cancel);
                    lock (gate)
                    {
                        known[facts.Repository] = fresh;
                        askedAt[facts.Repository] = now;
                    }
                }
                catch (GitHubException failure)
                {
                    lock (gate)
                    {
                        if (failure.ConcernsAll)
                        {
                            Pause(now, failure.Until ?? now + failure.Wait, failure.Message);
                            stop.Cancel();
                        }
                        else
                        {
                            known[facts.Repository] = facts with { Note = failure.Message };
                            askedAt[facts.Repository] = now;
                        }
                    }
                }
            }
        }

        ProjectScan result = With(scan, f => known[f.Repository] with { Repository = f.Repository, Note = pauseReason ?? known[f.Repository].Note });
        return (result, Summary(result));
    }

    // Not of hidden projects, of other machines, and of sample data.
    private static bool IsAsked(ProjectState state) => state is { WasLookedAt: true, GitHub: not null };

    private DateTimeOffset AskedAt(GitHubFacts facts) => askedAt.GetValueOrDefault(facts.Repository, DateTimeOffset.MinValue);

    private void Pause(DateTimeOffset now, DateTimeOffset? until, string reason)
    {
        pause = pause == TimeSpan.Zero ? FirstPause : pause * 2 < MaxPause ? pause * 2 : MaxPause;
        pausedUntil = until is null || until <= now ? now + pause : until < now + MaxPause ? until.Value : now + MaxPause;
        pauseReason = reason;
    }

    private SyncSourceStatus Summary(ProjectScan scan)
    {
        ProjectState[] states = [.. scan.States.Values.Where(IsAsked).OrderBy(s => s.Id, StringComparer.Ordinal)];
        ProjectState[] failed = [.. states.Where(s => s.GitHub!.Note is not null)];
        string? warning = failed.Length == 0 ? null
            : pauseReason is not null ? $"{pauseReason} Figures of GitHub are those known last."
            : string.Join(" ", failed.Take(MaxNamed).Select(s => $"{s.Id}: {s.GitHub!.Note}"))
                + (failed.Length > MaxNamed ? string.Create(CultureInfo.InvariantCulture, $" {failed.Length - MaxNamed} more projects have the like.") : "");
        return Status(warning is null ? SyncOutcome.Success : SyncOutcome.Warning, states.Count(s => s.GitHub!.OpenIssues is not null), warning);
    }

    private static SyncSourceStatus Status(string status, long items, string? error) => new() { Name = Name, Status = status, Items = items, Error = error };

    private static ProjectScan With(ProjectScan scan, Func<GitHubFacts, GitHubFacts> change) => scan with
    {
        States = scan.States.ToDictionary(s => s.Key, s => IsAsked(s.Value) ? s.Value with { GitHub = change(s.Value.GitHub!) } : s.Value, StringComparer.Ordinal),
    };
}
