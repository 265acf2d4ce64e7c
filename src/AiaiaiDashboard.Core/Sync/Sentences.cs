namespace AiaiaiDashboard.Core.Sync;

/// <summary>Puts reasons together that are shown as one text.</summary>
internal static class Sentences
{
    /// <summary>Both texts with a space between; null where both are empty.</summary>
    public static string? Join(string? first, string? second) =>
        string.IsNullOrWhiteSpace(first) ? (string.IsNullOrWhiteSpace(second) ? null : second)
        : string.IsNullOrWhiteSpace(second) ? first
        : $"{first} {second}";
}
