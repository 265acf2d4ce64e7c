namespace AiaiaiDashboard.Components.Layout.Search;

/// <summary>Something the command palette offers.</summary>
/// <param name="Group">Heading it stands under: Pages, Projects or Actions.</param>
/// <param name="Title">What it is called; searched.</param>
/// <param name="Detail">A word beside it, searched too; empty for none.</param>
/// <param name="Icon">One of the icons.</param>
/// <param name="Href">Address it opens; null for an action.</param>
/// <param name="Action">Name of the action; null for an address.</param>
/// <param name="Keys">The shortcut that does the same, such as <c>g t</c>; empty for none.</param>
public sealed record PaletteEntry(string Group, string Title, string Detail, string Icon, string? Href, PaletteAction? Action, string Keys = "");

/// <summary>What the palette can do beside opening a page.</summary>
public enum PaletteAction
{
    /// <summary>Runs a sync.</summary>
    Sync,

    /// <summary>Switches between dark and light; done by the browser.</summary>
    ToggleTheme,

    /// <summary>Makes the sidebar a rail or a sidebar again; done by the browser.</summary>
    ToggleSidebar,

    /// <summary>Lists the keyboard shortcuts; done by the browser.</summary>
    ShowShortcuts,
}
