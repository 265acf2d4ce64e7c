using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Formatting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;

namespace AiaiaiDashboard.Components.Layout;

/// <summary>The shell round every page: sidebar, header, notices, and the boundary that keeps the shell alive when a page fails.</summary>
public sealed partial class MainLayout : IAsyncDisposable
{
    private CardBoundary? boundary;
    private IJSObjectReference? browser;

    /// <summary>Addresses.</summary>
    [Inject]
    public required NavigationManager Navigation { get; init; }

    /// <summary>The browser's clock, told its zone here.</summary>
    [Inject]
    public required BrowserTime Clock { get; init; }

    /// <summary>The browser.</summary>
    [Inject]
    public required IJSRuntime Js { get; init; }

    private string Path => new Uri(Navigation.Uri).AbsolutePath;

    private string Query => new Uri(Navigation.Uri).Query;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        try
        {
            if (browser is not null)
            {
                await browser.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone, and with it everything that was to be released there.
        }
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        browser = await Js.InvokeAsync<IJSObjectReference>("import", "/" + Assets["js/browser.js"]);
        BrowserZone? zone = await browser.InvokeAsync<BrowserZone?>("timeZone");
        Clock.SetZone(zone?.Name, zone?.OffsetMinutes ?? 0);
        await browser.InvokeVoidAsync("markInteractive");
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        // A page that failed must not keep its error on screen once another address is open.
        boundary?.Recover();
        _ = InvokeAsync(StateHasChanged);
    }

    private sealed record BrowserZone(string Name, int OffsetMinutes);
}
