using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>
/// The journal of alerts, <c>logs/alerts-YYYY-MM.jsonl</c>: every event and every attempt to tell somebody, appended before anything relies on it.
/// From it alert-state.json is rebuilt where that is lost, and a notification it knows as sent is not sent again whatever the document says.
/// </summary>
/// <param name="directory">The data directory.</param>
internal sealed class AlertJournal(DataDirectory directory)
{
    /// <summary>Months that are kept: what the timeline looks back at.</summary>
    public const int KeptMonths = 4;

    /// <summary>A month's journal is not written beyond this: a channel that fails for ever must not fill the disk.</summary>
    public const long MaxBytes = 8 * 1024 * 1024;

    /// <summary>All events of the kept months, oldest first. Lines that cannot be read are passed over.</summary>
    public IReadOnlyList<AlertEvent> Read(DateTimeOffset now)
    {
        var events = new List<AlertEvent>();
        for (int back = KeptMonths - 1; back >= 0; back--)
        {
            Of(now.AddMonths(-back)).Read((line, _, _) => events.Add(JsonSerializer.Deserialize(line, AlertJson.Event) ?? throw new JsonException("null is no event.")));
        }

        return events;
    }

    /// <summary>Adds events, durably.</summary>
    /// <exception cref="IOException">Nothing was added.</exception>
    public void Append(IEnumerable<AlertEvent> events, DateTimeOffset now)
    {
        using var lines = new MemoryStream();
        foreach (AlertEvent e in events)
        {
            lines.Write(DocumentJson.SerializeLine(e, AlertJson.Event));
        }

        JsonlLog log = Of(now);
        var file = new FileInfo(log.Path);
        if (lines.Length > 0 && (!file.Exists || file.Length < MaxBytes))
        {
            log.Append(lines.GetBuffer().AsSpan(0, (int)lines.Length));
        }

        Of(now.AddMonths(-KeptMonths)).Delete();
    }

    private JsonlLog Of(DateTimeOffset at) => directory.Log($"logs/alerts-{at.UtcDateTime.ToString("yyyy-MM", CultureInfo.InvariantCulture)}.jsonl");
}
