using AiaiaiDashboard.Core.Quality;

namespace AiaiaiDashboard.Core.State;

/// <summary>What lists and cards show of quality.json.</summary>
internal static class QualityFigures
{
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
    public static decimal? Coverage(QualityRecord? row) => row?.TestCoverage is not { } coverage ? null
        : coverage.Overall ?? (coverage.Frontend is { } front && coverage.Backend is { } back ? (front + back) / 2 : coverage.Frontend ?? coverage.Backend);

    /// <summary>Averages over projects; what nobody measured is null.</summary>
    public static QualitySummary Summary(IReadOnlyCollection<QualityRecord> latest) => new()
    {
        AverageCoverage = latest.Average(Coverage),
        AverageLighthouse = latest.Average(q => q.LighthouseScore),
        OpenIssues = latest.Any(q => q.OpenIssues is not null) ? latest.Sum(q => q.OpenIssues) : null,
        MeasuredProjects = latest.Count(q => Coverage(q) is not null || q.LighthouseScore is not null || q.OpenIssues is not null),
    };
}
