using System.Text.Json;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>
/// Istanbul's <c>coverage-summary.json</c> (nyc, c8, jest, vitest): <c>{"total":{"lines":{"total":10,"covered":8,"skipped":0,"pct":80},...},"/w/shop/src/a.js":{...}}</c>.
/// <c>pct</c> is <c>"Unknown"</c> where there are no lines. Later versions add members beside <c>lines</c>, which are passed over.
/// </summary>
internal static class IstanbulSummary
{
    /// <summary>Reads it.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidDataException">It is no such summary.</exception>
    public static CoverageData Read(ReportJson json)
    {
        var data = new CoverageData();
        while (json.NextProperty(0))
        {
            string name = json.Text ?? throw new InvalidDataException("names a source file of over 64 KB.");
            json.Next();
            Counts lines = json.Token == JsonTokenType.StartObject ? ReadLines(json) : default;
            if (name == "total")
            {
                data.Stated = lines.Covered is { } covered && lines.Total is { } total ? (covered, total) : null;
                data.StatedPercent = lines.Percent;
            }
            else if (lines.Covered is { } covered && lines.Total is { } total)
            {
                data.File(name).Set(covered, total);
            }
        }

        return !data.IsEmpty ? data : throw new InvalidDataException("is no coverage summary: it has no \"total\" with \"lines\".");
    }

    private static Counts ReadLines(ReportJson json)
    {
        var counts = default(Counts);
        int depth = json.Depth;
        while (json.NextProperty(depth))
        {
            bool isLines = json.Text == "lines";
            json.Next();
            if (isLines && json.Token == JsonTokenType.StartObject)
            {
                counts = ReadCounts(json);
            }
            else
            {
                json.Skip();
            }
        }

        return counts;
    }

    private static Counts ReadCounts(ReportJson json)
    {
        var counts = default(Counts);
        int depth = json.Depth;
        while (json.NextProperty(depth))
        {
            string? name = json.Text;
            json.Next();
            counts = (name, json.Number) switch
            {
                ("total", >= 0 and <= int.MaxValue) => counts with { Total = (long)json.Number },
                ("covered", >= 0 and <= int.MaxValue) => counts with { Covered = (long)json.Number },
                ("pct", >= 0 and <= 100) => counts with { Percent = json.Number },
                _ => counts,
            };
            json.Skip();
        }

        return counts.Covered > counts.Total ? throw new InvalidDataException("states more covered lines than lines.") : counts;
    }

    private readonly record struct Counts(long? Covered, long? Total, decimal? Percent);
}
