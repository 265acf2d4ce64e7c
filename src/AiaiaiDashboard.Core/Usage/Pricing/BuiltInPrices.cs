using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>
/// The table this program comes with (prices.json, embedded). It has no mistakes, which tests see to, so it is read without looking for any: every sync
/// that finds something new needs it.
/// </summary>
internal static class BuiltInPrices
{
    private const int MaxDepth = 8;

    /// <summary>The document.</summary>
    public static byte[] Json()
    {
        using Stream stream = typeof(BuiltInPrices).Assembly.GetManifestResourceStream("prices.json")!;
        byte[] json = new byte[stream.Length];
        stream.ReadExactly(json);
        return json;
    }

    /// <summary>Its models.</summary>
    /// <param name="json">What <see cref="Json"/> gave.</param>
    public static Dictionary<string, PriceEntry> Read(byte[] json)
    {
        var table = new Dictionary<string, PriceEntry>(256, StringComparer.Ordinal);
        var scanner = new JsonScanner(json, new byte[MaxDepth]);
        scanner.Read(out _);
        while (scanner.Read(out JsonToken model) && model.Type == JsonTokenType.PropertyName)
        {
            scanner.Read(out _);
            table.Add(Encoding.UTF8.GetString(model.Value), Entry(ref scanner, out _));
        }

        return scanner.IsBad ? throw new InvalidDataException("prices.json is no JSON.") : table;
    }

    private static PriceEntry Entry(ref JsonScanner scanner, out DateOnly until)
    {
        until = default;
        var entry = new PriceEntry();
        while (scanner.Read(out JsonToken name) && name.Type == JsonTokenType.PropertyName && scanner.Read(out JsonToken value))
        {
            string property = Encoding.UTF8.GetString(name.Value);
            switch (property)
            {
                case "longContext":
                    entry.LongContext = Entry(ref scanner, out _);
                    break;
                case "history":
                    entry.History = History(ref scanner);
                    break;
                case "until":
                    _ = IsoDay.TryParse(Encoding.UTF8.GetString(value.Value), out until);
                    break;
                default:
                    if (value.Type == JsonTokenType.Number && Utf8Parser.TryParse(value.Value, out decimal price, out _))
                    {
                        entry.Set(property, price);
                    }

                    break;
            }
        }

        return entry;
    }

    private static List<PricePeriod> History(ref JsonScanner scanner)
    {
        var history = new List<PricePeriod>();
        while (scanner.Read(out JsonToken start) && start.Type == JsonTokenType.StartObject)
        {
            PriceEntry entry = Entry(ref scanner, out DateOnly until);
            history.Add(new PricePeriod(until, entry));
        }

        return history;
    }
}
