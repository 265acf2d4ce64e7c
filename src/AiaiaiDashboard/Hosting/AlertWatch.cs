using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Hosting;

/// <summary>
/// Follows the user's own data beside the syncs: takes in alerts that edited settings or a new day make true, tells channels whose turn it is, and wakes
/// what was snoozed. Looks at least once a minute. Ends only by cancellation.
/// </summary>
public sealed class AlertWatch(WorkspaceHost workspaces, TimeProvider time, ILogger<AlertWatch> log) : BackgroundService
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(500);

    private readonly Workspace workspace = workspaces.Own;
    private volatile TaskCompletionSource changed = NewSignal();

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        workspace.Published += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                TimeSpan wait = Longest;
                changed = NewSignal();
                Task signal = changed.Task;
                try
                {
                    wait = await LookAsync(stoppingToken);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    log.LogError(exception, "Looking after alerts failed and goes on in {Seconds} s", wait.TotalSeconds);
                }

                await Task.WhenAny(signal, Task.Delay(wait, time, stoppingToken));
            }
        }
        finally
        {
            workspace.Published -= Wake;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Wake() => changed.TrySetResult();

    private async Task<TimeSpan> LookAsync(CancellationToken ct)
    {
        if (workspace.Current is not { } snapshot)
        {
            return Longest;
        }

        // A sync that is on takes in what is true by itself, from newer facts; and before the first one nothing but old ones are known.
        if (workspace.HasSynced && !workspace.Sync.IsRunning)
        {
            await workspace.ObserveAlertsAsync(ct);
        }

        await workspace.Alerts.DeliverAsync(snapshot.Alerts, snapshot.Today, desktop: false, ct);
        snapshot = workspace.RefreshAlerts();
        DateTimeOffset now = time.GetUtcNow();
        TimeSpan wait = workspace.Alerts.NextDue(snapshot.Alerts, workspace.Alerts.Read(snapshot.Today)) is { } due ? due - now : Longest;
        return wait < Shortest ? Shortest : wait < Longest ? wait : Longest;
    }
}
