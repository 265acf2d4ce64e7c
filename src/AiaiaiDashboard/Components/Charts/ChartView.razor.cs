using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>
/// One plot. Its height is reserved before it draws; it draws after the first render and again when its options change, and ends with
/// the page. The script js/charts.js, which is part of every page, is the only thing that knows the library.
/// </summary>
public sealed partial class ChartView : IAsyncDisposable
{
    private ElementReference element;
    private ChartOptions? drawn;
    private bool failed;

    /// <summary>What to draw.</summary>
    [Parameter, EditorRequired]
    public required ChartOptions Options { get; set; }

    /// <summary>Last value, trend, peak: what a reader who does not see the plot needs.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Pixels.</summary>
    [Parameter, EditorRequired]
    public required int Height { get; set; }

    /// <summary>The browser.</summary>
    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (drawn is null || failed)
        {
            return;
        }

        try
        {
            await Js.InvokeVoidAsync("aiaiaiCharts.dispose", element);
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone, and the chart with it.
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (failed || Options.Equals(drawn))
        {
            return;
        }

        drawn = Options;
        try
        {
            await Js.InvokeVoidAsync("aiaiaiCharts.draw", element, ChartJson.Of(Options));
        }
        catch (JSDisconnectedException)
        {
            // The tab closed while the chart was drawn.
        }
        catch (JSException)
        {
            failed = true;
            StateHasChanged();
        }
    }
}
