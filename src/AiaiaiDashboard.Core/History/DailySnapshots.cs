using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.History;

/// <summary>
/// The daily snapshots of a metric: history/METRIC-YYYY-MM.jsonl, one row per project and day. Writing a day again appends only what differs; the
/// last row of a key wins, and earlier ones are compacted away once their month is over. By the holder of the lock only; not thread-safe.
/// </summary>
/// <param name="directory">The data directory.</param>
/// <param name="metric">projects or quality.</param>
/// <param name="json">How a row is written.</param>
public sealed class DailySnapshots<T>(DataDirectory directory, string metric, JsonTypeInfo<T> json)
    where T : ISnapshotRow
{
    // Lines of the day that was written last, by project, as they stand in the file.
    private Dictionary<string, byte[]> written = [];
    private DateOnly? day;
    private string? compactedBefore;
    private IReadOnlyList<FileProblem> problems = [];

    /// <summary>Writes what is new of a day.</summary>
    /// <param name="today">The day of all rows.</param>
    /// <param name="rows">The rows, at most one per project.</param>
    /// <param name="keepFrom">Months before this day's are deleted (retention).</param>
    /// <returns>Lines of the month that cannot be read; they are kept where they are.</returns>
    /// <exception cref="IOException">The file could not be read or written; the next call begins with what is in it.</exception>
    public IReadOnlyList<FileProblem> Write(DateOnly today, IEnumerable<T> rows, DateOnly keepFrom)
    {
        string month = Month(today);
        JsonlLog log = directory.Log(DataFiles.History(metric, month));
        try
        {
            if (day != today)
            {
                Load(log, today);
            }

            Append(log, rows);
            // Once per month and start of the program: nothing is added to a month that is over.
            if (compactedBefore != month)
            {
                CloseMonths(month, Month(keepFrom));
                compactedBefore = month;
            }

            return problems;
        }
        catch
        {
            day = null;
            compactedBefore = null;
            throw;
        }
    }

    private void Load(JsonlLog log, DateOnly today)
    {
        day = null;
        written = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        List<FileProblem> found = log.Recover().Problem is { } torn ? [torn] : [];
        string text = SnapshotRows.Day(today);
        LogReport report = log.Read((line, _, _) =>
        {
            (string date, string project) = KeyOf(line);
            if (date == text)
            {
                written[project] = [.. line, (byte)'\n'];
            }
        });
        problems = [.. found, .. report.Problems];
        day = today;
    }

    private void Append(JsonlLog log, IEnumerable<T> rows)
    {
        var lines = new ArrayBufferWriter<byte>(4096);
        var added = new List<(string Project, byte[] Line)>();
        foreach (T row in rows.OrderBy(r => r.Project, StringComparer.Ordinal))
        {
            byte[] line = DocumentJson.SerializeLine(row, json);
            if (!written.TryGetValue(row.Project, out byte[]? held) || !held.AsSpan().SequenceEqual(line))
            {
                lines.Write(line);
                added.Add((row.Project, line));
            }
        }

        log.Append(lines.WrittenSpan);
        foreach ((string project, byte[] line) in added)
        {
            written[project] = line;
        }
    }

    private void CloseMonths(string current, string keepFrom)
    {
        foreach (HistoryFile file in directory.HistoryFiles(metric).Where(f => !f.IsOriginal && string.CompareOrdinal(f.Month, current) < 0))
        {
            JsonlLog log = directory.Log(file.Name);
            if (string.CompareOrdinal(file.Month, keepFrom) < 0)
            {
                log.Delete();
            }
            else
            {
                log.Compact(KeyOf);
            }
        }
    }

    private static (string Date, string Project) KeyOf(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        string? date = null;
        string? project = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidDataException("expected an object in { }");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isDate = reader.ValueTextEquals("date"u8);
            // Rows of the original dashboard's projects bear the project's own "id".
            bool isProject = reader.ValueTextEquals("project"u8) || (project is null && reader.ValueTextEquals("id"u8));
            reader.Read();
            date = isDate ? reader.GetString() : date;
            project = isProject ? reader.GetString() : project;
            reader.Skip();
        }

        // To the end, so that a line with something behind its object is refused.
        while (reader.Read())
        {
        }

        return date is not null && project is not null ? (date, project) : throw new InvalidDataException("has no \"date\" and \"project\"");
    }

    private static string Month(DateOnly of) => IsoDay.Month(of);
}
