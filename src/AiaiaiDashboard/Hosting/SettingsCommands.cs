using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Hosting;

/// <summary>Opens and saves the settings of the workspace that is on screen.</summary>
internal sealed class SettingsCommands(WorkspaceHost workspaces) : ISettingsCommands
{
    /// <inheritdoc/>
    public SettingsFiles Open()
    {
        Workspace workspace = workspaces.Current;
        DashboardConfig config = workspace.Sync.Config;
        return new SettingsFiles(
            config.Alerts,
            config.Sync,
            config.Sources,
            [.. ((string[])[DataFiles.Alerts, DataFiles.Sync, DataFiles.Sources]).Where(f => File.Exists(workspace.Directory.PathOf(f)))]);
    }

    /// <inheritdoc/>
    public async Task SaveAsync(SettingsFiles opened, SettingsFiles changed)
    {
        Workspace workspace = workspaces.Current;
        await SaveAsync(workspace, ConfigDocuments.Alerts, opened.Alerts, changed.Alerts, opened.Existing);
        await SaveAsync(workspace, ConfigDocuments.Sync, opened.Sync, changed.Sync, opened.Existing);
        await SaveAsync(workspace, ConfigDocuments.Sources, opened.Sources, changed.Sources, opened.Existing);
    }

    /// <inheritdoc/>
    public bool IsSet(string? variable) => workspaces.Own.Alerts.ChannelSet.IsSet(variable);

    private static Task SaveAsync<T>(Workspace workspace, DocumentType<T> type, T opened, T changed, IReadOnlyList<string> existing)
        where T : class =>
        DocumentJson.Serialize(opened, type.Json).AsSpan().SequenceEqual(DocumentJson.Serialize(changed, type.Json))
            ? Task.CompletedTask
            : workspace.SaveSettingsAsync(type, changed, existing.Contains(type.Name) ? opened : null);
}
