using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>
/// All projects as a table, as a list on small screens. Status and order are in the address (<c>?status=</c>, <c>?sort=</c>); the text
/// filter is only typed.
/// </summary>
public sealed partial class ProjectsTable
{
    private IReadOnlyList<Choice.Option> statuses = [];
    private List<ProjectSummary> rows = [];
    private IReadOnlyList<ProjectGroups.Group> groups = [];
    private bool isWhole;
    private string text = "";

    /// <summary>Address of the page the table is on.</summary>
    [Parameter, EditorRequired]
    public required string Page { get; set; }

    /// <summary>active, paused or completed; all without.</summary>
    [SupplyParameterFromQuery(Name = "status")]
    public string? Status { get; set; }

    /// <summary>Key of a <see cref="ProjectOrder.Column"/>; by spend without.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>See <see cref="ShowMore.Of"/>.</summary>
    [SupplyParameterFromQuery]
    public string? First { get; set; }

    /// <summary>The projects of a page that filters by itself, shown by status; all in one, with a filter here, without.</summary>
    [Parameter]
    public IReadOnlyList<ProjectSummary>? Only { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Read();

    /// <inheritdoc/>
    protected override void OnSnapshotChanged() => Read();

    private void Filter(string? value)
    {
        text = value ?? "";
        Read();
    }

    // The rest of the address stays as it is: the chart above keeps its range.
    private string Href(string? status = "", string? sort = "") => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["status"] = status == "" ? Status : status,
        ["sort"] = sort == "" ? Sort : sort,
    });

    private void Read()
    {
        IEnumerable<ProjectSummary> candidates = Only ?? (Project is { } one ? [one] : Snapshot.Projects);
        ProjectCounts counts = ProjectCounts.Of(candidates);
        statuses =
        [
            new("All", Href(status: null), Status is null, Amount: counts.All),
            new("Active", Href(status: "active"), Status == "active", Amount: counts.Active),
            new("Paused", Href(status: "paused"), Status == "paused", Amount: counts.Paused),
            new("Completed", Href(status: "completed"), Status == "completed", Amount: counts.Completed),
        ];
        rows = ProjectOrder.Find(Sort).Apply(candidates.Where(p => Status is null || p.Status == Status).Where(Matches));
        int first = ShowMore.Of(First);
        groups = Only is null ? [new("", null, [.. rows.Take(first)], rows.Count)] : ProjectGroups.Of(rows, first);
        isWhole = rows.Count == Snapshot.Projects.Count;
    }

    private void Clear()
    {
        Filter(null);
        if (Status is not null)
        {
            Navigation.NavigateTo(Href(status: null));
        }
    }

    private bool Matches(ProjectSummary project)
    {
        string part = text.Trim();
        return part.Length == 0
            || project.Name.Contains(part, StringComparison.OrdinalIgnoreCase)
            || project.Client.Contains(part, StringComparison.OrdinalIgnoreCase)
            || project.Stack.Any(s => s.Contains(part, StringComparison.OrdinalIgnoreCase));
    }
}
