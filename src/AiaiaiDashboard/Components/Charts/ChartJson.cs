using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>Options of charts as js/charts.js reads them. Left to the call of a script, every open tab would keep what its serializer learns of these types.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ChartOptions))]
internal sealed partial class ChartJson : JsonSerializerContext
{
    /// <summary>The text.</summary>
    public static string Of(ChartOptions options) => JsonSerializer.Serialize(options, Default.ChartOptions);
}
