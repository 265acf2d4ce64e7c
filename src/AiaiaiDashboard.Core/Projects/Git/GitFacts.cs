namespace AiaiaiDashboard.Core.Projects.Git;

/// <summary>What the history of a repository says; null where it does not tell.</summary>
internal sealed record GitFacts
{
    /// <summary>Author date of the newest commit of HEAD, in the configured zone.</summary>
    public DateOnly? LastCommit { get; init; }

    /// <summary>Earliest author date reachable from HEAD, in the configured zone.</summary>
    public DateOnly? FirstCommit { get; init; }

    /// <summary>Checked-out branch; null when detached.</summary>
    public string? Branch { get; init; }

    /// <summary>Full hash of the newest commit of HEAD.</summary>
    public string? Tip { get; init; }

    /// <summary>The day <see cref="CommitsPerDay"/> ends with.</summary>
    public DateOnly? CountedOn { get; init; }

    /// <summary>Commits per day of the last <see cref="GitHistory.ActivityDays"/> days, oldest first, today last; empty where it was not walked.</summary>
    public IReadOnlyList<int> CommitsPerDay { get; init; } = [];

    /// <summary>The newest commits, newest first, at most <see cref="GitHistory.MaxRecent"/>.</summary>
    public IReadOnlyList<CommitFact> Recent { get; init; } = [];

    /// <summary><c>owner/name</c> on github.com, by its remotes; null where it is not there.</summary>
    public string? GitHub { get; init; }

    /// <summary>True where the repository was read and has no commit yet.</summary>
    public bool NoCommits { get; init; }

    /// <summary>Why something is missing, one sentence each.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}
