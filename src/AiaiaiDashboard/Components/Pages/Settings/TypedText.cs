using System.Globalization;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>What fields hold, as the files need it.</summary>
internal static class TypedText
{
    /// <summary>The lines that say something.</summary>
    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A number as a field shows it.</summary>
    public static string Text(decimal? value) => value?.ToString("0.##########", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The number in a field; what is none becomes an error, and stays what it was.</summary>
    public static decimal Number(string field, string text, Dictionary<string, string> errors, decimal otherwise)
    {
        if (decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal value))
        {
            // 200 and 200.00 are one amount: the file keeps its way of writing it.
            return value == otherwise ? otherwise : value;
        }

        errors.TryAdd(field, text.Trim().Length == 0 ? "A number is missing here." : $"\"{Shown(text)}\" is not a number: write digits, such as 200 or 49.50.");
        return otherwise;
    }

    /// <summary>The same for whole numbers.</summary>
    public static int Whole(string field, string text, Dictionary<string, string> errors, int otherwise)
    {
        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value))
        {
            return value;
        }

        errors.TryAdd(field, $"\"{Shown(text)}\" is not a whole number.");
        return otherwise;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
