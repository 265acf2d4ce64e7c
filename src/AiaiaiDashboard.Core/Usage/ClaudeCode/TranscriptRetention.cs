using System.Text.Json;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>After how many days Claude Code deletes its transcripts: <c>cleanupPeriodDays</c> of a config directory's settings.json.</summary>
public static class TranscriptRetention
{
    /// <summary>What Claude Code does without a setting.</summary>
    public const int DefaultDays = 30;

    /// <summary>Largest settings file that is read.</summary>
    private const long MaxBytes = 1 << 20;

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The setting found in a config directory; null where there is none, or none that can be read.</summary>
    /// <param name="projects">The <c>projects</c> directory of the config directory.</param>
    public static int? Find(string projects)
    {
        string path = SettingsOf(projects);
        try
        {
            if (!FileIdentity.TryRead(path, out FileIdentity file) || !file.IsRegular || file.Length > MaxBytes)
            {
                return null;
            }

            using JsonDocument settings = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            return settings.RootElement.ValueKind == JsonValueKind.Object
                && settings.RootElement.TryGetProperty("cleanupPeriodDays", out JsonElement days)
                && days.ValueKind == JsonValueKind.Number && days.TryGetInt32(out int value) && value >= 0
                ? value
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Path of the settings of a config directory.</summary>
    internal static string SettingsOf(string projects) =>
        Path.Combine(Path.GetDirectoryName(projects.TrimEnd(Path.DirectorySeparatorChar)) ?? projects, "settings.json");

    /// <summary>One sentence for the pages: what is deleted when, and that it stays here.</summary>
    /// <param name="projects">The <c>projects</c> directories that are read; at least one.</param>
    public static string Describe(IReadOnlyList<string> projects)
    {
        int? found = null;
        foreach (string directory in projects)
        {
            found ??= Find(directory);
        }

        string setting = found is null ? "its default, no cleanupPeriodDays is set" : "cleanupPeriodDays in its settings.json";
        return FormattableString.Invariant(
            $"Claude Code deletes transcripts after {found ?? DefaultDays} days ({setting}). What was counted stays here.");
    }
}
