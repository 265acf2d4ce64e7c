using System.Buffers;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// sync-status.json after a run that needs nothing loaded: the document as it is with what this run did. By hand, since making a serializer ready
/// costs more than such a run.
/// </summary>
internal sealed class StatusRewrite
{
    private readonly JsonElement last;

    private StatusRewrite(JsonElement last, List<SyncStepStatus> steps)
    {
        this.last = last;
        Steps = steps;
    }

    /// <summary>What the steps did last, in order.</summary>
    public List<SyncStepStatus> Steps { get; }

    /// <summary>Looks whether the last run ended well and left nothing open; null otherwise.</summary>
    public static StatusRewrite? Of(JsonElement status)
    {
        if (status.ValueKind != JsonValueKind.Object || status.TryGetProperty("running", out _) || status.TryGetProperty("error", out _)
            || !status.TryGetProperty("status", out JsonElement outcome) || !outcome.ValueEquals(SyncOutcome.Success)
            || !status.TryGetProperty("steps", out JsonElement list) || list.ValueKind != JsonValueKind.Array
            || !status.TryGetProperty("recentRuns", out JsonElement runs) || runs.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var steps = new List<SyncStepStatus>();
        foreach (JsonElement step in list.EnumerateArray())
        {
            steps.Add(new SyncStepStatus
            {
                Name = step.GetProperty("name").GetString() ?? "",
                Status = step.GetProperty("status").GetString() ?? "",
                Items = step.GetProperty("items").GetInt64(),
                Error = step.TryGetProperty("error", out JsonElement error) ? error.GetString() : null,
            });
        }

        return steps.TrueForAll(s => s.Status is SyncOutcome.Success or SyncOutcome.Skipped) ? new StatusRewrite(status, steps) : null;
    }

    /// <summary>Writes something once, so that <see cref="Write"/> does not have to wait for what writing needs.</summary>
    public static void PrepareWriter()
    {
        using var writer = new Utf8JsonWriter(new ArrayBufferWriter<byte>(64), DocumentJson.Indented);
        writer.WriteStartObject();
        writer.WriteString("at", DateTime.UnixEpoch);
        writer.WriteEndObject();
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
    /// <param name="duration">Milliseconds.</param>
    /// <param name="transcripts">Transcripts there are; null where that did not change.</param>
    public byte[] Write(DateTimeOffset started, DateTimeOffset ended, long duration, int? transcripts = null)
    {
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        using (var writer = new Utf8JsonWriter(buffer, DocumentJson.Indented))
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in last.EnumerateObject())
            {
                switch (property.Name)
                {
                    case "lastSync":
                        writer.WriteString(property.Name, ended.UtcDateTime);
                        break;
                    case "durationMs":
                        writer.WriteNumber(property.Name, duration);
                        break;
                    case "steps":
                        WriteSteps(writer, property.Value, transcripts);
                        break;
                    case "recentRuns":
                        WriteRuns(writer, property.Value, started, duration);
                        break;
                    case "nextSync":
                        // Told by a server, which is not there.
                        break;
                    default:
                        property.WriteTo(writer);
                        break;
                }
            }

            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteSteps(Utf8JsonWriter writer, JsonElement steps, int? transcripts)
    {
        writer.WriteStartArray("steps");
        int at = 0;
        foreach (JsonElement step in steps.EnumerateArray())
        {
            SyncStepStatus now = Steps[at++];
            writer.WriteStartObject();
            foreach (JsonProperty property in step.EnumerateObject())
            {
                switch (property.Name)
                {
                    case "durationMs":
                        writer.WriteNumber(property.Name, now.DurationMs);
                        break;
                    case "items":
                        writer.WriteNumber(property.Name, now.Items);
                        break;
                    case "sources" when transcripts is { } count && now.Name == SyncStepNames.Tokens:
                        WriteSources(writer, property.Value, count);
                        break;
                    default:
                        property.WriteTo(writer);
                        break;
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteSources(Utf8JsonWriter writer, JsonElement sources, int transcripts)
    {
        writer.WriteStartArray("sources");
        foreach (JsonElement source in sources.EnumerateArray())
        {
            bool isTranscripts = source.GetProperty("name").ValueEquals(UsageSource.ClaudeCode);
            writer.WriteStartObject();
            foreach (JsonProperty property in source.EnumerateObject())
            {
                if (isTranscripts && property.NameEquals("items"))
                {
                    writer.WriteNumber(property.Name, transcripts);
                }
                else
                {
                    property.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void WriteRuns(Utf8JsonWriter writer, JsonElement runs, DateTimeOffset started, long duration)
    {
        writer.WriteStartArray("recentRuns");
        writer.WriteStartObject();
        writer.WriteString("startedAt", started.UtcDateTime);
        writer.WriteString("status", SyncOutcome.Success);
        writer.WriteNumber("durationMs", duration);
        writer.WriteString("trigger", "cli");
        WriteRunSteps(writer);
        writer.WriteEndObject();
        int kept = 1;
        foreach (JsonElement run in runs.EnumerateArray())
        {
            if (kept++ < SyncStatus.MaxRecentRuns)
            {
                run.WriteTo(writer);
            }
        }

        writer.WriteEndArray();
    }

    private void WriteRunSteps(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("steps");
        foreach (SyncStepStatus status in Steps)
        {
            SyncRunStep step = SyncRunStep.Of(status);
            writer.WriteStartObject();
            writer.WriteString("name", step.Name);
            writer.WriteString("status", step.Status);
            writer.WriteNumber("durationMs", step.DurationMs);
            writer.WriteNumber("items", step.Items);
            if (step.Error is { } error)
            {
                writer.WriteString("error", error);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
