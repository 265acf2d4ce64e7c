using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>How many alerts of each level, in words.</summary>
public static class AlertCounts
{
    /// <summary><c>3 critical, 1 warning</c>; a level without any is left out. Null where there is none at all.</summary>
    public static string? Words(int critical, int warnings)
    {
        string[] some = [.. new[] { critical > 0 ? $"{Format.Count(critical)} critical" : null, warnings > 0 ? Format.Count(warnings, "warning") : null }.OfType<string>()];
        return some.Length == 0 ? null : string.Join(", ", some);
    }
}
