using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>What an <see cref="AttentionItem"/> is about.</summary>
public enum AttentionKind
{
    /// <summary>The month's spend reached a threshold of the budget.</summary>
    Budget,

    /// <summary>A project's spend reached a threshold of its limit.</summary>
    ProjectLimit,

    /// <summary>A project is past its deadline.</summary>
    Overdue,

    /// <summary>Tests of a project began to fail within the last week.</summary>
    FailingTests,

    /// <summary>The coverage of a project fell by more than 5 points within a week.</summary>
    CoverageDrop,

    /// <summary>An active project in which nothing has happened for longer than the limit of the health score.</summary>
    Stale,

    /// <summary>A step of the last sync failed or has something to report.</summary>
    Sync,

    /// <summary>Models without a price: their calls count as tokens, not as money.</summary>
    Unpriced,

    /// <summary>A file that cannot be read or is not valid.</summary>
    File,
}

/// <summary>One thing that waits for a person: facts only, the words are the page's.</summary>
public sealed record AttentionItem
{
    /// <summary>What it is about.</summary>
    public required AttentionKind Kind { get; init; }

    /// <summary>Critical items stand before warnings.</summary>
    public required bool IsCritical { get; init; }

    /// <summary>Project name, step, file or models, as <see cref="Kind"/> says; empty for the budget.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Project id where one is concerned.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Month-to-date spend, USD.</summary>
    public decimal Spend { get; init; }

    /// <summary>Budget or limit, USD.</summary>
    public decimal? Limit { get; init; }

    /// <summary>Spend in percent of <see cref="Limit"/>.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Deadline, or the day since when tests fail or coverage is lower.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Coverage before it fell, percent; <see cref="Percent"/> is the one now.</summary>
    public decimal? Before { get; init; }

    /// <summary>Days overdue, calls without a price, failed tests, or 0.</summary>
    public long Count { get; init; }

    /// <summary>Progress in percent of an overdue project.</summary>
    public int? Progress { get; init; }

    /// <summary>Reason in the words of the step or file.</summary>
    public string? Reason { get; init; }

    /// <summary>When it came up, where known.</summary>
    public DateTimeOffset? At { get; init; }
}

/// <summary>Derives the "Needs attention" list from a snapshot; nothing of it is stored.</summary>
public static class AttentionList
{
    /// <summary>Bound of the list; critical items come first.</summary>
    public const int MaxItems = 200;

    /// <summary>
    /// Critical items first, then warnings; each in the order budget, limits (highest percentage first), deadlines (oldest first),
    /// quality (failing tests, then the largest loss of coverage), stale projects (the longest quiet first), sync, prices, files.
    /// </summary>
    /// <param name="snapshot">The snapshot to look at.</param>
    /// <param name="projectId">Only this project's limit, deadline and quality, and what concerns all; null for everything.</param>
    public static IReadOnlyList<AttentionItem> Of(DashboardSnapshot snapshot, string? projectId = null)
    {
        IEnumerable<ProjectSummary> projects = snapshot.Projects.Where(p => projectId is null || p.Id == projectId);
        return [.. Budget(snapshot)
            .Concat(Limits(snapshot, projects))
            .Concat(Deadlines(projects))
            .Concat(Quality(projects))
            .Concat(Stale(projects))
            .Concat(Steps(snapshot.Status))
            .Concat(Unpriced(snapshot.Analytics.Unpriced))
            .Concat(Files(snapshot.Problems))
            .OrderBy(item => item.IsCritical ? 0 : 1)
            .Take(MaxItems)];
    }

    private static IEnumerable<AttentionItem> Budget(DashboardSnapshot snapshot)
    {
        MonthFigures month = snapshot.Analytics.Total.Month;
        BudgetLevel level = BudgetLevels.Of(month.Percent, snapshot.Alerts.GlobalThresholds);
        if (level >= BudgetLevel.Warning)
        {
            yield return new AttentionItem
            {
                Kind = AttentionKind.Budget,
                IsCritical = level == BudgetLevel.Critical,
                Spend = month.Spend,
                Limit = month.Budget,
                Percent = month.Percent,
            };
        }
    }

    private static IEnumerable<AttentionItem> Limits(DashboardSnapshot snapshot, IEnumerable<ProjectSummary> projects) =>
        from project in projects
        let level = BudgetLevels.Of(project.LimitPercent, snapshot.Alerts.GlobalThresholds)
        where level >= BudgetLevel.Warning
        orderby project.LimitPercent descending
        select new AttentionItem
        {
            Kind = AttentionKind.ProjectLimit,
            IsCritical = level == BudgetLevel.Critical,
            Subject = project.Name,
            ProjectId = project.Id,
            Spend = project.MonthSpend,
            Limit = project.Limit,
            Percent = project.LimitPercent,
        };

    private static IEnumerable<AttentionItem> Deadlines(IEnumerable<ProjectSummary> projects) =>
        from project in projects
        where project.Status != "completed" && project.DaysToDeadline < 0
        orderby project.DaysToDeadline
        select new AttentionItem
        {
            Kind = AttentionKind.Overdue,
            IsCritical = true,
            Subject = project.Name,
            ProjectId = project.Id,
            Day = project.Deadline,
            Count = -project.DaysToDeadline!.Value,
            Progress = project.Progress,
        };

    private static IEnumerable<AttentionItem> Quality(IEnumerable<ProjectSummary> projects)
    {
        IEnumerable<AttentionItem> failing =
            from project in projects
            where project.Quality.IsNewlyFailing
            orderby project.Quality.Tests!.Failed descending
            select new AttentionItem
            {
                Kind = AttentionKind.FailingTests,
                IsCritical = false,
                Subject = project.Name,
                ProjectId = project.Id,
                Count = project.Quality.Tests!.Failed,
                Day = project.Quality.FailingSince,
            };
        IEnumerable<AttentionItem> dropped =
            from project in projects
            where project.Quality.HasDropped
            orderby project.Quality.CoverageChange!.By
            select new AttentionItem
            {
                Kind = AttentionKind.CoverageDrop,
                IsCritical = false,
                Subject = project.Name,
                ProjectId = project.Id,
                Percent = project.Quality.Coverage,
                Before = project.Quality.Coverage - project.Quality.CoverageChange!.By,
                Day = project.Quality.CoverageChange.Since,
            };
        return failing.Concat(dropped);
    }

    private static IEnumerable<AttentionItem> Stale(IEnumerable<ProjectSummary> projects) =>
        from project in projects
        where ProjectHealths.Of(project) == ProjectHealth.Stale
        let activity = project.Health.Terms.First(t => t.Name == HealthScore.Activity)
        orderby activity.Points descending
        select new AttentionItem { Kind = AttentionKind.Stale, IsCritical = false, Subject = project.Name, ProjectId = project.Id, Reason = activity.Reason };

    private static IEnumerable<AttentionItem> Steps(SyncStatus status)
    {
        if (status.Error is not null && status.Steps.All(s => s.Status != SyncOutcome.Error))
        {
            yield return new AttentionItem { Kind = AttentionKind.Sync, IsCritical = true, Reason = status.Error, At = status.LastSync };
        }

        // What failed for one reason, such as a disk that is full, is one thing to do.
        foreach (IGrouping<(string Status, string? Error), SyncStepStatus> steps in status.Steps.Where(s => s.Status is SyncOutcome.Error or SyncOutcome.Warning).GroupBy(s => (s.Status, s.Error)))
        {
            yield return new AttentionItem
            {
                Kind = AttentionKind.Sync,
                IsCritical = steps.Key.Status == SyncOutcome.Error,
                Subject = string.Join(", ", steps.Select(s => s.Name)),
                Count = steps.Count(),
                Reason = steps.Key.Error,
                At = status.LastSync,
            };
        }
    }

    private static IEnumerable<AttentionItem> Unpriced(IReadOnlyList<UnpricedModel> models)
    {
        if (models.Count > 0)
        {
            yield return new AttentionItem
            {
                Kind = AttentionKind.Unpriced,
                IsCritical = false,
                Subject = string.Join(", ", models.Select(m => m.Model)),
                Count = models.Sum(m => m.Calls),
            };
        }
    }

    private static IEnumerable<AttentionItem> Files(IReadOnlyList<FileProblem> problems) =>
        problems.Select(problem => new AttentionItem
        {
            Kind = AttentionKind.File,
            IsCritical = false,
            Subject = problem.File,
            Reason = problem.Location is null ? problem.Message : $"{problem.Location}: {problem.Message}",
        });
}
