using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>
/// Keeps a failure inside its card: the rest of the page works. Shows what failed with an id that the log carries too, never the
/// exception itself.
/// </summary>
public sealed class CardBoundary : ErrorBoundaryBase
{
    private string id = "";

    /// <summary>What is shown here, for the sentence: "Spend chart".</summary>
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    /// <summary>Where the failure is written down.</summary>
    [Inject]
    public required ILogger<CardBoundary> Log { get; init; }

    /// <inheritdoc/>
    protected override Task OnErrorAsync(Exception exception)
    {
        id = Guid.NewGuid().ToString("N")[..8];
        Log.LogError(exception, "{Name} could not be shown ({Id}).", Name, id);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }

        builder.OpenComponent<CardError>(1);
        builder.AddComponentParameter(2, nameof(CardError.Name), Name);
        builder.AddComponentParameter(3, nameof(CardError.Id), id);
        builder.AddComponentParameter(4, nameof(CardError.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
    }
}
