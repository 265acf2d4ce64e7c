using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Core.Quality;

/// <summary>Makes what pages show of quality.json and its history: the one place where quality is put into figures.</summary>
public static class QualityFigures
{
    /// <summary>A larger loss of coverage within a week needs attention, points.</summary>
    public const decimal MaxDrop = 5;

    /// <summary>Days that changes are measured over.</summary>
    public const int Week = 7;

    /// <summary>An older report is stale, days.</summary>
    public const int StaleAfter = 30;

    /// <summary>So is one that is this many days older than the last commit.</summary>
    public const int StaleBehindCommit = 7;

    /// <summary>The newest measurement of each project, by project id. Of rows with one date the last in the file counts.</summary>
    public static Dictionary<string, QualityRecord> Latest(QualityList list)
    {
        var latest = new Dictionary<string, QualityRecord>(StringComparer.Ordinal);
        foreach (QualityRecord row in list.Where(r => r is not null).OrderBy(r => r.Date, StringComparer.Ordinal))
        {
            latest[row.Project] = row;
        }

        return latest;
    }

    /// <summary>Overall coverage: as stated, else the mean of the parts that were measured.</summary>
    public static decimal? Coverage(QualityRecord? row) => Coverage(row?.TestCoverage);

    /// <inheritdoc cref="Coverage(QualityRecord?)"/>
    public static decimal? Coverage(TestCoverage? coverage) => coverage is null ? null
        : coverage.Overall ?? (coverage.Frontend is { } front && coverage.Backend is { } back ? (front + back) / 2 : coverage.Frontend ?? coverage.Backend);

    /// <summary>Whether a report no longer says what is: it is older than <see cref="StaleAfter"/> days, or than the last commit by more than <see cref="StaleBehindCommit"/>.</summary>
    public static bool IsStale(DateOnly written, DateOnly today, DateOnly? lastCommit) =>
        today.DayNumber - written.DayNumber > StaleAfter || lastCommit?.DayNumber - written.DayNumber > StaleBehindCommit;

    /// <summary>The figures of one project.</summary>
    /// <param name="row">Its latest row; null where nothing was measured.</param>
    /// <param name="history">Its days, oldest first.</param>
    /// <param name="settings">Thresholds.</param>
    /// <param name="today">Today.</param>
    /// <param name="zone">Zone of the days.</param>
    /// <param name="lastCommit">Day of the last commit.</param>
    public static ProjectQuality Of(QualityRecord? row, IReadOnlyList<QualityPoint> history, QualitySettings settings, DateOnly today, TimeZoneInfo zone, DateOnly? lastCommit)
    {
        if (row is null)
        {
            return ProjectQuality.NotMeasured with { History = history };
        }

        decimal? coverage = Coverage(row);
        QualityChange? change = Change(history, coverage, today, p => p.Coverage);
        DateOnly? failingSince = row.Tests?.Failed > 0 ? FailingSince(history, today) : null;
        QualitySource[] reports = [.. (row.Sources ?? []).Where(s => s?.MeasuredAt is not null)];
        return new ProjectQuality
        {
            Coverage = coverage,
            FrontendCoverage = row.TestCoverage?.Frontend,
            BackendCoverage = row.TestCoverage?.Backend,
            CoverageLines = row.TestCoverage?.Lines,
            LighthouseScore = row.LighthouseScore,
            Lighthouse = row.Lighthouse,
            OpenIssues = row.OpenIssues,
            Code = row.Code,
            Debt = row.TechDebt ?? TechDebt.None,
            Tests = row.Tests,
            Sources = [.. (row.Sources ?? []).OfType<QualitySource>()],
            Reasons = [.. (row.Reasons ?? []).OfType<string>()],
            MeasuredAt = reports.Max(s => s.MeasuredAt),
            // A row of git alone is of the last sync, which is no measurement of a day.
            StatedOn = reports.Length == 0 && (row.Code is null || coverage is not null || row.LighthouseScore is not null) ? ProjectRecord.ParseDay(row.Date) : null,
            StaleKinds = [.. reports.GroupBy(s => s.Kind).Where(k => IsStale(CalendarDay.Of(k.Max(s => s.MeasuredAt)!.Value, zone), today, lastCommit)).Select(k => k.Key)],
            History = history,
            CoverageChange = change,
            LighthouseChange = Change(history, row.LighthouseScore, today, p => p.Lighthouse),
            IssuesChange = Change(history, row.OpenIssues, today, p => p.OpenIssues),
            HasDropped = change?.By < -MaxDrop,
            FailingSince = failingSince,
            IsNewlyFailing = today.DayNumber - failingSince?.DayNumber < Week,
            IsCoverageLow = coverage < settings.CoverageThreshold,
            IsLighthouseLow = row.LighthouseScore < settings.LighthouseThreshold,
            HasManyIssues = row.OpenIssues > settings.OpenIssuesThreshold,
        };
    }

    /// <summary>Sums and averages over projects.</summary>
    public static QualitySummary Summary(IReadOnlyCollection<ProjectQuality> projects, DateOnly today)
    {
        ProjectQuality[] covered = [.. projects.Where(q => q.Coverage is not null)];
        ProjectQuality[] tested = [.. projects.Where(q => q.Tests is not null)];
        return new QualitySummary
        {
            AverageCoverage = Average([.. covered.Select(q => (q.Coverage!.Value, q.CoverageLines))], out bool isWeighted),
            IsWeighted = isWeighted,
            CoveredProjects = covered.Length,
            LowCoverageProjects = covered.Count(q => q.IsCoverageLow),
            AverageLighthouse = projects.Average(q => q.LighthouseScore),
            LighthouseProjects = projects.Count(q => q.LighthouseScore is not null),
            OpenIssues = projects.Any(q => q.OpenIssues is not null) ? (int)Math.Min(int.MaxValue, projects.Sum(q => (long)(q.OpenIssues ?? 0))) : null,
            FailedTests = tested.Length > 0 ? tested.Sum(q => q.Tests!.Failed) : null,
            Tests = tested.Length > 0 ? tested.Sum(q => q.Tests!.Total) : null,
            FailingProjects = tested.Count(q => q.Tests!.Failed > 0),
            MeasuredProjects = projects.Count(q => q.IsMeasured),
            History = Days([.. projects.Select(q => q.History).Where(h => h.Count > 0)], today),
        };
    }

    private static QualityChange? Change(IReadOnlyList<QualityPoint> history, decimal? now, DateOnly today, Func<QualityPoint, decimal?> value)
    {
        if (now is null)
        {
            return null;
        }

        // A week ago, or as far back as is known where that is less.
        QualityPoint? before = history.LastOrDefault(p => p.Day <= today.AddDays(-Week) && value(p) is not null) ?? history.FirstOrDefault(p => p.Day < today && value(p) is not null);
        return before is null ? null : new QualityChange(now.Value - value(before)!.Value, before.Day);
    }

    private static DateOnly FailingSince(IReadOnlyList<QualityPoint> history, DateOnly today)
    {
        DateOnly since = today;
        foreach (QualityPoint point in history.Reverse().Where(p => p.Day <= today))
        {
            if (point.FailedTests is null or 0)
            {
                // Today's row may be from before the run that failed.
                if (point.Day == today)
                {
                    continue;
                }

                break;
            }

            since = point.Day;
        }

        return since;
    }

    private static decimal? Average(IReadOnlyList<(decimal Coverage, long? Lines)> values, out bool isWeighted)
    {
        isWeighted = values.Count > 0 && values.All(v => v.Lines > 0);
        return values.Count == 0 ? null
            : isWeighted ? values.Sum(v => v.Coverage * v.Lines!.Value) / values.Sum(v => v.Lines!.Value)
            : values.Average(v => v.Coverage);
    }

    // Every day from the first that is known, with what was last known of each project.
    private static List<QualityPoint> Days(IReadOnlyList<IReadOnlyList<QualityPoint>> histories, DateOnly today)
    {
        var days = new List<QualityPoint>();
        var next = new int[histories.Count];
        var held = new QualityPoint?[histories.Count];
        for (DateOnly day = histories.Select(h => h[0].Day).DefaultIfEmpty(today.AddDays(1)).Min(); day <= today; day = day.AddDays(1))
        {
            for (int i = 0; i < histories.Count; i++)
            {
                while (next[i] < histories[i].Count && histories[i][next[i]].Day <= day)
                {
                    held[i] = histories[i][next[i]++];
                }
            }

            QualityPoint[] known = [.. held.OfType<QualityPoint>()];
            days.Add(new QualityPoint(
                day,
                Average([.. known.Where(p => p.Coverage is not null).Select(p => (p.Coverage!.Value, p.Lines))], out _),
                null,
                known.Average(p => p.Lighthouse),
                known.Any(p => p.OpenIssues is not null) ? (int)Math.Min(int.MaxValue, known.Sum(p => (long)(p.OpenIssues ?? 0))) : null,
                known.Any(p => p.FailedTests is not null) ? known.Sum(p => p.FailedTests) : null));
        }

        return days;
    }
}
