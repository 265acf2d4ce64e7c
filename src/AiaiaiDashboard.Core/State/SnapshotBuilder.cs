using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.State;

/// <summary>Makes the snapshot the pages show. Pure: the same parts give the same snapshot.</summary>
public static class SnapshotBuilder
{
    /// <summary>Days of <see cref="ProjectSummary.Last14Days"/>.</summary>
    private const int RecentDays = 14;

    private const int MaxNoteLength = 60;

    /// <summary>Builds it.</summary>
    /// <param name="parts">What it is built from.</param>
    /// <param name="last">
    /// The snapshot before, with its parts: its figures are kept where nothing they depend on has changed, so that a move on the board costs
    /// the same with a large ledger as with none.
    /// </param>
    public static DashboardSnapshot Build(SnapshotParts parts, (SnapshotParts Parts, DashboardSnapshot Snapshot)? last = null)
    {
        AlertsConfig alerts = ProjectLimits.ById(parts.Config.Alerts, parts.Projects.Select(p => (p.Id, p.DisplayName)));
        ProjectRecord[] shown = [.. parts.Projects.Where(p => !p.IsHidden)];
        UsageReadModel usage = parts.Usage.AsOf(parts.Today);
        AnalyticsDocument figures = last is { } known && HaveSameFigures(known.Parts, parts)
            ? known.Snapshot.Analytics
            : AnalyticsCalculator.Compute(usage, alerts, parts.Today, parts.Zone, [.. shown.Select(p => p.Id)]);
        Dictionary<string, DateOnly> lastUsage = LastUsage(usage);
        Dictionary<string, QualityRecord> quality = QualityFigures.Latest(parts.Quality);
        ProjectSummary[] projects = [.. shown.Select(p => Summary(p, figures, parts, lastUsage, quality.GetValueOrDefault(p.Id)))];
        return new DashboardSnapshot
        {
            IsLoaded = true,
            IsDemo = parts.IsDemo,
            DataDirectory = parts.DataDirectory,
            Today = parts.Today,
            Alerts = alerts,
            SyncSettings = parts.Config.Sync,
            Sources = parts.Config.Sources,
            Board = parts.Config.Board,
            Analytics = figures,
            Projects = [.. projects
                .OrderByDescending(p => p.MonthSpend)
                .ThenBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
                .ThenBy(p => p.Id, StringComparer.Ordinal)],
            Hidden = [.. parts.Projects.Where(p => p.IsHidden).Select(p => new HiddenProject(p.Id, p.DisplayName, p.MergedInto)).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)],
            Quality = QualityFigures.Summary([.. projects.Select(p => p.Quality)], parts.Today),
            Usage = usage,
            Versions = parts.Versions,
            AdminReport = parts.AdminReport,
            Prices = parts.Prices,
            QualityMoves = parts.QualityHistory.Moves(parts.Today.AddDays(1 - QualityFigures.Week), parts.Today),
            Status = parts.Status,
            Problems = [.. parts.Config.Problems.Concat(parts.Problems).Distinct().Take(SyncContext.MaxProblems)],
            Searched = parts.Searched,
        };
    }

    private static bool HaveSameFigures(SnapshotParts one, SnapshotParts other) =>
        ReferenceEquals(one.Usage, other.Usage) && ReferenceEquals(one.Config.Alerts, other.Config.Alerts) && one.Zone.Equals(other.Zone)
        && one.Today == other.Today && one.Projects.Select(Identity).SequenceEqual(other.Projects.Select(Identity));

    // A limit may be typed by name, so figures depend on names too.
    private static (string, string, bool) Identity(ProjectRecord project) => (project.Id, project.DisplayName, project.IsHidden);

    private static ProjectSummary Summary(
        ProjectRecord project, AnalyticsDocument figures, SnapshotParts parts, Dictionary<string, DateOnly> lastUsage, QualityRecord? quality)
    {
        ScopeFigures scope = figures.Projects[project.Id];
        ProjectState? state = parts.Scan?.States.GetValueOrDefault(project.Id);
        var summary = new ProjectSummary
        {
            Id = project.Id,
            Name = project.DisplayName,
            Client = project.Client ?? "",
            Status = project.EffectiveStatus,
            Progress = project.Progress is { } progress ? (int)Math.Round(Math.Clamp(progress, 0, 100), MidpointRounding.AwayFromZero) : null,
            StartDate = project.StartDay,
            StartNote = NoteOf(project.StartDate, project.StartDay),
            Deadline = project.DeadlineDay,
            DeadlineNote = NoteOf(project.Deadline, project.DeadlineDay),
            DaysToDeadline = project.DeadlineDay?.DayNumber - parts.Today.DayNumber,
            Stack = project.Stack ?? [],
            LastCommit = project.LastCommitDay,
            LastCommitNote = NoteOf(project.LastCommit, project.LastCommitDay),
            Description = project.Description ?? "",
            Path = project.Path,
            // Before the first look at the disk nothing is said to be missing.
            PathExists = project.Path is not null && project.Missing != true,
            Reasons = project.Reasons ?? [],
            MonthSpend = scope.Month.Spend,
            Limit = scope.Month.Budget,
            LimitPercent = scope.Month.Percent,
            Last14Days = scope.Daily.Count == 0 ? new decimal[RecentDays] : [.. scope.Daily.Skip(scope.Daily.Count - RecentDays)],
            LastUsage = lastUsage.TryGetValue(project.Id, out DateOnly day) ? day : null,
            Coverage = QualityFigures.Coverage(quality),
            OpenIssues = quality?.OpenIssues,
            Quality = QualityFigures.Of(
                quality, parts.QualityHistory.Of(project.Id), parts.Config.Sources.Quality, parts.Today, parts.Zone, project.LastCommitDay),
            TechDebt = quality?.TechDebt,
            Order = project.Order,
            TasksTotal = project.TasksTotal,
            TasksDone = project.TasksDone,
            Roadmap = state?.Roadmap,
            Branch = state?.Branch,
            CommitsPerDay = state?.CommitsPerDay ?? [],
            Commits = state?.Commits ?? [],
            GitHub = state?.GitHub is { } onGitHub ? onGitHub with { ETag = null } : null,
        };
        return summary with { Health = HealthScore.Of(summary, parts.Today, parts.Config.Sources.Quality.CoverageThreshold) };
    }

    // At most a line of it: a page is no place for more.
    private static string? NoteOf(string? typed, DateOnly? day) =>
        day is not null || string.IsNullOrWhiteSpace(typed) ? null : ProjectNames.OneLine(typed, MaxNoteLength);

    // Rows come by date: the last one of a project wins.
    private static Dictionary<string, DateOnly> LastUsage(UsageReadModel usage)
    {
        var days = new DateOnly?[usage.Columns.Projects.Count];
        for (int i = 0; i < usage.RowCount; i++)
        {
            days[usage.Columns.Project[i]] = DateOnly.FromDayNumber(usage.Columns.Facts[i].Day);
        }

        var byId = new Dictionary<string, DateOnly>(days.Length, StringComparer.Ordinal);
        for (int code = 0; code < days.Length; code++)
        {
            if (days[code] is { } day)
            {
                byId[usage.Columns.Projects[code]] = day;
            }
        }

        return byId;
    }
}
