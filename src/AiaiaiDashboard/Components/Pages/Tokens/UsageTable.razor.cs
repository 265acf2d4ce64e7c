using System.Collections.Specialized;
using System.Web;
using AiaiaiDashboard.Components.State;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Pages.Tokens;

/// <summary>
/// The usage of a range summed up by project, model or session: found, ordered and paged on the server. Each table has its own part of the address:
/// <c>?sessions=-cost&amp;sessions-q=4f&amp;sessions-page=2</c>.
/// </summary>
public sealed partial class UsageTable
{

    private UsageSumTable table = new([], 0, 1, 1, new UsageSum { Keys = [] }, 0, 0);
    private UsageSumOrder order = UsageSumOrder.Parse(null);
    private string text = "";

    /// <summary>The range of the page.</summary>
    [Parameter, EditorRequired]
    public required DayRange Range { get; set; }

    /// <summary>Project, model or session.</summary>
    [Parameter, EditorRequired]
    public required UsageGrouping By { get; set; }

    /// <summary>Classes of the card.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    private int PageSize => By == UsageGrouping.Session ? 10 : 12;

    private string Noun => By switch { UsageGrouping.Model => "model", UsageGrouping.Session => "session", _ => "project" };

    /// <inheritdoc/>
    protected override void OnParametersSet() => Read();

    /// <inheritdoc/>
    protected override void OnSnapshotChanged() => Read();

    private (string Title, string? Column)[] Columns => By switch
    {
        UsageGrouping.Model => [("Model", "name"), ("In / out per M", null), ("Tokens", "tokens"), ("Cost", "cost"), ("Share", null)],
        UsageGrouping.Session => [("Session", "name"), ("Input", "input"), ("Output", "output"), ("Cache read", "cache"), ("Cost", "cost"), ("Share", null)],
        _ => [("Project", "name"), ("Input", "input"), ("Output", "output"), ("Cache read", "cache"), ("Cost", "cost"), ("Share", null)],
    };

    private string Export => Link(
        "/api/export/usage.csv",
        ("by", Noun), ("since", Format.IsoDay(Range.From)), ("until", Format.IsoDay(Range.To)), ("q", text), ("shown", "true"));

    // Another order or text begins with the first page.
    private string To(string? sort = null, string? find = null, int? page = null)
    {
        string next = sort ?? (order.Reversed ? "-" : "") + order.Column;
        return Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
        {
            [$"{Noun}s"] = next == "cost" ? null : next,
            [$"{Noun}s-q"] = (find ?? text) is { } part && !string.IsNullOrWhiteSpace(part) ? part : null,
            [$"{Noun}s-page"] = page is > 1 ? page : null,
        });
    }

    private string NameOf(string key) => By switch
    {
        UsageGrouping.Model => ModelName.Short(key),
        UsageGrouping.Project => Snapshot.Project(key)?.Name ?? key,
        _ => key,
    };

    private void Read()
    {
        NameValueCollection query = HttpUtility.ParseQueryString(new Uri(Navigation.Uri).Query);
        order = UsageSumOrder.Parse(query[$"{Noun}s"]);
        text = query[$"{Noun}s-q"] ?? "";
        int wanted = int.TryParse(query[$"{Noun}s-page"], out int number) ? number : 1;
        table = Snapshot.Once(
            (typeof(UsageSumTable), By, Range.From, Range.To, Project?.Id, order, text, wanted),
            () => UsageSumTable.Of(Snapshot.Usage.Query(new UsageQuery([By], Range.From, Range.To, Project?.Id)), order, text, NameOf, wanted, PageSize));
    }
}
