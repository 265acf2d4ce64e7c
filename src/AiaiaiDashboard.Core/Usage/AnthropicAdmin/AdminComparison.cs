namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>
/// What the Admin API says of a range of days beside what the transcripts say. Nothing of it is added to a total: one measured source counts per
/// project and day (CONTRACT.md §2), and the cost and Claude Code reports count nowhere.
/// </summary>
public sealed record AdminComparison
{
    /// <summary>Projects and days the API has usage of, newest first, then by project.</summary>
    public IReadOnlyList<AdminReconciliation> Days { get; init; } = [];

    /// <summary>USD by the transcripts, on the days both have.</summary>
    public decimal TranscriptsCost { get; init; }

    /// <summary>USD by the API's usage report, on the days both have.</summary>
    public decimal ApiCost { get; init; }

    /// <summary>Transcripts less API on the days both have, USD.</summary>
    public decimal Difference => TranscriptsCost - ApiCost;

    /// <summary>Days and projects both have.</summary>
    public int BothCount { get; init; }

    /// <summary>USD of the days only the API has, which count.</summary>
    public decimal ApiOnlyCost { get; init; }

    /// <summary>USD Anthropic billed by its cost report, all workspaces, days of UTC; null where the report has none of the days.</summary>
    public decimal? Billed { get; init; }

    /// <summary>Claude Code's own figures, of all its users, days of UTC; null where the report has none of the days.</summary>
    public AdminClaudeCodeDay? ClaudeCode { get; init; }

    /// <summary>Whether the API has told anything about the days.</summary>
    public bool HasAny => Days.Count > 0 || Billed is not null || ClaudeCode is not null;

    /// <summary>Compares.</summary>
    /// <param name="usage">The ledger.</param>
    /// <param name="report">The API's other reports.</param>
    /// <param name="since">First day, included.</param>
    /// <param name="until">Last day, included.</param>
    /// <param name="project">Only this project, or null for all. The other reports know no projects: they are left out then.</param>
    public static AdminComparison Of(UsageReadModel usage, AdminReport report, DateOnly since, DateOnly until, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        List<AdminReconciliation> days = [.. AdminReconciliation.Of(usage, since, until).Where(d => project is null || d.Project == project)];
        AdminReconciliation[] both = [.. days.Where(d => d.TranscriptsCost is not null)];
        AdminReportDay[] reported = project is null ? [.. report.Days.Where(d => d.Date >= since && d.Date <= until)] : [];
        AdminReportDay[] billed = [.. reported.Where(d => d.Costs.Count > 0)];
        AdminClaudeCodeDay[] claudeCode = [.. reported.Select(d => d.ClaudeCode).OfType<AdminClaudeCodeDay>()];
        return new AdminComparison
        {
            Days = [.. days.OrderByDescending(d => d.Date).ThenBy(d => d.Project, StringComparer.Ordinal)],
            TranscriptsCost = both.Sum(d => d.TranscriptsCost!.Value),
            ApiCost = both.Sum(d => d.ApiCost),
            BothCount = both.Length,
            ApiOnlyCost = days.Where(d => d.TranscriptsCost is null).Sum(d => d.ApiCost),
            Billed = billed.Length == 0 ? null : billed.Sum(d => d.BilledUsd),
            ClaudeCode = claudeCode.Length == 0 ? null : claudeCode.Aggregate((a, b) => new AdminClaudeCodeDay
            {
                Sessions = a.Sessions + b.Sessions,
                Commits = a.Commits + b.Commits,
                PullRequests = a.PullRequests + b.PullRequests,
                LinesAdded = a.LinesAdded + b.LinesAdded,
                LinesRemoved = a.LinesRemoved + b.LinesRemoved,
                Models = [.. a.Models, .. b.Models],
            }),
        };
    }
}
