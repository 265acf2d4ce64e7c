using System.Buffers;
using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>
/// A ledger row as a line of JSON (data/README.md, "The usage ledger"): the key's properties first, in a fixed order, counters that are always there,
/// then what is only written where it is not empty.
/// </summary>
public static class UsageRowJson
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = PlainTextEncoder.Instance, SkipValidation = true };

    /// <summary>Appends the row and a line feed.</summary>
    public static void Write(IBufferWriter<byte> target, UsageRow row)
    {
        using (var json = new Utf8JsonWriter(target, WriterOptions))
        {
            json.WriteStartObject();
            json.WriteString("date"u8, IsoDay.Text(row.Date));
            json.WriteString("project"u8, row.Project);
            json.WriteString("session"u8, row.Session);
            json.WriteString("model"u8, row.Model);
            json.WriteString("source"u8, row.Source);
            WriteCounters(json, row);
            WriteMoney(json, "cost"u8, row.Cost);
            if (row.Unpriced)
            {
                json.WriteBoolean("unpriced"u8, true);
            }

            WriteInstant(json, "firstAt"u8, row.FirstAt);
            WriteInstant(json, "lastAt"u8, row.LastAt);
            if (row.Hours is { Count: > 0 })
            {
                json.WriteStartObject("hours"u8);
                for (int hour = 0; hour < 24; hour++)
                {
                    if (row.Hours.TryGetValue(HourCosts.Text(hour), out decimal cost))
                    {
                        WriteMoney(json, System.Text.Encoding.UTF8.GetBytes(HourCosts.Text(hour)), cost);
                    }
                }

                json.WriteEndObject();
            }

            if (row.IncompleteCalls > 0)
            {
                json.WriteNumber("incompleteCalls"u8, row.IncompleteCalls);
            }

            WriteParts(json, row.Parts);
            if (row.Extra is not null)
            {
                WriteExtra(json, row.Extra);
            }

            json.WriteEndObject();
        }

        target.Write("\n"u8);
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="InvalidDataException">Says which property is wrong, and what is allowed.</exception>
    public static UsageRow Read(ReadOnlySpan<byte> line)
    {
        try
        {
            return UsageRowReader.Read(line);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            // The reader's own words count bytes and lines from 0: of no use beside the number of the line.
            throw new InvalidDataException($"not a ledger row: {(exception is JsonException ? "it is not valid JSON" : exception.Message)}", exception);
        }
    }

    private static void WriteExtra(Utf8JsonWriter json, Dictionary<string, JsonElement> extra)
    {
        foreach ((string name, JsonElement value) in extra)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }
    }

    private static void WriteCounters(Utf8JsonWriter json, UsageCounters counters)
    {
        json.WriteNumber("calls"u8, counters.Calls);
        json.WriteNumber("tokensIn"u8, counters.TokensIn);
        json.WriteNumber("tokensOut"u8, counters.TokensOut);
        json.WriteNumber("cacheWrite"u8, counters.CacheWrite);
        json.WriteNumber("cacheWrite1h"u8, counters.CacheWrite1h);
        json.WriteNumber("cacheRead"u8, counters.CacheRead);
    }

    private static void WriteParts(Utf8JsonWriter json, IReadOnlyList<UsagePart>? parts)
    {
        if (parts is not { Count: > 0 })
        {
            return;
        }

        json.WriteStartArray("parts"u8);
        foreach (UsagePart part in parts)
        {
            json.WriteStartObject();
            WriteFlag(json, "longContext"u8, part.LongContext);
            WriteFlag(json, "fast"u8, part.Fast);
            WriteFlag(json, "us"u8, part.Us);
            WriteFlag(json, "batch"u8, part.Batch);
            WriteCounters(json, part);
            if (part.WebSearches > 0)
            {
                json.WriteNumber("webSearches"u8, part.WebSearches);
            }

            if (part.CostUsd is { } fixedCost)
            {
                WriteMoney(json, "costUSD"u8, fixedCost);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteFlag(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool value)
    {
        if (value)
        {
            json.WriteBoolean(name, true);
        }
    }

    /// <summary>USD with at least 8 decimals, exactly as it was added up.</summary>
    private static void WriteMoney(Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value)
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out int length, "0.00000000####################", CultureInfo.InvariantCulture);
        json.WritePropertyName(name);
        json.WriteRawValue(text[..length], skipInputValidation: true);
    }

    private static void WriteInstant(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset? value)
    {
        if (value is { } at)
        {
            json.WriteString(name, at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
        }
    }
}
