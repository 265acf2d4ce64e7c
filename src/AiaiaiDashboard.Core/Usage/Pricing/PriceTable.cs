using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>
/// Prices by model and day: the built-in table (prices.json, embedded, as published on 2026-11-23), and over it the user's
/// config/pricing.json of the same shape, property by property. Thread-safe.
/// </summary>
public sealed class PriceTable
{
    private static readonly Lazy<PriceTable> Lazily = new(ReadBuiltIn);

    private readonly Dictionary<string, PriceEntry> entries;
    private readonly Dictionary<string, string> keys;
    private readonly ConcurrentDictionary<string, string?> found = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<PriceOfDay, ModelPrice> prices = new();

    private PriceTable(Dictionary<string, PriceEntry> entries, ulong fingerprint)
    {
        this.entries = entries;
        keys = new Dictionary<string, string>(2 * entries.Count, StringComparer.Ordinal);
        string[] sorted = [.. entries.Keys];
        Array.Sort(sorted, string.CompareOrdinal);
        foreach (string key in sorted)
        {
            // Two keys can be equal but for '.' and '-': each is found by its exact name, the dashed one by any other spelling.
            keys.TryAdd(ModelName.Normalize(key), key);
            keys[key] = key;
        }

        Fingerprint = fingerprint;
    }

    /// <summary>The built-in table alone.</summary>
    public static PriceTable BuiltIn => Lazily.Value;

    /// <summary>Changes whenever a price does: of a release, or of the user.</summary>
    public ulong Fingerprint { get; }

    /// <summary>The keys of the table.</summary>
    public IReadOnlyCollection<string> Models => entries.Keys;

    /// <summary>Lays the user's prices over the built-in ones.</summary>
    /// <param name="json">Content of config/pricing.json.</param>
    /// <param name="file">Name for the error.</param>
    /// <exception cref="PriceTableException">The content is not valid; every mistake with file, place and reason.</exception>
    public static PriceTable WithOverrides(ReadOnlySpan<byte> json, string file)
    {
        Dictionary<string, PriceEntry> merged = BuiltInPrices.Read(BuiltInPrices.Json());
        PriceTableReader.ReadInto(merged, json, file);
        return new PriceTable(merged, XxHash64.HashToUInt64(json, (long)BuiltIn.Fingerprint));
    }

    /// <summary>The table's key for a model's name, or null when the model is unknown (R21).</summary>
    public string? Find(string written) => found.GetOrAdd(written, static (name, self) => ModelName.Find(ModelName.Clean(name), self.keys), this);

    /// <summary>Name under which a model is listed: the table's key, else the name as written.</summary>
    public string Listed(string written) => Find(written) ?? ModelName.Clean(written);

    /// <summary>Whether two names mean one model, whatever provider, date and suffix they carry.</summary>
    public bool SameModel(string left, string right) =>
        string.Equals(left, right, StringComparison.Ordinal)
        || string.Equals(ModelName.Family(Listed(left)), ModelName.Family(Listed(right)), StringComparison.Ordinal);

    /// <summary>The price in force on a day (R23); null for a model the table does not know.</summary>
    public ModelPrice? Price(string written, DateOnly day)
    {
        string? key = Find(written);
        return key is null ? null : prices.GetOrAdd(new PriceOfDay(key, day.DayNumber), static (at, self) => self.entries[at.Key].On(at.Key, DateOnly.FromDayNumber(at.Day)), this);
    }

    private static PriceTable ReadBuiltIn()
    {
        byte[] json = BuiltInPrices.Json();
        return new PriceTable(BuiltInPrices.Read(json), XxHash64.HashToUInt64(json));
    }

    // By its number: what a record makes for a date is compiled when the program runs.
    private sealed record PriceOfDay(string Key, int Day);
}
