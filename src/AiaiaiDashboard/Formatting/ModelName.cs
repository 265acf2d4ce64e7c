using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Formatting;

/// <summary>Short names of models: <c>claude-opus-4-5-20251101</c> reads <c>Opus 4.5</c>. Names that follow no known form stay as they are.</summary>
public static partial class ModelName
{
    /// <summary>The name to show; the full one belongs in a tooltip.</summary>
    public static string Short(string model)
    {
        // claude-opus-4-5-20251101, claude-sonnet-4-20250514, claude-opus-4-6-fast
        Match match = Current().Match(model);
        if (!match.Success)
        {
            // claude-3-5-sonnet-20241022, claude-3-opus-20240229
            match = Early().Match(model);
        }

        if (!match.Success)
        {
            return model;
        }

        string family = match.Groups["family"].Value;
        string minor = match.Groups["minor"].Value;
        string version = minor.Length == 0 ? match.Groups["major"].Value : $"{match.Groups["major"].Value}.{minor}";
        string fast = model.EndsWith("-fast", StringComparison.Ordinal) ? " fast" : "";
        return $"{char.ToUpperInvariant(family[0])}{family[1..]} {version}{fast}";
    }

    [GeneratedRegex(@"^claude-(?<family>[a-z]{3,12})-(?<major>\d{1,2})(-(?<minor>\d{1,2}))?(-\d{8})?(-fast)?$", RegexOptions.CultureInvariant, 50)]
    private static partial Regex Current();

    [GeneratedRegex(@"^claude-(?<major>\d{1,2})(-(?<minor>\d{1,2}))?-(?<family>[a-z]{3,12})(-\d{8})?(-fast)?$", RegexOptions.CultureInvariant, 50)]
    private static partial Regex Early();
}
