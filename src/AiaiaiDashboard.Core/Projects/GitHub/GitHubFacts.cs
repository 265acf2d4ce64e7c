using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Projects.GitHub;

/// <summary>What GitHub says of a project.</summary>
public sealed record GitHubFacts
{
    /// <summary><c>owner/name</c>, from the address of the git remote.</summary>
    public required string Repository { get; init; }

    /// <summary>Open issues, without pull requests; null when not known.</summary>
    public int? OpenIssues { get; init; }

    /// <summary>Open pull requests; null when not known.</summary>
    public int? OpenPullRequests { get; init; }

    /// <summary>Why the figures are missing or are those known last, one sentence; null when all is well.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>What GitHub called the answer: while it is the same, nothing is sent again. Of use to the sync only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ETag { get; init; }
}
