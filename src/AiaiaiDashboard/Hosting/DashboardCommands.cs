using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Hosting;

/// <summary>The commands of the pages, carried out by the workspaces.</summary>
internal sealed class DashboardCommands(WorkspaceHost workspaces) : IDashboardCommands
{
    /// <inheritdoc/>
    public bool HasOwnData => !workspaces.Own.IsDemo;

    /// <inheritdoc/>
    public Task<SyncStatus> SyncNowAsync() => workspaces.SyncNowAsync("manual");

    /// <inheritdoc/>
    public Task ShowDemoAsync() => workspaces.ShowDemoAsync();

    /// <inheritdoc/>
    public Task ShowOwnDataAsync() => workspaces.ShowOwnDataAsync();
}
