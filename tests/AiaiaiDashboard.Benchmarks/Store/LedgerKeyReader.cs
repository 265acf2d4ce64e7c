using System.Globalization;
using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Benchmarks.Store;

/// <summary>Reads only the key of a ledger line. The ledger writes the five parts of the key first, so that the rest need not be parsed.</summary>
internal sealed class LedgerKeyReader
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup;
    private readonly char[] text = new char[1024];

    public LedgerKeyReader() => lookup = known.GetAlternateLookup<ReadOnlySpan<char>>();

    public UsageKey Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        DateOnly date = DateOnly.ParseExact(Next(ref reader, "date"u8), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        string project = Shared(Next(ref reader, "project"u8));
        string session = new(Next(ref reader, "session"u8));
        string model = Shared(Next(ref reader, "model"u8));
        return new UsageKey(date, project, session, model, Shared(Next(ref reader, "source"u8)));
    }

    private ReadOnlySpan<char> Next(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.Read() || !reader.ValueTextEquals(name) || !reader.Read())
        {
            throw new FormatException($"{Encoding.UTF8.GetString(name)} is not where the ledger writes it");
        }

        return text.AsSpan(0, reader.CopyString(text));
    }

    private string Shared(ReadOnlySpan<char> value)
    {
        if (!lookup.TryGetValue(value, out string? shared))
        {
            shared = new string(value);
            known.Add(shared, shared);
        }

        return shared;
    }
}
