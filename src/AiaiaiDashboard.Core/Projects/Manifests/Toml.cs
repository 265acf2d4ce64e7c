using Tomlyn;
using Tomlyn.Model;

namespace AiaiaiDashboard.Core.Projects.Manifests;

/// <summary>Reads TOML values that may be of any kind.</summary>
internal static class Toml
{
    /// <summary>The document.</summary>
    /// <exception cref="TomlException">It does not parse, or nests deeper than 64 levels.</exception>
    public static TomlTable Parse(string text) => TomlSerializer.Deserialize<TomlTable>(text.TrimStart('\ufeff')) ?? [];

    /// <summary>A table in a table, or null.</summary>
    public static TomlTable? Table(TomlTable? table, string key) =>
        table is not null && table.TryGetValue(key, out object? value) ? value as TomlTable : null;

    /// <summary>A string in a table, or null.</summary>
    public static string? Text(TomlTable table, string key) => table.TryGetValue(key, out object? value) ? value as string : null;
}
