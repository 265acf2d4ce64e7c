using System.Globalization;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>What the figures of a row do not hold.</summary>
internal readonly record struct UsageRest(HourCosts? Hours, List<UsagePart>? Parts, Dictionary<string, JsonElement>? Extra);

/// <summary>Reads one ledger row; a missing counter is 0, a wrong one is an error.</summary>
internal ref struct UsageRowReader
{
    private DateOnly? date;
    private string? project;
    private string? session;
    private string? model;
    private string? source;
    private Counters counters;
    private decimal? cost;
    private bool unpriced;
    private DateTimeOffset? firstAt;
    private DateTimeOffset? lastAt;
    private HourCosts? hours;
    private long incomplete;
    private List<UsagePart>? parts;
    private Dictionary<string, JsonElement>? extra;

    /// <summary>Reads what the figures of a row do not hold from a JSON object, <c>{"hours":{...},"parts":[...]}</c>.</summary>
    public static UsageRest Rest(ReadOnlySpan<byte> json)
    {
        if (HoursAlone(json) is { } onlyHours)
        {
            return new UsageRest(onlyHours, null, null);
        }

        var reader = new Utf8JsonReader(json);
        var row = new UsageRowReader();
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            row.Property(ref reader);
        }

        return new UsageRest(row.hours, row.parts, row.extra);
    }

    /// <summary>Reads the line; throws what the JSON reader throws, or <see cref="FormatException"/> for a wrong value.</summary>
    public static UsageRow Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var row = new UsageRowReader();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("a row is an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            row.Property(ref reader);
        }

        if (reader.Read())
        {
            throw new FormatException("text after the row");
        }

        return row.Build();
    }

    private void Property(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("date"u8))
        {
            date = Date(Text(ref reader, "date", LedgerLine.MaxText));
        }
        else if (reader.ValueTextEquals("project"u8))
        {
            project = Text(ref reader, "project", LedgerLine.MaxText);
        }
        else if (reader.ValueTextEquals("session"u8))
        {
            session = Text(ref reader, "session", LedgerLine.MaxText);
        }
        else if (reader.ValueTextEquals("model"u8))
        {
            model = Text(ref reader, "model", LedgerLine.MaxText);
        }
        else if (reader.ValueTextEquals("source"u8))
        {
            source = string.Intern(Text(ref reader, "source", LedgerLine.MaxSource));
        }
        else if (reader.ValueTextEquals("cost"u8))
        {
            cost = Money(ref reader, "cost");
        }
        else if (reader.ValueTextEquals("unpriced"u8))
        {
            unpriced = reader.Read() && reader.GetBoolean();
        }
        else if (reader.ValueTextEquals("firstAt"u8))
        {
            firstAt = Instant(ref reader);
        }
        else if (reader.ValueTextEquals("lastAt"u8))
        {
            lastAt = Instant(ref reader);
        }
        else if (reader.ValueTextEquals("hours"u8))
        {
            hours = Hours(ref reader);
        }
        else if (reader.ValueTextEquals("incompleteCalls"u8))
        {
            incomplete = Count(ref reader, "incompleteCalls");
        }
        else if (reader.ValueTextEquals("parts"u8))
        {
            parts = Parts(ref reader);
        }
        else if (!counters.TryRead(ref reader))
        {
            string name = reader.GetString()!;
            reader.Read();
            (extra ??= [])[name] = JsonElement.ParseValue(ref reader);
        }
    }

    private readonly UsageRow Build() => new()
    {
        Date = date ?? throw new FormatException("\"date\" is missing"),
        Project = project ?? throw new FormatException("\"project\" is missing"),
        Session = session ?? "",
        Model = model ?? throw new FormatException("\"model\" is missing"),
        Source = source ?? throw new FormatException("\"source\" is missing"),
        Calls = counters.Calls,
        TokensIn = counters.TokensIn,
        TokensOut = counters.TokensOut,
        CacheWrite = counters.CacheWrite,
        CacheWrite1h = counters.CacheWrite1h,
        CacheRead = counters.CacheRead,
        Cost = cost ?? throw new FormatException("\"cost\" is missing"),
        Unpriced = unpriced,
        FirstAt = firstAt,
        LastAt = lastAt,
        Hours = hours,
        IncompleteCalls = incomplete,
        Parts = parts,
        Extra = extra,
    };

    // {"hours":{"09":0.00012345,"10":1.5}}: the usual row, read by hand.
    private static HourCosts? HoursAlone(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> begin = "{\"hours\":{"u8;
        if (!json.StartsWith(begin) || !json.EndsWith("}}"u8))
        {
            return null;
        }

        var hours = new HourCosts();
        int at = begin.Length;
        while (LedgerLine.Hour(json, ref at, out int hour, out decimal cost))
        {
            hours.Set(hour, cost);
            if (at == json.Length - 2)
            {
                return hours;
            }

            if (json[at++] != (byte)',')
            {
                return null;
            }
        }

        return null;
    }

    private static List<UsagePart>? Parts(ref Utf8JsonReader reader)
    {
        var parts = new List<UsagePart>();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new FormatException("\"parts\" must be an array");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            parts.Add(Part(ref reader));
        }

        return parts.Count == 0 ? null : parts;
    }

    private static UsagePart Part(ref Utf8JsonReader reader)
    {
        var part = new UsagePart();
        var counters = default(Counters);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("longContext"u8))
            {
                part = part with { LongContext = reader.Read() && reader.GetBoolean() };
            }
            else if (reader.ValueTextEquals("fast"u8))
            {
                part = part with { Fast = reader.Read() && reader.GetBoolean() };
            }
            else if (reader.ValueTextEquals("us"u8))
            {
                part = part with { Us = reader.Read() && reader.GetBoolean() };
            }
            else if (reader.ValueTextEquals("batch"u8))
            {
                part = part with { Batch = reader.Read() && reader.GetBoolean() };
            }
            else if (reader.ValueTextEquals("webSearches"u8))
            {
                part = part with { WebSearches = Count(ref reader, "webSearches") };
            }
            else if (reader.ValueTextEquals("costUSD"u8))
            {
                part = part with { CostUsd = Money(ref reader, "costUSD") };
            }
            else if (!counters.TryRead(ref reader))
            {
                reader.Skip();
            }
        }

        return part with
        {
            Calls = counters.Calls,
            TokensIn = counters.TokensIn,
            TokensOut = counters.TokensOut,
            CacheWrite = counters.CacheWrite,
            CacheWrite1h = counters.CacheWrite1h,
            CacheRead = counters.CacheRead,
        };
    }

    private static HourCosts? Hours(ref Utf8JsonReader reader)
    {
        var hours = new HourCosts();
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("\"hours\" must be an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string hour = reader.GetString()!;
            if (hour.Length != 2 || !int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > 23)
            {
                throw new FormatException("\"hours\" has keys from \"00\" to \"23\"");
            }

            hours.Set(number, Money(ref reader, "hours"));
        }

        return hours.Count == 0 ? null : hours;
    }

    private static string Text(ref Utf8JsonReader reader, string name, int max)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length <= max
            ? reader.GetString()!
            : throw new FormatException($"\"{name}\" must be a string of at most {max} bytes");
    }

    private static DateOnly Date(string text) =>
        IsoDay.TryParse(text, out DateOnly day)
            ? day
            : throw new FormatException("\"date\" must be YYYY-MM-DD");

    private static DateTimeOffset? Instant(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetDateTimeOffset().ToUniversalTime();
    }

    private static decimal Money(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out decimal value) && value >= 0
            ? value
            : throw new FormatException($"\"{name}\" must be a number from 0 on");
    }

    private static long Count(ref Utf8JsonReader reader, string name)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long value) && value >= 0
            ? value
            : throw new FormatException($"\"{name}\" must be a whole number from 0 on");
    }

    private struct Counters
    {
        public long Calls;
        public long TokensIn;
        public long TokensOut;
        public long CacheWrite;
        public long CacheWrite1h;
        public long CacheRead;

        public bool TryRead(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("calls"u8))
            {
                Calls = Count(ref reader, "calls");
            }
            else if (reader.ValueTextEquals("tokensIn"u8))
            {
                TokensIn = Count(ref reader, "tokensIn");
            }
            else if (reader.ValueTextEquals("tokensOut"u8))
            {
                TokensOut = Count(ref reader, "tokensOut");
            }
            else if (reader.ValueTextEquals("cacheWrite"u8))
            {
                CacheWrite = Count(ref reader, "cacheWrite");
            }
            else if (reader.ValueTextEquals("cacheWrite1h"u8))
            {
                CacheWrite1h = Count(ref reader, "cacheWrite1h");
            }
            else if (reader.ValueTextEquals("cacheRead"u8))
            {
                CacheRead = Count(ref reader, "cacheRead");
            }
            else
            {
                return false;
            }

            return true;
        }
    }
}
