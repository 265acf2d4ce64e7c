using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode.Naive;

/// <summary>What one line, or one item of its <c>iterations</c>, says of a call.</summary>
/// <param name="MessageId">Empty for a line that is a call by itself.</param>
/// <param name="Place">File and offset of the line.</param>
/// <param name="RequestId">Empty for none.</param>
/// <param name="Position">In the list of iterations; -1 for the line's own call.</param>
internal sealed record NaiveStatement(string MessageId, string Place, string RequestId, int Position)
{
    public DateTimeOffset At { get; init; }

    public string Session { get; init; } = "";

    public string Project { get; init; } = "";

    public string Model { get; init; } = "";

    public bool IsSidechain { get; init; }

    public bool IsFast { get; init; }

    public bool IsUs { get; init; }

    public bool IsBatch { get; init; }

    public bool HasSplit { get; init; }

    public decimal Input { get; init; }

    public decimal Output { get; init; }

    public decimal CacheRead { get; init; }

    public decimal Write5m { get; init; }

    public decimal Write1h { get; init; }

    public decimal Searches { get; init; }

    public decimal? Cost { get; init; }
}

/// <summary>Reads lines by the rules R4 to R14, R18 and R20 of the format description, as they are written there and with no thought of speed.</summary>
internal static partial class NaiveLine
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_100 };

    /// <summary>What a line says; malformed lines and items count in <paramref name="malformed"/>.</summary>
    public static IEnumerable<NaiveStatement> Read(string line, string path, long offset, bool isLast, NaivePrices prices, ref int malformed)
    {
        string text = line.Trim(' ', '\t', '\r', '\0', '\uFEFF');
        if (!text.Contains("\"usage\"", StringComparison.Ordinal))
        {
            return [];
        }

        JsonElement root;
        try
        {
            root = JsonDocument.Parse(text, Deep).RootElement;
        }
        catch (JsonException)
        {
            // Cut off while it was written: left for later, and no error.
            malformed += isLast ? 0 : 1;
            return [];
        }

        JsonElement? own = Object(root, "message");
        JsonElement? nested = Object(Object(root, "data"), "message");
        bool isProgress = Object(own, "usage") is null;
        JsonElement? holder = isProgress ? nested : root;
        if (Object(Object(holder, "message"), "usage") is not { } usage)
        {
            return [];
        }

        JsonElement message = Object(holder, "message")!.Value;
        string model = Text(message, "model").Trim();
        model = model.Length == 0 ? "unknown" : model;
        if (model == "<synthetic>")
        {
            return [];
        }

        DateTimeOffset? at = Instant(Text(holder, "timestamp")) ?? (isProgress ? Instant(Text(root, "timestamp")) : null);
        Counters? counters = at is null ? null : Count(usage);
        if (counters is null)
        {
            malformed++;
            return [];
        }

        string[] folders = path.Split('/');
        string session = Text(root, "sessionId");
        string folder = Text(root, "cwd");
        var statement = new NaiveStatement(Text(message, "id"), $"{path}:{offset}", Text(holder, "requestId"), -1)
        {
            At = at!.Value,
            Session = session.Length > 0 ? session : folders.Length > 2 ? folders[1] : folders[^1][..^".jsonl".Length],
            Project = folder.Length > 0 ? folder : folders.Length > 1 ? folders[0] : "unknown",
            Model = model,
            IsSidechain = isProgress || (root.TryGetProperty("isSidechain", out JsonElement side) && side.ValueKind == JsonValueKind.True),
            IsFast = Text(usage, "speed") == "fast",
            IsUs = Text(usage, "inference_geo") == "us",
            IsBatch = Text(usage, "service_tier") == "batch",
            Cost = holder!.Value.TryGetProperty("costUSD", out JsonElement cost) && cost.ValueKind == JsonValueKind.Number && cost.GetDecimal() >= 0 ? cost.GetDecimal() : null,
        };
        List<NaiveStatement> all = [counters.On(statement)];
        if (usage.TryGetProperty("iterations", out JsonElement items) && items.ValueKind == JsonValueKind.Array)
        {
            all.AddRange(Items([.. items.EnumerateArray()], statement, prices, ref malformed));
        }

        return all;
    }

    private static List<NaiveStatement> Items(JsonElement[] items, NaiveStatement line, NaivePrices prices, ref int malformed)
    {
        var found = new List<NaiveStatement>();
        bool hasFallback = items.Any(i => Text(i, "type") == "fallback_message");
        for (int i = 0; i < items.Length; i++)
        {
            string type = Text(items[i], "type");
            string named = Text(items[i], "model").Trim();
            bool other = named.Length > 0 && prices.BaseName(named) != prices.BaseName(line.Model);
            if (type is not ("advisor_message" or "compaction") && !(type == "fallback_message" && other) && !(type == "message" && hasFallback && other))
            {
                continue;
            }

            if (Count(items[i]) is not { } counters)
            {
                malformed++;
            }
            else if (type != "message" || counters.Output > 0)
            {
                found.Add(counters.On(line with
                {
                    Position = i,
                    Model = named.Length > 0 ? named : line.Model,
                    IsFast = line.IsFast && type == "compaction",
                    Cost = null,
                }));
            }
        }

        return found;
    }

    private static Counters? Count(JsonElement usage)
    {
        JsonElement? split = Object(usage, "cache_creation");
        decimal?[] numbers =
        [
            Number(usage, "input_tokens"), Number(usage, "output_tokens"), Number(usage, "cache_read_input_tokens"), Number(usage, "cache_creation_input_tokens"),
            Number(split, "ephemeral_5m_input_tokens"), Number(split, "ephemeral_1h_input_tokens"), Number(Object(usage, "server_tool_use"), "web_search_requests"),
        ];
        if (numbers.Contains(null))
        {
            return null;
        }

        decimal[] all = [.. numbers.Select(n => n!.Value)];
        bool hasSplit = all[4] + all[5] > 0;
        return new Counters(all[0], all[1], all[2], hasSplit, hasSplit ? all[4] : all[3], hasSplit ? all[5] : 0, all[6]);
    }

    // Null for what makes a line malformed (R13).
    private static decimal? Number(JsonElement? holder, string name)
    {
        if (holder is not { } element || !element.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return 0;
        }

        return value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and <= 9007199254740991d
            ? decimal.Floor(decimal.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture))
            : null;
    }

    private static JsonElement? Object(JsonElement? holder, string name) =>
        holder is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string Text(JsonElement? holder, string name) =>
        holder is { ValueKind: JsonValueKind.Object } element && element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static DateTimeOffset? Instant(string text)
    {
        Match match = IsoInstant().Match(text);
        if (!match.Success)
        {
            return null;
        }

        string date = $"{match.Groups["date"].Value} {match.Groups["time"].Value}{(match.Groups["seconds"].Success ? match.Groups["seconds"].Value : ":00")}";
        if (!DateTime.TryParseExact(date, "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return null;
        }

        string fraction = (match.Groups["fraction"].Value + "0000000")[..7];
        TimeSpan offset = TimeSpan.Zero;
        if (match.Groups["sign"].Success)
        {
            offset = new TimeSpan(int.Parse(match.Groups["hours"].Value, CultureInfo.InvariantCulture), int.Parse(match.Groups["minutes"].Value, CultureInfo.InvariantCulture), 0);
            offset = match.Groups["sign"].Value == "-" ? -offset : offset;
        }

        return new DateTimeOffset(local.AddTicks(long.Parse(fraction, CultureInfo.InvariantCulture)) - offset, TimeSpan.Zero);
    }

    [GeneratedRegex(@"^(?<date>\d{4}-\d\d-\d\d)[T ](?<time>\d\d:\d\d)(?<seconds>:\d\d)?(\.(?<fraction>\d+))?([Zz]|(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d))?$", RegexOptions.ExplicitCapture)]
    private static partial Regex IsoInstant();

    private sealed record Counters(decimal Input, decimal Output, decimal CacheRead, bool HasSplit, decimal Write5m, decimal Write1h, decimal Searches)
    {
        public NaiveStatement On(NaiveStatement statement) => statement with
        {
            Input = Input,
            Output = Output,
            CacheRead = CacheRead,
            HasSplit = HasSplit,
            Write5m = Write5m,
            Write1h = Write1h,
            Searches = Searches,
        };
    }
}
