using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.History;

/// <summary>How measurements moved, from the daily snapshots.</summary>
public static class QualityMoves
{
    private const int MaxMoves = 200;

    /// <summary>The differences between the last snapshot before a range and the last one in it, by project.</summary>
    /// <param name="directory">The data directory. Only read; lines that cannot be read are passed over.</param>
    /// <param name="from">First day of the range.</param>
    /// <param name="to">Last day.</param>
    public static IReadOnlyList<QualityMove> Read(DataDirectory directory, DateOnly from, DateOnly to)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var before = new SortedDictionary<string, QualitySnapshot>(StringComparer.Ordinal);
        var now = new SortedDictionary<string, QualitySnapshot>(StringComparer.Ordinal);
        string first = SnapshotRows.Day(from);
        string last = SnapshotRows.Day(to);
        JsonTypeInfo<QualitySnapshot> json = SnapshotRows.QualityJson;
        for (DateOnly month = new DateOnly(from.Year, from.Month, 1).AddMonths(-1); month <= to; month = month.AddMonths(1))
        {
            string path = directory.PathOf(DataFiles.History("quality", SnapshotRows.Day(month)[..7]));
            if (!File.Exists(path))
            {
                continue;
            }

            try
            {
                directory.Log(DataFiles.History("quality", SnapshotRows.Day(month)[..7])).Read((line, _, _) => Take(line));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // The step that writes them reports it.
            }
        }

        return [.. now.SelectMany(n => Moves(before.GetValueOrDefault(n.Key), n.Value)).Take(MaxMoves)];

        void Take(ReadOnlySpan<byte> line)
        {
            try
            {
                if (JsonSerializer.Deserialize(line, json) is { } row && string.CompareOrdinal(row.Date, last) <= 0)
                {
                    (string.CompareOrdinal(row.Date, first) < 0 ? before : now)[row.Project] = row;
                }
            }
            catch (JsonException)
            {
                // Reported when it is written next.
            }
        }
    }

    private static IEnumerable<QualityMove> Moves(QualitySnapshot? before, QualitySnapshot now)
    {
        (string What, decimal? Before, decimal? Now, string Unit)[] measured =
        [
            ("coverage", before?.TestCoverage?.Overall, now.TestCoverage?.Overall, "%"),
            ("Lighthouse", before?.LighthouseScore, now.LighthouseScore, ""),
            ("open issues", before?.OpenIssues, now.OpenIssues, ""),
        ];
        return measured
            .Where(m => m.Now is not null && m.Now != m.Before)
            .Select(m => new QualityMove(now.Project, m.What, m.Before, m.Now!.Value, m.Unit));
    }
}
