using System.Globalization;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>How values stand in messages about settings: as they would in the file.</summary>
internal static class SettingsText
{
    public static string Of(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Of(string? value) => value is null ? "null" : $"\"{JsonEncodedText.Encode(value.Length > 60 ? value[..60] : value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
