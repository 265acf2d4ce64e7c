using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Hosting;
using FluentValidation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>The form of the settings. What is typed stays in the draft until it is saved; a file that changes underneath is noticed.</summary>
public sealed partial class SettingsPage
{
    private static readonly (string Id, string Name)[] Sections =
    [
        ("budget", "Budget"), ("thresholds", "Thresholds"), ("limits", "Project limits"), ("schedule", "Schedule"), ("sources", "Sources"),
        ("notifications", "Notifications"), ("appearance", "Appearance"), ("last-sync", "Last sync"),
    ];

    private SettingsFiles opened = new(new AlertsConfig(), new SyncConfig(), new SourcesConfig(), []);
    private SettingsDraft draft = new(new SettingsFiles(new AlertsConfig(), new SyncConfig(), new SourcesConfig(), []));
    private List<string> changedFiles = [];
    private string? conflict;
    private string? failure;
    private bool saving;
    private bool saved;

    /// <summary>Opens and saves.</summary>
    [Inject]
    public required ISettingsCommands Settings { get; init; }

    /// <summary>The browser, which asks before what was typed is lost.</summary>
    [Inject]
    public required IJSRuntime Js { get; init; }

    /// <summary>Toasts.</summary>
    [Inject]
    public required ISnackbar Snackbar { get; init; }

    private bool IsDirty => changedFiles.Count > 0;

    private IEnumerable<string> ChangedFiles => changedFiles;

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
            saved = false;
            Reload();
        }
    }

    private void Reload()
    {
        opened = Settings.Open();
        draft = new SettingsDraft(opened);
        conflict = failure = null;
        Check();
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
        saved = false;
        changedFiles = Differences(opened, draft.ToFiles());
        if (draft.Errors.Count > 0 && changedFiles.Count == 0)
        {
            changedFiles = ["fields that are not valid"];
        }
    }

    private async Task SaveAsync()
    {
        SettingsFiles files = draft.ToFiles();
        if (draft.Errors.Count > 0)
        {
            // The fields and the banner may be out of sight.
            ProjectToasts.Error(Snackbar, "Nothing was saved. Fields that are not valid say why.");
            failure = $"{draft.Errors.Count} {(draft.Errors.Count == 1 ? "field is" : "fields are")} not valid; each says why.";
            return;
        }

        saving = true;
        failure = null;
        try
        {
            await Settings.SaveAsync(opened, files);
            saving = false;
            Reload();
            saved = true;
            ProjectToasts.Say(Snackbar, "Settings saved. In force now.");
        }
        catch (SettingsConflictException exception)
        {
            conflict = exception.Message;
        }
        catch (ValidationException exception)
        {
            failure = string.Join(" ", exception.Errors.Select(e => e.ErrorMessage));
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            failure = exception.Message;
        }
        finally
        {
            saving = false;
        }
    }

    private async Task GuardAsync(LocationChangingContext change)
    {
        bool samePage = new Uri(change.TargetLocation.Contains("://", StringComparison.Ordinal) ? change.TargetLocation : new Uri(new Uri(Navigation.BaseUri), change.TargetLocation).ToString()).AbsolutePath == "/settings";
        if (IsDirty && !samePage && !await Js.InvokeAsync<bool>("confirm", "Leave without saving? What you typed is lost."))
        {
            change.PreventNavigation();
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
