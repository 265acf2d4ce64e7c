using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>
/// A long list of amounts on one line, rounded to a millionth of a dollar: ninety lines per list make a document that nobody reads. In memory the amounts are exact.
/// </summary>
internal sealed class AmountLine : JsonConverter<IReadOnlyList<decimal>>
{
    public const int Decimals = 6;

    /// <inheritdoc/>
    public override IReadOnlyList<decimal> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException();
        }

        var amounts = new List<decimal>();
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            amounts.Add(reader.GetDecimal());
        }

        return reader.TokenType == JsonTokenType.EndArray ? amounts : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<decimal> value, JsonSerializerOptions options) =>
        AnalyticsWriter.Line(writer, value);
}

/// <summary>A name with its sums on one line.</summary>
internal sealed class NamedCostLine : JsonConverter<NamedCost>
{
    /// <inheritdoc/>
    public override NamedCost Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        JsonElement root = document.RootElement;
        return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("name", out JsonElement name) && name.GetString() is { } text
            ? new NamedCost(text, root.GetProperty("cost").GetDecimal(), root.GetProperty("tokens").GetInt64(), root.GetProperty("calls").GetInt64())
            : throw new JsonException();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, NamedCost value, JsonSerializerOptions options) => AnalyticsWriter.Line(writer, value);
}
