using System.Buffers;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// A sync that finds, by looking at the file system alone, that nothing it depends on changed since the last one: it changes nothing but the time of
/// the last sync. Everything a full sync would load stays unloaded, so that a command costs little more than the start of its process.
/// </summary>
public static class QuietSync
{
    /// <summary>Runs it where it can be told that a full sync would change nothing.</summary>
    /// <param name="directory">Data directory; this process holds its lock.</param>
    /// <param name="environment">Environment variables by name.</param>
    /// <param name="time">Clock.</param>
    /// <returns>The document sync-status.json as it was written; null when a full sync is due, and nothing was written.</returns>
    public static (SyncStatus Status, byte[] Document)? TryRun(DataDirectory directory, Func<string, string?> environment, TimeProvider time)
    {
        DateTimeOffset started = time.GetUtcNow();
        long timestamp = time.GetTimestamp();
        if (SyncStamp.Load(directory) is not { } stamp || !stamp.Holds(directory, environment, time) || !AreRead(directory, stamp.Roots))
        {
            return null;
        }

        try
        {
            string path = directory.PathOf(DataFiles.SyncStatus);
            using JsonDocument last = JsonDocument.Parse(File.ReadAllBytes(path));
            if (!IsQuiet(last.RootElement, out List<SyncStepStatus> steps))
            {
                return null;
            }

            long duration = (long)time.GetElapsedTime(timestamp).TotalMilliseconds;
            byte[] document = Write(last.RootElement, steps, started, time.GetUtcNow(), duration);
            AtomicFile.Replace(PhysicalFileSystem.Instance, path, output => output.Write(document));
            return (new SyncStatus { Status = SyncOutcome.Success, DurationMs = duration, Steps = steps }, document);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether the transcripts are those the cursors tell of, to the last byte.</summary>
    private static bool AreRead(DataDirectory directory, List<TranscriptRoot> roots)
    {
        if (new IngestCache(directory).LoadState() is not { } state)
        {
            return false;
        }

        var found = new TranscriptFiles();
        foreach (TranscriptRoot root in roots)
        {
            if (root.Projects is not null)
            {
                found.TryAddRoot(root.Projects);
            }
        }

        if (found.Problems.Count > 0 || found.RootErrors.Count > 0 || found.Files.Count != state.Cursors.Count)
        {
            return false;
        }

        foreach (TranscriptFile file in found.Files)
        {
            if (!state.Cursors.TryGetValue(file.RealPath, out TranscriptCursor? cursor) || !cursor.IsUnchanged(file.Identity))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether the last run ended well and left nothing open.</summary>
    private static bool IsQuiet(JsonElement status, out List<SyncStepStatus> steps)
    {
        steps = [];
        if (status.ValueKind != JsonValueKind.Object || status.TryGetProperty("running", out _) || status.TryGetProperty("error", out _)
            || !status.TryGetProperty("status", out JsonElement outcome) || !outcome.ValueEquals(SyncOutcome.Success)
            || !status.TryGetProperty("steps", out JsonElement list) || list.ValueKind != JsonValueKind.Array
            || !status.TryGetProperty("recentRuns", out JsonElement runs) || runs.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

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

        return steps.TrueForAll(s => s.Status is SyncOutcome.Success or SyncOutcome.Skipped);
    }

    private static byte[] Write(JsonElement last, List<SyncStepStatus> steps, DateTimeOffset started, DateTimeOffset ended, long duration)
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
                        WriteSteps(writer, property.Value);
                        break;
                    case "recentRuns":
                        WriteRuns(writer, property.Value, steps, started, duration);
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

    private static void WriteSteps(Utf8JsonWriter writer, JsonElement steps)
    {
        writer.WriteStartArray("steps");
        foreach (JsonElement step in steps.EnumerateArray())
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in step.EnumerateObject())
            {
                if (property.NameEquals("durationMs"))
                {
                    writer.WriteNumber(property.Name, 0);
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

    // By hand, like everything here: making a serializer ready costs more than the whole quiet sync.
    private static void WriteRunSteps(Utf8JsonWriter writer, List<SyncStepStatus> steps)
    {
        writer.WriteStartArray("steps");
        foreach (SyncRunStep step in steps.Select(SyncRunStep.Of))
        {
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

    private static void WriteRuns(Utf8JsonWriter writer, JsonElement runs, List<SyncStepStatus> steps, DateTimeOffset started, long duration)
    {
        writer.WriteStartArray("recentRuns");
        writer.WriteStartObject();
        writer.WriteString("startedAt", started.UtcDateTime);
        writer.WriteString("status", SyncOutcome.Success);
        writer.WriteNumber("durationMs", duration);
        writer.WriteString("trigger", "cli");
        WriteRunSteps(writer, steps);
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
}
