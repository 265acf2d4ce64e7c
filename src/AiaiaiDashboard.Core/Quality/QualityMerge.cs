using AiaiaiDashboard.Core.Projects;

namespace AiaiaiDashboard.Core.Quality;

/// <summary>Makes the rows of quality.json. What was measured once stays, with its date, until it is measured again.</summary>
internal static class QualityMerge
{
    /// <summary>The row of one project; null where nothing was ever measured.</summary>
    /// <param name="project">Project id.</param>
    /// <param name="before">Its latest row so far.</param>
    /// <param name="now">What was read now; null where its folder did not answer.</param>
    /// <param name="reasons">What is to be said besides.</param>
    /// <param name="today">The day.</param>
    public static QualityRecord? Row(string project, QualityRecord? before, ProjectQualityCache? now, IEnumerable<string> reasons, DateOnly today)
    {
        TestCoverage? coverage = now?.Findings.Coverage;
        LighthouseScores? lighthouse = now?.Findings.Lighthouse;
        TestResults? tests = now?.Findings.Tests;
        CodeCounts? code = now?.Code;
        bool measured = coverage is not null || lighthouse is not null || tests is not null || code is not null;
        string[] said = [.. reasons.Concat(now?.Findings.Reasons ?? []).Append(now?.CodeReason).OfType<string>().Select(r => ProjectNames.OneLine(r, 400)).Take(QualityRecord.MaxReasons)];
        if (!measured && before is null && said.Length == 0)
        {
            return null;
        }

        var row = new QualityRecord
        {
            Project = project,
            Date = measured || before is null ? ProjectRecord.FormatDay(today) : before.Date,
            TestCoverage = coverage ?? before?.TestCoverage,
            LighthouseScore = lighthouse is not null ? lighthouse.Performance : before?.LighthouseScore,
            Lighthouse = lighthouse ?? before?.Lighthouse,
            OpenIssues = code?.Issues ?? before?.OpenIssues,
            Tests = tests ?? before?.Tests,
            Code = code ?? before?.Code,
            Sources = Sources(before, now),
            Reasons = said.Length > 0 ? said : null,
            Extra = before?.Extra,
        };
        return row with { TechDebt = TechDebt.Of(QualityFigures.Coverage(row), row.LighthouseScore) };
    }

    /// <summary>The whole document: rows of projects that were looked at are replaced in their place, others stay, new ones come last, by id.</summary>
    /// <param name="current">What the file holds.</param>
    /// <param name="rows">Project id to its row as of now, given the one so far; projects that were not looked at are not in it.</param>
    public static QualityList Apply(QualityList? current, IReadOnlyDictionary<string, Func<QualityRecord?, QualityRecord?>> rows)
    {
        Dictionary<string, QualityRecord> before = QualityFigures.Latest(current ?? []);
        var done = new HashSet<string>(StringComparer.Ordinal);
        var list = new QualityList();
        foreach (QualityRecord row in (current ?? []).Where(r => r is not null))
        {
            if (!rows.TryGetValue(row.Project, out Func<QualityRecord?, QualityRecord?>? make))
            {
                list.Add(row);
            }
            else if (done.Add(row.Project) && make(before[row.Project]) is { } changed)
            {
                list.Add(changed);
            }
        }

        string[] added = [.. rows.Keys.Where(id => !done.Contains(id))];
        Array.Sort(added, StringComparer.Ordinal);
        list.AddRange(added.Select(id => rows[id](null)).OfType<QualityRecord>());
        return list;
    }

    private static IReadOnlyList<QualitySource>? Sources(QualityRecord? before, ProjectQualityCache? now)
    {
        var sources = new List<QualitySource>(now?.Findings.Sources ?? []);
        if (now?.Code is not null)
        {
            sources.Add(new QualitySource { Kind = QualitySourceKind.Code, File = ".git/index", Format = "Source code" });
        }

        var measured = sources.Select(s => s.Kind).ToHashSet(StringComparer.Ordinal);
        sources.AddRange((before?.Sources ?? []).Where(s => s is not null && !measured.Contains(s.Kind)).Select(s => s with { Kept = true }));
        sources.AddRange(Entered(before, sources));
        return sources.Count > 0 ? [.. sources.Take(QualityRecord.MaxSources)] : null;
    }

    // Figures of a file that another program wrote, such as the original dashboard: they have no source but the file itself.
    private static IEnumerable<QualitySource> Entered(QualityRecord? before, List<QualitySource> sources)
    {
        DateTimeOffset? at = ProjectRecord.ParseDay(before?.Date) is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : null;
        (string Kind, bool Has)[] kinds =
        [
            (QualitySourceKind.Coverage, QualityFigures.Coverage(before) is not null),
            (QualitySourceKind.Lighthouse, before?.LighthouseScore is not null),
            (QualitySourceKind.Code, before?.OpenIssues is not null),
        ];
        return from kind in kinds
               where kind.Has && sources.TrueForAll(s => s.Kind != kind.Kind)
               select new QualitySource { Kind = kind.Kind, File = "quality.json", Format = "Earlier figures", MeasuredAt = at, Kept = true };
    }
}
