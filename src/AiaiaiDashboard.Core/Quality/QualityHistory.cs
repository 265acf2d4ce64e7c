using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.History;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Quality;

/// <summary>What was known of a project's quality on one day; null where it was not measured.</summary>
/// <param name="Day">The day.</param>
/// <param name="Coverage">Overall coverage in percent.</param>
/// <param name="Lines">Lines that could be covered.</param>
/// <param name="Lighthouse">Performance score.</param>
/// <param name="OpenIssues">Open issues.</param>
/// <param name="FailedTests">Failed tests of the newest run.</param>
public sealed record QualityPoint(DateOnly Day, decimal? Coverage, long? Lines, decimal? Lighthouse, int? OpenIssues, long? FailedTests);

/// <summary>The daily quality snapshots of the last year, by project. Immutable.</summary>
public sealed class QualityHistory
{
    /// <summary>Days that are held.</summary>
    public const int Days = 366;

    private const int MaxMoves = 200;

    private readonly Dictionary<string, IReadOnlyList<QualityPoint>> points;

    private QualityHistory(Dictionary<string, IReadOnlyList<QualityPoint>> points) => this.points = points;

    /// <summary>A history without any day.</summary>
    public static QualityHistory Empty { get; } = new([]);

    /// <summary>The days of a project, oldest first; empty where none is known.</summary>
    public IReadOnlyList<QualityPoint> Of(string project) => points.GetValueOrDefault(project) ?? [];

    /// <summary>How measurements moved: the last day before a range against the last one in it, by project and measurement; at most 200.</summary>
    /// <param name="from">First day of the range.</param>
    /// <param name="to">Last day.</param>
    public IReadOnlyList<QualityMove> Moves(DateOnly from, DateOnly to) =>
        [.. points
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .SelectMany(p => Moves(p.Key, p.Value.LastOrDefault(d => d.Day < from), p.Value.LastOrDefault(d => d.Day <= to && d.Day >= from)))
            .Take(MaxMoves)];

    /// <summary>Reads history/quality-YYYY-MM.jsonl. Lines that cannot be read are passed over: the sync reports them.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="today">Last day that is read.</param>
    /// <param name="reach">A day whose preceding month is read too, however long ago; null for the last <see cref="Days"/> only.</param>
    public static QualityHistory Load(DataDirectory directory, DateOnly today, DateOnly? reach = null)
    {
        DateOnly from = today.AddDays(1 - Days);
        from = reach?.AddMonths(-1) < from ? reach.Value.AddMonths(-1) : from;
        string first = IsoDay.Month(from);
        JsonTypeInfo<QualitySnapshot> json = SnapshotRows.QualityJson;
        var byProject = new Dictionary<string, SortedDictionary<DateOnly, QualityPoint>>(StringComparer.Ordinal);
        foreach (HistoryFile file in directory.HistoryFiles("quality").Where(f => string.CompareOrdinal(f.Month, first) >= 0))
        {
            directory.Log(file.Name).Read((line, _, _) => Add(byProject, JsonSerializer.Deserialize(line, json), from, today));
        }

        return new QualityHistory(byProject.ToDictionary(p => p.Key, p => (IReadOnlyList<QualityPoint>)[.. p.Value.Values], StringComparer.Ordinal));
    }

    /// <summary>The history with the rows of a day in place of those it held, without what is older than <see cref="Days"/> then.</summary>
    public QualityHistory With(DateOnly day, IEnumerable<QualitySnapshot> rows)
    {
        var changed = new Dictionary<string, IReadOnlyList<QualityPoint>>(points, StringComparer.Ordinal);
        DateOnly from = day.AddDays(1 - Days);
        foreach (QualitySnapshot row in rows)
        {
            changed[row.Project] = [.. Of(row.Project).Where(p => p.Day >= from && p.Day < day), Point(row, day)];
        }

        return new QualityHistory(changed);
    }

    private static IEnumerable<QualityMove> Moves(string project, QualityPoint? before, QualityPoint? now)
    {
        (string What, decimal? Before, decimal? Now, string Unit)[] measured =
        [
            ("coverage", before?.Coverage, now?.Coverage, "%"),
            ("Lighthouse", before?.Lighthouse, now?.Lighthouse, ""),
            ("open issues", before?.OpenIssues, now?.OpenIssues, ""),
        ];
        return measured
            .Where(m => m.Now is not null && m.Now != m.Before)
            .Select(m => new QualityMove(project, m.What, m.Before, m.Now!.Value, m.Unit));
    }

    private static void Add(Dictionary<string, SortedDictionary<DateOnly, QualityPoint>> byProject, QualitySnapshot? row, DateOnly from, DateOnly today)
    {
        DateOnly day = ProjectRecord.ParseDay(row?.Date) ?? throw new InvalidDataException("has no date");
        if (day < from || day > today)
        {
            return;
        }

        if (!byProject.TryGetValue(row!.Project, out SortedDictionary<DateOnly, QualityPoint>? days))
        {
            byProject[row.Project] = days = [];
        }

        days[day] = Point(row, day);
    }

    private static QualityPoint Point(QualitySnapshot row, DateOnly day) => new(
        day, QualityFigures.Coverage(row.TestCoverage), row.TestCoverage?.Lines, row.LighthouseScore, row.OpenIssues, row.TestsFailed);
}
