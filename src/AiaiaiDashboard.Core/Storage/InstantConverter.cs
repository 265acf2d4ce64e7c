using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>Instants of UTC end in <c>Z</c>, as data/README.md says; the serializer by itself writes <c>+00:00</c>. Other offsets, such as a commit's, stay.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        if (value.Offset == TimeSpan.Zero)
        {
            writer.WriteStringValue(value.UtcDateTime);
        }
        else
        {
            writer.WriteStringValue(value);
        }
    }
}
