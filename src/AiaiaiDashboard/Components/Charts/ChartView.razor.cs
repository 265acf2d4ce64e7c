using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>
/// One plot. Its height is reserved before it draws; it draws after the first render and again when its options change, and ends with
/// the page. The module js/charts.js is the only thing that knows the library.
/// </summary>
public sealed partial class ChartView : IAsyncDisposable
{
    private ElementReference element;
    private IJSObjectReference? module;
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
        if (module is null)
        {
            return;
        }

        try
        {
            await module.InvokeVoidAsync("dispose", element);
            await module.DisposeAsync();
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
            module ??= await Js.InvokeAsync<IJSObjectReference>("import", "/" + Assets["js/charts.js"]);
            await module.InvokeVoidAsync("draw", element, ChartJson.Of(Options));
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
