using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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

    private static readonly JsonTypeInfo<QualitySnapshot> Json = DocumentJson.TypeInfo<QualitySnapshot>(SnapshotJson.Default);

    private readonly Dictionary<string, IReadOnlyList<QualityPoint>> points;

    private QualityHistory(Dictionary<string, IReadOnlyList<QualityPoint>> points) => this.points = points;

    /// <summary>A history without any day.</summary>
    public static QualityHistory Empty { get; } = new([]);

    /// <summary>The days of a project, oldest first; empty where none is known.</summary>
    public IReadOnlyList<QualityPoint> Of(string project) => points.GetValueOrDefault(project) ?? [];

    /// <summary>Reads history/quality-YYYY-MM.jsonl. Lines that cannot be read are passed over: the sync reports them.</summary>
    public static QualityHistory Load(DataDirectory directory, DateOnly today)
    {
        DateOnly from = today.AddDays(1 - Days);
        string first = from.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
        var byProject = new Dictionary<string, SortedDictionary<DateOnly, QualityPoint>>(StringComparer.Ordinal);
        foreach (HistoryFile file in directory.HistoryFiles("quality").Where(f => string.CompareOrdinal(f.Month, first) >= 0))
        {
            directory.Log(file.Name).Read((line, _, _) => Add(byProject, JsonSerializer.Deserialize(line, Json), from, today));
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
