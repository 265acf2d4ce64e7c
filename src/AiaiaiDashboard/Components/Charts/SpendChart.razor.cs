using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>
/// Spend over a month, 30 or 90 days: cumulative with budget and pace above, days split by model or project below. Range, split and
/// month are in the address (<c>?range=</c>, <c>?by=</c>, <c>?month=</c>).
/// </summary>
public sealed partial class SpendChart
{
    private const int BodyHeight = 418;

    private IReadOnlyList<Choice.Option> ranges = [];
    private SpendSeries series = new() { From = default, To = default, LastDay = default, Series = [], PerDay = [], Cumulative = [] };
    private SpendPlots? plots;
    private decimal? budget;
    private DateOnly? lastMonth;
    private DateOnly? shownMonth;
    private bool asTable;
    private IReadOnlySet<string> hidden = new HashSet<string>();

    /// <summary>Classes of the card.</summary>
    [Parameter]
    public string Class { get; set; } = "";

    /// <summary>Address of the page the chart is on.</summary>
    [Parameter]
    public string Page { get; set; } = "/";

    /// <summary>The one project of its page; the filter of the address without.</summary>
    [Parameter]
    public string? ProjectId { get; set; }

    /// <summary><c>7d</c>, <c>30d</c> or <c>90d</c>; the month without.</summary>
    [SupplyParameterFromQuery(Name = "range")]
    public string? Range { get; set; }

    /// <summary><c>project</c>; by model without.</summary>
    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    /// <summary>Another month than the current one, <c>2025-09</c>.</summary>
    [SupplyParameterFromQuery(Name = "month")]
    public string? Month { get; set; }

    /// <inheritdoc/>
    protected override ProjectSummary? Project => ProjectId is null ? base.Project : Snapshot.Project(ProjectId);

    private string BudgetName => Project is null ? "Budget" : "Limit";

    private bool ByProject => By == "project" && Project is null;

    private string Title => Range switch
    {
        "7d" => "Spend, last 7 days",
        "30d" => "Spend, last 30 days",
        "90d" => "Spend, last 90 days",
        _ => $"Spend {InRange}",
    };

    private string InRange => Range switch
    {
        "7d" => "in the last 7 days",
        "30d" => "in the last 30 days",
        "90d" => "in the last 90 days",
        _ => shownMonth is not { } month ? "this month" : month.Year == Snapshot.Today.Year ? $"in {Format.MonthName(month)}" : $"in {Format.MonthAndYear(month)}",
    };

    /// <inheritdoc/>
    protected override void OnParametersSet() => Read();

    /// <inheritdoc/>
    protected override void OnSnapshotChanged() => Read();

    private string Href(string? by = "", string? range = "", string? month = "") => Link(
        Page,
        ("by", by == "" ? By : by),
        ("range", range == "" ? (month is { Length: > 0 } ? null : Range) : range),
        ("month", month == "" ? Month : month));

    private void Read()
    {
        if (!Snapshot.IsLoaded)
        {
            return;
        }

        SpendSplit split = ByProject ? SpendSplit.Project : SpendSplit.Model;
        int window = Range switch { "7d" => 7, "30d" => 30, "90d" => 90, _ => 0 };
        shownMonth = window > 0 ? null : Format.ParseMonth(Month) ?? Snapshot.Today;
        SpendPicture picture = SpendPicture.Of(Snapshot, split, window, shownMonth ?? Snapshot.Today, Project?.Id);
        (series, plots, budget) = (picture.Series, picture.Plots, picture.Budget);
        bool isCurrent = shownMonth is { } shown && shown.Year == Snapshot.Today.Year && shown.Month == Snapshot.Today.Month;
        lastMonth = Snapshot.LastMonthWithSpend(Project?.Id);
        ranges =
        [
            new("Month", Href(range: null, month: null), isCurrent, "range-month"),
            new("7 d", Href(range: "7d", month: null), Range == "7d", "range-7d"),
            new("30 d", Href(range: "30d", month: null), Range == "30d", "range-30d"),
            new("90 d", Href(range: "90d", month: null), Range == "90d", "range-90d"),
        ];
    }
}
