using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Hosting;

/// <summary>The commands about alerts, carried out on the workspace that is on screen.</summary>
internal sealed class AlertCommands(WorkspaceHost workspaces) : IAlertCommands
{
    /// <inheritdoc/>
    public Task AcknowledgeAsync(IReadOnlyCollection<string> keys) => ChangeAsync((state, now) => AlertBook.Acknowledge(state, keys, now));

    /// <inheritdoc/>
    public Task SnoozeAsync(string key, DateTimeOffset until) => ChangeAsync((state, now) => AlertBook.Snooze(state, key, until, now));

    /// <inheritdoc/>
    public Task DismissAsync(string key) => ChangeAsync((state, now) => AlertBook.Dismiss(state, key, now));

    /// <inheritdoc/>
    public Task WakeAsync(string key) => ChangeAsync((state, now) => AlertBook.Wake(state, key, now));

    /// <inheritdoc/>
    public async Task ShownByBrowserAsync(IReadOnlyCollection<string> keys)
    {
        Workspace workspace = workspaces.Current;
        await workspace.Alerts.ShownByBrowserAsync(keys, workspace.Shown.Today, CancellationToken.None);
        workspace.RefreshAlerts();
    }

    /// <inheritdoc/>
    public async Task<string?> SendTestAsync(string channel)
    {
        Workspace workspace = workspaces.Current;
        string? error = await workspace.Alerts.SendTestAsync(workspace.Shown.Alerts, channel, CancellationToken.None);
        workspace.RefreshAlerts();
        return error;
    }

    // What is on screen may be true before any sync saw it: it is taken in first, so that there is something to mark.
    private async Task ChangeAsync(Func<AlertState, DateTimeOffset, AlertState> change)
    {
        Workspace workspace = workspaces.Current;
        await workspace.ObserveAlertsAsync(CancellationToken.None);
        await workspace.ChangeAlertsAsync(change);
    }
}
