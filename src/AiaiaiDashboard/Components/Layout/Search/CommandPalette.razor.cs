using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Components.State;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace AiaiaiDashboard.Components.Layout.Search;

/// <summary>Opens any page or project and runs any action by typing a part of its name (Ctrl+K or ⌘K).</summary>
public sealed partial class CommandPalette
{
    private string query = "";
    private int active;
    private bool used;
    private IReadOnlyList<PaletteEntry> found = [];

    /// <summary>What the actions do.</summary>
    [Inject]
    public required IDashboardCommands Commands { get; init; }

    /// <summary>The browser.</summary>
    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <inheritdoc/>
    protected override void OnSnapshotChanged() => Find();

    /// <inheritdoc/>
    protected override void OnParametersSet() => Find();

    private static string IdOf(int index) => $"palette-{index}";

    private void Search(string? typed)
    {
        query = typed ?? "";
        active = 0;
        used = true;
        Find();
    }

    // Every tab has a palette and few are opened: the script's first event of an opened one makes the list.
    private void Find()
    {
        if (!used)
        {
            return;
        }

        found = PaletteSearch.Find(Entries(), query);
        active = Math.Clamp(active, 0, Math.Max(0, found.Count - 1));
    }

    private IEnumerable<PaletteEntry> Entries()
    {
        foreach (Routing.Page page in Routing.Pages)
        {
            yield return new PaletteEntry("Pages", page.Title, "", page.Icon, Link(page.Path), null, page.Keys);
        }

        yield return new PaletteEntry("Actions", "Refresh", "sync", Icons.Refresh, null, PaletteAction.Sync, "r");
        yield return new PaletteEntry("Actions", "Switch theme", "dark, light", Icons.Moon, null, PaletteAction.ToggleTheme, "t");
        yield return new PaletteEntry("Actions", "Collapse or expand the sidebar", "", Icons.Sidebar, null, PaletteAction.ToggleSidebar, "[");
        yield return new PaletteEntry("Actions", "Keyboard shortcuts", "help", Icons.Info, null, PaletteAction.ShowShortcuts, "?");
        foreach (ProjectSummary project in Snapshot.Projects)
        {
            yield return new PaletteEntry("Projects", project.Name, project.Client, Icons.Folder, Address.OfProject(project.Id), null);
        }
    }

    private Task OnKeyAsync(KeyboardEventArgs key)
    {
        if (!used)
        {
            used = true;
            Find();
        }

        active = PaletteSearch.Step(key.Key, active, found.Count);
        return key.Key == "Enter" && found.Count > 0 ? RunAsync(active) : Task.CompletedTask;
    }

    private async Task RunAsync(int index)
    {
        PaletteEntry entry = found[index];
        await Js.InvokeVoidAsync("aiaiai.closePalette");
        switch (entry.Action)
        {
            case null:
                Navigation.NavigateTo(entry.Href!);
                break;
            case PaletteAction.Sync:
                await Commands.SyncNowAsync();
                break;
            default:
                await Js.InvokeVoidAsync("aiaiai.run", entry.Action.ToString());
                break;
        }
    }
}
