using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>Reads the shape of prices.json and config/pricing.json; the names of the published table are understood too.</summary>
internal sealed class PriceTableReader
{
    private const decimal MaxPrice = 1_000_000m;
    private const decimal MaxThreshold = 1_000_000_000_000m;
    private const int SchemaVersion = 1;

    private readonly string file;
    private readonly List<FileProblem> problems = [];

    private PriceTableReader(string file) => this.file = file;

    /// <summary>Lays the models of a document over a table, property by property.</summary>
    /// <param name="table">The table.</param>
    /// <param name="json">The document.</param>
    /// <param name="file">Its name, for mistakes.</param>
    /// <exception cref="PriceTableException">Names file, JSON path, value and what is allowed, for every mistake.</exception>
    public static void ReadInto(Dictionary<string, PriceEntry> table, ReadOnlySpan<byte> json, string file)
    {
        var reader = new PriceTableReader(file);
        reader.ReadInto(table, json);
        if (reader.problems.Count > 0)
        {
            throw new PriceTableException(reader.problems);
        }
    }

    private void ReadInto(Dictionary<string, PriceEntry> table, ReadOnlySpan<byte> json)
    {
        try
        {
            JsonText.RequireWholeCharacters(json);
            // As strict as every file of a person: of a price that stands twice, one would silently not count.
            using JsonDocument document = JsonDocument.Parse(json.ToArray(), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = DocumentJson.MaxDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                Invalid("$", $"is {JsonMistake.Shown(document.RootElement)}, must be an object of model names");
                return;
            }

            if (document.RootElement.TryGetProperty("schemaVersion", out JsonElement version) && !CanRead(version))
            {
                return;
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
                int before = problems.Count;
                Read(entry, model.Value, path);
                if (problems.Count == before && (entry.Input is null || entry.Output is null))
                {
                    Invalid(path, "a new model needs \"input\" and \"output\", USD per million tokens");
                }
            }
        }
        catch (JsonException exception)
        {
            problems.Add(JsonSyntaxMistake.Explain(file, json, exception));
        }
    }

    private bool CanRead(JsonElement version)
    {
        if (version.ValueKind == JsonValueKind.Null || (version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int number) && number == SchemaVersion))
        {
            return true;
        }

        bool newer = version.ValueKind == JsonValueKind.Number && version.GetDouble() > SchemaVersion;
        Invalid("$.schemaVersion", newer
            ? $"{JsonMistake.Shown(version)} was written by a newer version of the dashboard; this one reads up to {SchemaVersion} and leaves the file untouched"
            : $"{JsonMistake.Shown(version)} is not allowed: a whole number from 1 to {SchemaVersion} is allowed here");
        return false;
    }

    private void Read(PriceEntry entry, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Invalid(path, $"is {JsonMistake.Shown(value)}, must be an object with prices in USD per million tokens");
            return;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            switch (property.Name)
            {
                case "longContext": entry.LongContext = LongContext(property.Value, $"{path}.{property.Name}"); break;
                case "history": entry.History = History(property.Value, $"{path}.{property.Name}"); break;
                case "thresholdTokens": entry.Set(property.Name, Price(property.Value, path, property.Name, MaxThreshold)); break;
                case { } name when PriceEntry.IsPrice(name): entry.Set(name, Price(property.Value, path, name)); break;
                default: break;
            }
        }
    }

    private PriceEntry? LongContext(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var entry = new PriceEntry();
        int before = problems.Count;
        Read(entry, value, path);
        if (problems.Count == before && entry is not { Input: not null, Output: not null, ThresholdTokens: not null })
        {
            Invalid(path, "needs \"thresholdTokens\", \"input\" and \"output\"");
        }

        return entry;
    }

    private List<PricePeriod> History(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Invalid(path, $"is {JsonMistake.Shown(value)}, must be an array of earlier prices");
            return [];
        }

        var history = new List<PricePeriod>();
        foreach (JsonElement item in value.EnumerateArray())
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{path}[{history.Count}]");
            var entry = new PriceEntry();
            int before = problems.Count;
            Read(entry, item, at);
            DateOnly day = default;
            if (problems.Count > before)
            {
                // What it holds besides is looked at once that is mended.
            }
            else if (!item.TryGetProperty("until", out JsonElement until) || until.ValueKind != JsonValueKind.String
                || !IsoDay.TryParse(until.GetString(), out day))
            {
                Invalid($"{at}.until", $"{(item.TryGetProperty("until", out JsonElement shown) ? $"is {JsonMistake.Shown(shown)}" : "is missing")}, must be the last day of that price, YYYY-MM-DD");
            }

            history.Add(new PricePeriod(day, entry));
        }

        return history;
    }

    private decimal? Price(JsonElement value, string path, string name, decimal max = MaxPrice)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number) && number >= 0 && number <= max)
        {
            return number;
        }

        Invalid($"{path}.{name}", string.Create(CultureInfo.InvariantCulture, $"is {Shorten(value.GetRawText())}, allowed is a number from 0 to {max}"));
        return null;
    }

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private void Invalid(string path, string message) => problems.Add(new FileProblem(file, path, $"{message}."));
}
