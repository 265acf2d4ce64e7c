using Microsoft.JSInterop;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>
/// Where the browser's tab keeps what was typed on the settings page (js/drafts.js): a place for what stands in the fields now, and one for what is
/// offered from before, until that is answered. Each person has places of their own: a tab may be signed out of and into.
/// </summary>
internal sealed class DraftPlaces : IAsyncDisposable
{
    private readonly IJSObjectReference module;
    private readonly string typedName;
    private readonly string offerName;
    private string? typed;
    private string? offer;

    private DraftPlaces(IJSObjectReference module, string user)
    {
        this.module = module;
        // js/drafts.js forgets all of this prefix when somebody signs out.
        (typedName, offerName) = ($"aiaiai-settings:typed:{user}", $"aiaiai-settings:offer:{user}");
    }

    /// <summary>Loads the script, and reads what the tab kept.</summary>
    /// <param name="js">The browser.</param>
    /// <param name="script">Address of js/drafts.js.</param>
    /// <param name="user">Who looks at the page.</param>
    public static async Task<DraftPlaces> OpenAsync(IJSRuntime js, string script, string user)
    {
        DraftPlaces places = new(await js.InvokeAsync<IJSObjectReference>("import", script), user);
        places.typed = await places.module.InvokeAsync<string?>("kept", places.typedName, KeptDraft.MaxBytes);
        places.offer = await places.module.InvokeAsync<string?>("kept", places.offerName, KeptDraft.MaxBytes);
        return places;
    }

    /// <summary>What there is to offer to a page just opened: what was typed last, and what was on offer meanwhile.</summary>
    public KeptDraft? Offered(string directory)
    {
        KeptDraft? before = KeptDraft.Read(offer, directory);
        return KeptDraft.Read(typed, directory)?.Over(before) ?? before;
    }

    /// <summary>Keeps both; null forgets. What a place has already is not sent again.</summary>
    public async Task KeepAsync(string? typedNow, string? offerNow)
    {
        // What goes from one place to the other is put before it is taken away, and not taken away where it could not be put.
        if (typedNow is null)
        {
            _ = await PutOfferAsync(offerNow) && await PutTypedAsync(null);
        }
        else
        {
            _ = await PutTypedAsync(typedNow) && await PutOfferAsync(offerNow);
        }
    }

    /// <summary>Forgets what stands in the fields, which somebody leaves; not the offer.</summary>
    public async Task LeaveAsync() => await module.InvokeAsync<bool>("keepTyped", typedName, null);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => module.DisposeAsync();

    private async Task<bool> PutTypedAsync(string? text)
    {
        if (text != typed)
        {
            if (!await module.InvokeAsync<bool>("keepTyped", typedName, text))
            {
                return false;
            }

            typed = text;
        }

        return true;
    }

    private async Task<bool> PutOfferAsync(string? text)
    {
        if (text != offer)
        {
            if (!await module.InvokeAsync<bool>("keep", offerName, text))
            {
                return false;
            }

            offer = text;
        }

        return true;
    }
}
