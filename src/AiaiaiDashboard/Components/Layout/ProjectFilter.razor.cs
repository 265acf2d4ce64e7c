using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Components.Layout.Search;
using AiaiaiDashboard.Components.State;
using AiaiaiDashboard.Core.State;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace AiaiaiDashboard.Components.Layout;

/// <summary>Narrows every page to one project, found by typing a part of its name or client. The choice stands in the address.</summary>
public sealed partial class ProjectFilter
{
    private const string EveryProject = "All projects";

    private ElementReference button;
    private ElementReference input;
    private bool isOpen;
    private bool focusesInput;
    private string query = "";
    private int active;
    private IReadOnlyList<PaletteEntry> found = [];

    /// <summary>Path of the page that is open.</summary>
    [Parameter, EditorRequired]
    public required string Path { get; set; }

    /// <summary>True in the drawer of small screens.</summary>
    [Parameter]
    public bool InDrawer { get; set; }

    private string ListId => InDrawer ? "drawer-filter-list" : "filter-list";

    // The page of a project is its own filter.
    private ProjectSummary? Chosen => Snapshot.Project(Routing.ProjectOf(Path)) ?? Project;

    /// <inheritdoc/>
    protected override void OnSnapshotChanged() => Find();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (focusesInput)
        {
            focusesInput = false;
            await input.FocusAsync();
        }
    }

    private string IdOf(int index) => FormattableString.Invariant($"{ListId}-{index}");

    private void Toggle()
    {
        isOpen = !isOpen;
        focusesInput = isOpen;
        query = "";
        active = 0;
        Find();
    }

    private void Close() => isOpen = false;

    private void Search(string? typed)
    {
        query = typed ?? "";
        active = 0;
        Find();
    }

    private void Find()
    {
        if (!isOpen)
        {
            found = [];
            return;
        }

        IEnumerable<PaletteEntry> projects = Snapshot.Projects
            .OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
            .Select(p => new PaletteEntry("Projects", p.Name, p.Client, Icons.Folder, p.Id, null));
        found = PaletteSearch.Find(projects.Prepend(new PaletteEntry("Projects", EveryProject, "", Icons.Folder, "", null)), query, PaletteSearch.MaxProjects);
        active = Math.Clamp(active, 0, Math.Max(0, found.Count - 1));
    }

    private async Task OnKeyAsync(KeyboardEventArgs key)
    {
        active = PaletteSearch.Step(key.Key, active, found.Count);
        switch (key.Key)
        {
            case "Enter" when found.Count > 0:
                Choose(found[active]);
                await button.FocusAsync();
                break;
            case "Escape":
                Close();
                await button.FocusAsync();
                break;
            case "Tab":
                Close();
                break;
        }
    }

    private void Choose(PaletteEntry entry)
    {
        Close();
        string? id = entry.Href is { Length: > 0 } chosen ? chosen : null;
        Navigation.NavigateTo(
            Routing.ProjectOf(Path) is null ? Navigation.GetUriWithQueryParameter("project", id)
            : id is null ? "/projects"
            : Address.OfProject(id));
    }
}
