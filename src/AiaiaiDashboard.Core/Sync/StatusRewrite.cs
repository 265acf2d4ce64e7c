using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// sync-status.json after a run that needs nothing loaded: the document as it is with what this run did, put where the last run's figures stand. By hand,
/// since making a serializer, or only the framework's reader, ready costs more than such a run.
/// </summary>
internal sealed class StatusRewrite
{
    private readonly byte[] document;
    private readonly List<StepPlaces> steps = [];
    private JsonPlace? lastSync;
    private JsonPlace? duration;
    private JsonPlace? transcripts;
    private JsonPlace? newRun;
    private JsonPlace? oldRuns;
    private JsonPlace? nextSync;

    private StatusRewrite(byte[] document) => this.document = document;

    /// <summary>What the steps did last, in order.</summary>
    public List<SyncStepStatus> Steps { get; } = [];

    /// <summary>Looks whether the last run ended well and left nothing open; null otherwise, and for what <see cref="Write"/> could not go on from.</summary>
    /// <param name="document">sync-status.json.</param>
    public static StatusRewrite? Of(byte[] document)
    {
        // Text that a reader of documents would refuse must not be handed on.
        if (!Utf8.IsValid(document) || JsonText.HalfCharacter(document) >= 0)
        {
            return null;
        }

        var json = new JsonScanner(document, new byte[DocumentJson.MaxDepth]);
        var rewrite = new StatusRewrite(document);
        return rewrite.ReadDocument(ref json) && !json.Read(out _) && !json.IsBad
            && rewrite is { lastSync: not null, duration: not null, newRun: not null, Steps.Count: > 0 } ? rewrite : null;
    }

    /// <summary>Notes what a step did this time.</summary>
    public void Note(string step, long items, long milliseconds)
    {
        int at = Steps.FindIndex(s => s.Name == step);
        Steps[at] = Steps[at] with { Items = items, DurationMs = milliseconds };
    }

    /// <summary>The new document.</summary>
    /// <param name="started">Start of the run.</param>
    /// <param name="ended">Its end.</param>
    /// <param name="milliseconds">How long it took.</param>
    /// <param name="count">Transcripts there are; null where that did not change.</param>
    public byte[] Write(DateTimeOffset started, DateTimeOffset ended, long milliseconds, int? count = null)
    {
        var patch = new JsonPatch(document);
        patch.Replace(lastSync!, Instant(ended));
        patch.Replace(duration!, PlainNumber.Text(milliseconds));
        for (int i = 0; i < steps.Count; i++)
        {
            patch.Replace(steps[i].Items, PlainNumber.Text(Steps[i].Items));
            patch.Replace(steps[i].Duration, PlainNumber.Text(Steps[i].DurationMs));
        }

        if (transcripts is not null && count is { } number)
        {
            patch.Replace(transcripts, PlainNumber.Text(number));
        }

        if (nextSync is not null)
        {
            patch.Replace(nextSync, "");
        }

        patch.Replace(newRun!, Run(started, milliseconds));
        if (oldRuns is not null)
        {
            patch.Replace(oldRuns, "");
        }

        return patch.ToBytes();
    }

    private bool ReadDocument(ref JsonScanner json)
    {
        if (!json.Read(out JsonToken start) || start.Type != JsonTokenType.StartObject)
        {
            return false;
        }

        bool isSuccess = false;
        while (json.Read(out JsonToken name) && name.Type == JsonTokenType.PropertyName && json.Read(out JsonToken value))
        {
            if (JsonText.Is(name, "status"u8))
            {
                isSuccess = value.Type == JsonTokenType.String && JsonText.Is(value, "success"u8);
            }
            else if (JsonText.Is(name, "lastSync"u8))
            {
                if (!TryTake(ref lastSync, value, JsonTokenType.String))
                {
                    return false;
                }
            }
            else if (JsonText.Is(name, "durationMs"u8))
            {
                if (!TryTake(ref duration, value, JsonTokenType.Number))
                {
                    return false;
                }
            }
            else if (JsonText.Is(name, "steps"u8))
            {
                if (value.Type != JsonTokenType.StartArray || !ReadSteps(ref json))
                {
                    return false;
                }
            }
            else if (JsonText.Is(name, "recentRuns"u8))
            {
                if (value.Type != JsonTokenType.StartArray || !ReadRuns(ref json, (int)value.End))
                {
                    return false;
                }
            }
            else if (JsonText.Is(name, "nextSync"u8))
            {
                // Told by a server, which is not there.
                nextSync = value.Type == JsonTokenType.String && nextSync is null ? MemberOf(name, value) : null;
                if (nextSync is null)
                {
                    return false;
                }
            }
            else if (JsonText.Is(name, "running"u8) || JsonText.Is(name, "error"u8) || !Pass(ref json, value))
            {
                return false;
            }
        }

        return isSuccess;
    }

    private bool ReadSteps(ref JsonScanner json)
    {
        while (json.Read(out JsonToken start) && start.Type == JsonTokenType.StartObject)
        {
            if (!ReadStep(ref json))
            {
                return false;
            }
        }

        return !json.IsBad;
    }

    private bool ReadStep(ref JsonScanner json)
    {
        string step = "";
        string status = "";
        string? error = null;
        long number = 0;
        JsonPlace? items = null;
        JsonPlace? time = null;
        while (json.Read(out JsonToken name) && name.Type == JsonTokenType.PropertyName && json.Read(out JsonToken value))
        {
            bool isRead = true;
            if (JsonText.Is(name, "name"u8))
            {
                isRead = TryText(value, out step);
            }
            else if (JsonText.Is(name, "status"u8))
            {
                isRead = TryText(value, out status);
            }
            else if (JsonText.Is(name, "error"u8))
            {
                isRead = value.Type == JsonTokenType.String;
                error = JsonText.Decode(value);
            }
            else if (JsonText.Is(name, "items"u8))
            {
                isRead = TryTake(ref items, value, JsonTokenType.Number) && Utf8Parser.TryParse(value.Value, out number, out int used) && used == value.Value.Length;
            }
            else if (JsonText.Is(name, "durationMs"u8))
            {
                isRead = TryTake(ref time, value, JsonTokenType.Number);
            }
            else
            {
                isRead = JsonText.Is(name, "sources"u8) && value.Type == JsonTokenType.StartArray ? ReadSources(ref json, step) : Pass(ref json, value);
            }

            if (!isRead)
            {
                return false;
            }
        }

        if (items is null || time is null || step.Length == 0 || !(status == SyncOutcome.Skipped || (status == SyncOutcome.Success && error is null)))
        {
            return false;
        }

        Steps.Add(new SyncStepStatus { Name = step, Status = status, Items = number, Error = error });
        steps.Add(new StepPlaces(items, time));
        return true;
    }

    private bool ReadSources(ref JsonScanner json, string step)
    {
        while (json.Read(out JsonToken start) && start.Type == JsonTokenType.StartObject)
        {
            string source = "";
            JsonPlace? items = null;
            while (json.Read(out JsonToken name) && name.Type == JsonTokenType.PropertyName && json.Read(out JsonToken value))
            {
                if (JsonText.Is(name, "name"u8) && !TryText(value, out source))
                {
                    return false;
                }

                items = JsonText.Is(name, "items"u8) ? PlaceOf(value, JsonTokenType.Number) : items;
                if (!Pass(ref json, value))
                {
                    return false;
                }
            }

            transcripts = step == SyncStepNames.Tokens && source == UsageSource.ClaudeCode ? items : transcripts;
        }

        return !json.IsBad;
    }

    /// <summary>Finds where a run goes, and those that are one too many then.</summary>
    private bool ReadRuns(ref JsonScanner json, int start)
    {
        int runs = 0;
        int first = 0;
        int kept = 0;
        int last = 0;
        while (json.Read(out JsonToken run) && run.Type == JsonTokenType.StartObject)
        {
            first = runs == 0 ? (int)run.End - 1 : first;
            if (!json.Skip(out JsonToken end))
            {
                return false;
            }

            last = (int)end.End;
            kept = ++runs < SyncStatus.MaxRecentRuns ? last : kept;
        }

        if (runs == 0 || json.IsBad)
        {
            return false;
        }

        // The space before the first is that before any.
        newRun = new JsonPlace(first, first);
        oldRuns = last > kept ? new JsonPlace(kept, last) : null;
        return first > start;
    }

    private string Run(DateTimeOffset started, long milliseconds)
    {
        var text = new StringBuilder("{\n      \"startedAt\": ").Append(Instant(started))
            .Append(",\n      \"status\": \"").Append(SyncOutcome.Success)
            .Append("\",\n      \"durationMs\": ").Append(PlainNumber.Text(milliseconds))
            .Append(",\n      \"trigger\": \"cli\",\n      \"steps\": [");
        string before = "\n        {\n          \"name\": \"";
        foreach (SyncStepStatus step in Steps)
        {
            text.Append(before).Append(step.Name)
                .Append("\",\n          \"status\": \"").Append(step.Status)
                .Append("\",\n          \"durationMs\": ").Append(PlainNumber.Text(step.DurationMs))
                .Append(",\n          \"items\": ").Append(PlainNumber.Text(step.Items))
                .Append("\n        }");
            before = ",\n        {\n          \"name\": \"";
        }

        return text.Append("\n      ]\n    },\n    ").ToString();
    }

    private static bool Pass(ref JsonScanner json, in JsonToken value) =>
        value.Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || json.Skip(out _);

    // With the comma before it; null where it is the first.
    private JsonPlace? MemberOf(in JsonToken name, in JsonToken value)
    {
        int start = (int)name.End - name.Value.Length - 2;
        while (document[--start] is not ((byte)',' or (byte)'{'))
        {
        }

        return document[start] == ',' ? new JsonPlace(start, (int)value.End) : null;
    }

    private static JsonPlace? PlaceOf(in JsonToken token, JsonTokenType type) => token.Type == type ? JsonPlace.Of(token) : null;

    // False for what is of another type, or stands twice.
    private static bool TryTake(ref JsonPlace? place, in JsonToken token, JsonTokenType type)
    {
        if (place is not null || token.Type != type)
        {
            return false;
        }

        place = JsonPlace.Of(token);
        return true;
    }

    // What would have to be written with escapes is left to a full sync.
    private static bool TryText(in JsonToken token, out string text)
    {
        bool isPlain = token is { Type: JsonTokenType.String, IsEscaped: false };
        text = isPlain ? Encoding.UTF8.GetString(token.Value) : "";
        return isPlain;
    }

    // As serializers write it: without zeros at the end. The format is of no culture.
    private static string Instant(DateTimeOffset at) => string.Concat("\"", at.UtcDateTime.ToString("O", provider: null).TrimEnd('Z').TrimEnd('0').TrimEnd('.'), "Z\"");

    /// <summary>Where the figures of a step stand.</summary>
    private sealed record StepPlaces(JsonPlace Items, JsonPlace Duration);
}
