using AiaiaiDashboard.Components.State;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Pages.Tokens;

/// <summary>
/// The rows of the ledger in the range of the page: filtered, ordered and paged on the server, so that the browser gets one page of a hundred thousand rows.
/// All of it is in the address (<c>?q=</c>, <c>?model=</c>, <c>?sort=</c>, <c>?page=</c>, <c>?size=</c>).
/// </summary>
public sealed partial class EntriesCard
{
    private static readonly int[] Sizes = [10, 50, 200];

    private static readonly (string Title, EntryOrder? Order, bool IsNumber)[] Columns =
    [
        ("Time", EntryOrder.Time, false), ("Project", EntryOrder.Project, false), ("Model", EntryOrder.Model, false), ("Session", null, false),
        ("Input", EntryOrder.Tokens, true), ("Output", null, true), ("Cache write", null, true), ("Cache read", null, true), ("Cost", EntryOrder.Cost, true),
    ];

    private UsageEntryPage entries = new([], 0, 1, 1, new UsageCounters(), 0, false);
    private IReadOnlyList<NamedCost> models = [];

    /// <summary>The range of the page.</summary>
    [Parameter, EditorRequired]
    public required DayRange Range { get; set; }

    /// <summary>Part of a project or session id.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    /// <summary>Only this model.</summary>
    [SupplyParameterFromQuery(Name = "model")]
    public string? Model { get; set; }

    /// <summary>Column, with a minus before it where the order is turned round.</summary>
    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    /// <summary>Page number from 1 on.</summary>
    [SupplyParameterFromQuery(Name = "page")]
    public string? Page { get; set; }

    /// <summary>Rows per page.</summary>
    [SupplyParameterFromQuery(Name = "size")]
    public string? PageSize { get; set; }

    private int Size => int.TryParse(PageSize, out int size) && Sizes.Contains(size) ? size : Sizes[0];

    private bool Reversed => Sort?.StartsWith('-') == true;

    private EntryOrder Order => Enum.TryParse(Sort?.TrimStart('-'), ignoreCase: true, out EntryOrder order) && Enum.IsDefined(order) ? order : EntryOrder.Time;

    private string Export => Link(
        "/api/export/usage.csv",
        ("since", Format.IsoDay(Range.From)), ("until", Format.IsoDay(Range.To)), ("model", Model), ("q", Text), ("shown", "true"));

    /// <inheritdoc/>
    protected override void OnParametersSet() => Read();

    /// <inheritdoc/>
    protected override void OnSnapshotChanged() => Read();

    // Names begin with A, amounts and times with the highest.
    private static bool StartsUp(EntryOrder order) => order is EntryOrder.Project or EntryOrder.Model;

    private string Sorted(EntryOrder order)
    {
        string name = order.ToString().ToLowerInvariant();
        return Order == order && !Reversed ? "-" + name : name;
    }

    // The rest of the address stays as it is; another filter or order begins with the first page.
    private string With(string? text = null, string? model = null, string? sort = null, int? size = null, int? page = null) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["q"] = Given(text ?? Text),
        ["model"] = Given(model ?? Model),
        ["sort"] = Given(sort ?? Sort),
        ["size"] = size ?? (Size == Sizes[0] ? null : Size),
        ["page"] = page is > 1 ? page : null,
    });

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private void Read()
    {
        models = Range.Figures(Snapshot, Project?.Id).ByModel;
        var filter = new EntryFilter
        {
            From = Range.From,
            To = Range.To,
            Project = Project?.Id,
            Model = Given(Model),
            Text = Text,
            Order = Order,
            Reversed = Reversed,
        };
        int wanted = int.TryParse(Page, out int number) ? number : 1;
        entries = Snapshot.Once((filter, wanted, Size), () => UsageEntries.Of(Snapshot.Usage, filter).Nearest(wanted, Size));
    }
}
