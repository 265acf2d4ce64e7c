using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>JSON of active alerts, for commands and the API.</summary>
public static class AlertJson
{
    /// <summary>A list of alerts; what does not apply is left out.</summary>
    public static JsonTypeInfo<IReadOnlyList<ActiveAlert>> List => AlertJsonContext.Default.IReadOnlyListActiveAlert;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<ActiveAlert>))]
internal sealed partial class AlertJsonContext : JsonSerializerContext;
