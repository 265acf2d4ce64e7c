using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Hosting;
using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>The form of the settings. What is typed stays in the draft until it is saved; a file that changes underneath is noticed.</summary>
public sealed partial class SettingsPage : IAsyncDisposable
{
    private static readonly (string Id, string Name)[] Sections =
    [
        ("budget", "Budget"), ("thresholds", "Thresholds"), ("limits", "Project limits"), ("schedule", "Schedule"), ("sources", "Sources"),
        ("notifications", "Notifications"), ("appearance", "Appearance"), ("last-sync", "Last sync"),
    ];

    // What was opened is not valid as it is, or is written in another way.
    private const string NothingNamed = "fields as they were opened";

    private SettingsFiles opened = new(new AlertsConfig(), new SyncConfig(), new SourcesConfig(), []);
    private SettingsDraft draft = new(new SettingsFiles(new AlertsConfig(), new SyncConfig(), new SourcesConfig(), []));
    private IReadOnlyList<string> changes = [NothingNamed];
    private AskDialog? ask;
    private IJSObjectReference? focus;
    private DraftPlaces? places;
    private KeptDraft? kept;
    private IReadOnlyList<string> keptNames = [];
    private IReadOnlyList<string> leftOut = [];
    private bool looked;
    private string? focusNext;
    private string? conflict;
    private string? failure;
    private bool saving;
    private string rest = "";

    /// <summary>Opens and saves.</summary>
    [Inject]
    public required ISettingsCommands Settings { get; init; }

    /// <summary>The browser, in which the focus goes to what is wrong.</summary>
    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>Who looks at the page: what they typed is kept for them alone.</summary>
    [Inject]
    public required AuthenticationStateProvider Visitor { get; init; }

    /// <summary>Toasts.</summary>
    [Inject]
    public required ISnackbar Snackbar { get; init; }

    private bool IsDirty { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        if (Snapshot.IsLoaded)
        {
            Reload();
        }
    }

    /// <inheritdoc/>
    protected override void OnSnapshotChanged()
    {
        SettingsFiles now = Settings.Open();
        if (Differences(opened, now).Count == 0 || saving)
        {
            return;
        }

        if (IsDirty)
        {
            conflict = $"{string.Join(" and ", Differences(opened, now))} was changed meanwhile, by hand or in another tab.";
        }
        else
        {
            Reload();
        }
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (focusNext is { } target)
            {
                focusNext = null;
                focus ??= await Js.InvokeAsync<IJSObjectReference>("import", "/" + Assets["js/focus.js"]);
                await focus.InvokeVoidAsync("first", target);
            }

            if (Snapshot.IsLoaded && !looked)
            {
                looked = true;
                string user = (await Visitor.GetAuthenticationStateAsync()).User.Identity?.Name ?? "";
                DraftPlaces read = await DraftPlaces.OpenAsync(Js, "/" + Assets["js/drafts.js"], user);
                kept = read.Offered(Snapshot.DataDirectory);
                places = read;
                Weigh();
                StateHasChanged();
            }

            await KeepAsync();
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        try
        {
            if (focus is not null)
            {
                await focus.DisposeAsync();
            }

            if (places is not null)
            {
                await places.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone, and the module with it.
        }
    }

    private void Reload()
    {
        opened = Settings.Open();
        draft = new SettingsDraft(opened);
        conflict = failure = null;
        Check();
    }

    // What of an offer would come back. What the files hold by now need not.
    private void Weigh()
    {
        if (kept is not null)
        {
            SettingsDraft then = new(opened);
            kept.ApplyTo(then);
            leftOut = kept.LeftOut(draft);
            keptNames = [.. SettingsChanges.Between(new SettingsDraft(opened), then).Except(leftOut)];
            kept = keptNames.Count + leftOut.Count > 0 ? kept : null;
        }
    }

    private void BringBack()
    {
        kept?.ApplyTo(draft);
        kept = null;
        focusNext = "[data-testid='save-settings']";
        Check();
    }

    // The tab keeps what is not saved, and an offer until it is answered.
    private Task KeepAsync() => places is null
        ? Task.CompletedTask
        : places.KeepAsync(IsDirty ? KeptDraft.Write(new SettingsDraft(opened), draft, Snapshot.DataDirectory) : null, kept?.Write());

    private void Discard()
    {
        Reload();
        rest = "Changes discarded.";
    }

    private void KeepMine()
    {
        // The next save replaces what the file holds now.
        SettingsFiles now = Settings.Open();
        opened = now;
        conflict = failure = null;
        Check();
    }

    private void Check()
    {
        rest = "";
        IsDirty = Differences(opened, draft.ToFiles()).Count > 0 || draft.Errors.Count > 0;
        changes = SettingsChanges.Between(new SettingsDraft(opened), draft) is { Count: > 0 } named ? named : [NothingNamed];
        Weigh();
    }

    private async Task SaveAsync()
    {
        SettingsFiles files = draft.ToFiles();
        if (draft.Errors.Count > 0)
        {
            failure = $"{draft.Errors.Count} {(draft.Errors.Count == 1 ? "field is" : "fields are")} not valid; each says why.";
            focusNext = "[data-testid='settings-form'] [aria-invalid='true']";
            return;
        }

        saving = true;
        failure = null;
        try
        {
            await Settings.SaveAsync(opened, files);
            saving = false;
            Reload();
            rest = "Saved. In force now.";
            ProjectToasts.Say(Snackbar, "Settings saved. In force now.");
        }
        catch (SettingsConflictException exception)
        {
            conflict = exception.Message;
            focusNext = "[data-testid='settings-conflict'] button";
        }
        catch (ValidationException exception)
        {
            Refuse(string.Join(" ", exception.Errors.Select(e => e.ErrorMessage)));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            Refuse(exception.Message);
        }
        finally
        {
            saving = false;
        }
    }

    // The banner stands above the form and may be out of sight.
    private void Refuse(string reason)
    {
        failure = reason;
        ProjectToasts.Error(Snackbar, $"Nothing was saved. {reason}");
    }

    private async Task GuardAsync(LocationChangingContext change)
    {
        bool samePage = new Uri(change.TargetLocation.Contains("://", StringComparison.Ordinal) ? change.TargetLocation : new Uri(new Uri(Navigation.BaseUri), change.TargetLocation).ToString()).AbsolutePath == "/settings";
        if (!IsDirty || samePage || ask is null)
        {
            return;
        }

        if (!await ask.AskAsync())
        {
            change.PreventNavigation();
        }
        else if (places is not null)
        {
            await places.LeaveAsync();
        }
    }

    private static List<string> Differences(SettingsFiles one, SettingsFiles other)
    {
        List<string> files = [];
        Compare(ConfigDocuments.Alerts, one.Alerts, other.Alerts);
        Compare(ConfigDocuments.Sync, one.Sync, other.Sync);
        Compare(ConfigDocuments.Sources, one.Sources, other.Sources);
        return files;

        void Compare<T>(DocumentType<T> type, T left, T right)
            where T : class
        {
            if (!DocumentJson.Serialize(left, type.Json).AsSpan().SequenceEqual(DocumentJson.Serialize(right, type.Json)))
            {
                files.Add(type.Name);
            }
        }
    }
}
