using AiaiaiDashboard.Core.Projects.Git;
using AiaiaiDashboard.Core.Projects.GitHub;
using AiaiaiDashboard.Core.Projects.Planning;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>What one look at a project's directory found. What outlasts the run is put into projects.json.</summary>
public sealed record ProjectState
{
    /// <summary>Project id.</summary>
    public required string Id { get; init; }

    /// <summary>The directory; null where none is known.</summary>
    public string? Path { get; init; }

    /// <summary>False for a project without a directory of this machine, and for a hidden one.</summary>
    public bool WasLookedAt { get; init; }

    /// <summary>Whether the directory is known to be gone; one that did not answer is not.</summary>
    public bool IsMissing { get; init; }

    /// <summary>Whether the directory is there now.</summary>
    public bool PathExists { get; init; }

    /// <summary>Whether the directory is a repository now.</summary>
    public bool IsRepository { get; init; }

    /// <summary>Checked-out branch; null when unknown or detached.</summary>
    public string? Branch { get; init; }

    /// <summary>Day of the first commit, in the configured zone.</summary>
    public DateOnly? FirstCommit { get; init; }

    /// <summary>Day of the last commit, in the configured zone.</summary>
    public DateOnly? LastCommit { get; init; }

    /// <summary>Full hash of the newest commit; with <see cref="CountedOn"/> what the next look need not walk again.</summary>
    public string? Tip { get; init; }

    /// <summary>The day <see cref="CommitsPerDay"/> ends with.</summary>
    public DateOnly? CountedOn { get; init; }

    /// <summary>Commits per day of the last 90 days, oldest first, today last; empty where the history was not read.</summary>
    public IReadOnlyList<int> CommitsPerDay { get; init; } = [];

    /// <summary>The newest commits, newest first.</summary>
    public IReadOnlyList<CommitFact> Commits { get; init; } = [];

    /// <summary>What its planning document says; null without one.</summary>
    public Roadmap? Roadmap { get; init; }

    /// <summary>Its repository on GitHub with what is known of it; null where it is not there.</summary>
    public GitHubFacts? GitHub { get; init; }

    /// <summary>Why some facts are missing, whole sentences that name the file; empty when nothing is wrong.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}

/// <summary>The result of looking at all projects.</summary>
/// <param name="States">Project id to what was found.</param>
/// <param name="Searched">The configured roots and what was there.</param>
/// <param name="Problems">Roots that could not be read.</param>
/// <param name="Warnings">Roots that are not there, one sentence each.</param>
public sealed record ProjectScan(
    IReadOnlyDictionary<string, ProjectState> States, IReadOnlyList<SearchedPlace> Searched, IReadOnlyList<FileProblem> Problems, IReadOnlyList<string> Warnings)
{
    /// <summary>Nothing looked at.</summary>
    public static ProjectScan Empty { get; } = new(new Dictionary<string, ProjectState>(), [], [], []);

    /// <summary>Projects whose directory is a repository.</summary>
    public int Repositories => States.Values.Count(s => s.IsRepository);
}
