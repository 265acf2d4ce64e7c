using System.Globalization;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>Reads the shape of prices.json and config/pricing.json; the names of the published table are understood too.</summary>
internal static class PriceTableReader
{
    private const decimal MaxPrice = 1_000_000m;

    /// <summary>Lays the models of a document over a table, property by property.</summary>
    /// <exception cref="InvalidDataException">Names file, JSON path, value and what is allowed.</exception>
    public static void ReadInto(Dictionary<string, PriceEntry> table, ReadOnlySpan<byte> json, string file)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            using JsonDocument document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Invalid(file, "$", "must be an object of model names");
            }

            foreach (JsonProperty model in document.RootElement.EnumerateObject())
            {
                // _meta and the like describe the table.
                if (model.Name.StartsWith('_') || model.Name == "schemaVersion")
                {
                    continue;
                }

                if (!table.TryGetValue(model.Name, out PriceEntry? entry))
                {
                    table[model.Name] = entry = new PriceEntry();
                }

                string path = $"$[\"{model.Name}\"]";
                Read(entry, model.Value, file, path);
                if (entry.Input is null || entry.Output is null)
                {
                    throw Invalid(file, path, "a new model needs \"input\" and \"output\", USD per million tokens");
                }
            }
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}, line {exception.LineNumber + 1}: not valid JSON. {exception.Message}", exception);
        }
    }

    private static void Read(PriceEntry entry, JsonElement value, string file, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw Invalid(file, path, "must be an object with prices in USD per million tokens");
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            string at = $"{path}.{property.Name}";
            switch (property.Name)
            {
                case "input": entry.Input = Price(property.Value, file, at); break;
                case "output": entry.Output = Price(property.Value, file, at); break;
                case "cacheRead": entry.CacheRead = Price(property.Value, file, at); break;
                case "cacheWrite5m": entry.CacheWrite5m = Price(property.Value, file, at); break;
                case "fastMultiplier": entry.FastMultiplier = Price(property.Value, file, at); break;
                case "usMultiplier": entry.UsMultiplier = Price(property.Value, file, at); break;
                case "thresholdTokens": entry.ThresholdTokens = (long?)Price(property.Value, file, at, 1e12m); break;
                case "inputAbove200k": Above200k(entry).Input = Price(property.Value, file, at); break;
                case "outputAbove200k": Above200k(entry).Output = Price(property.Value, file, at); break;
                case "cacheReadAbove200k": Above200k(entry).CacheRead = Price(property.Value, file, at); break;
                case "cacheWrite5mAbove200k": Above200k(entry).CacheWrite5m = Price(property.Value, file, at); break;
                case "longContext": entry.LongContext = LongContext(property.Value, file, at); break;
                case "history": entry.History = History(property.Value, file, at); break;
                default: break;
            }
        }
    }

    private static PriceEntry Above200k(PriceEntry entry) => entry.LongContext ??= new PriceEntry { ThresholdTokens = 200_000 };

    private static PriceEntry? LongContext(JsonElement value, string file, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var entry = new PriceEntry();
        Read(entry, value, file, path);
        return entry is { Input: not null, Output: not null, ThresholdTokens: not null }
            ? entry
            : throw Invalid(file, path, "needs \"thresholdTokens\", \"input\" and \"output\"");
    }

    private static List<(DateOnly Until, PriceEntry Prices)> History(JsonElement value, string file, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Invalid(file, path, "must be an array of earlier prices");
        }

        var history = new List<(DateOnly, PriceEntry)>();
        foreach (JsonElement item in value.EnumerateArray())
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{path}[{history.Count}]");
            var entry = new PriceEntry();
            Read(entry, item, file, at);
            if (!item.TryGetProperty("until", out JsonElement until) || until.ValueKind != JsonValueKind.String
                || !DateOnly.TryParseExact(until.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
            {
                throw Invalid(file, $"{at}.until", "must be the last day of that price, YYYY-MM-DD");
            }

            history.Add((day, entry));
        }

        return history;
    }

    private static decimal? Price(JsonElement value, string file, string path, decimal max = MaxPrice)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) && number >= 0 && number <= max
            ? number
            : throw Invalid(file, path, string.Create(CultureInfo.InvariantCulture, $"is {Shorten(value.GetRawText())}, allowed is a number from 0 to {max}"));
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private static InvalidDataException Invalid(string file, string path, string message) => new($"{file}, {path}: {message}.");
}
