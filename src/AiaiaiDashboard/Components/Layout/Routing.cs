using AiaiaiDashboard.Components.Controls;

namespace AiaiaiDashboard.Components.Layout;

/// <summary>The pages of the sidebar, in its order.</summary>
public static class Routing
{
    /// <summary>A page of the sidebar.</summary>
    /// <param name="Path">Its route.</param>
    /// <param name="Title">Its name.</param>
    /// <param name="Icon">One of the icons.</param>
    /// <param name="Keys">The keys that open it, one after the other.</param>
    public sealed record Page(string Path, string Title, string Icon, string Keys);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Page> Pages { get; } =
    [
        new("/", "Home", Icons.Home, "g h"),
        new("/projects", "Projects", Icons.Projects, "g p"),
        new("/kanban", "Kanban", Icons.Kanban, "g k"),
        new("/tokens", "Tokens", Icons.Tokens, "g t"),
        new("/analytics", "Analytics", Icons.Analytics, "g a"),
        new("/quality", "Quality", Icons.Quality, "g q"),
        new("/alerts", "Alerts", Icons.Bell, "g l"),
        new("/settings", "Settings", Icons.Settings, "g s"),
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
