using System.Text.Json;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>One token of a text.</summary>
/// <param name="type">What it is.</param>
/// <param name="value">A name's or string's bytes between the quotes, a number's digits; empty for the rest.</param>
/// <param name="escaped">Whether a name or string holds escapes.</param>
/// <param name="end">Position after the token, for the length of what lies between two tokens.</param>
internal readonly ref struct JsonToken(JsonTokenType type, ReadOnlySpan<byte> value, bool escaped, long end)
{
    public JsonTokenType Type { get; } = type;

    public ReadOnlySpan<byte> Value { get; } = value;

    public bool IsEscaped { get; } = escaped;

    public long End { get; } = end;

    /// <summary>The token the framework's reader stands on.</summary>
    public static JsonToken Of(ref Utf8JsonReader reader) => new(
        reader.TokenType,
        reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String or JsonTokenType.Number ? reader.ValueSpan : default,
        reader.ValueIsEscaped,
        reader.BytesConsumed);
}
