using AiaiaiDashboard.Components.Controls;

namespace AiaiaiDashboard.Components.Layout;

/// <summary>The pages of the sidebar, in its order.</summary>
public static class Routing
{
    /// <summary>A page of the sidebar.</summary>
    public sealed record Page(string Path, string Title, string Icon);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Page> Pages { get; } =
    [
        new("/", "Home", Icons.Home),
        new("/projects", "Projects", Icons.Projects),
        new("/kanban", "Kanban", Icons.Kanban),
        new("/tokens", "Tokens", Icons.Tokens),
        new("/analytics", "Analytics", Icons.Analytics),
        new("/quality", "Quality", Icons.Quality),
        new("/alerts", "Alerts", Icons.Bell),
        new("/settings", "Settings", Icons.Settings),
    ];

    /// <summary>The project id of <c>/projects/{id}</c>; null elsewhere.</summary>
    public static string? ProjectOf(string path)
    {
        const string prefix = "/projects/";
        return path.StartsWith(prefix, StringComparison.Ordinal) && path.Length > prefix.Length
            ? Uri.UnescapeDataString(path[prefix.Length..].TrimEnd('/'))
            : null;
    }
}
