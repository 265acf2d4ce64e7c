using AiaiaiDashboard.Core.Demo;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.State;

/// <summary>
/// The workspace on screen: the user's own, or sample data in a temporary directory that is deleted on the way back. Only the one on
/// screen publishes to <see cref="State"/>; the user's own goes on syncing behind sample data.
/// </summary>
public sealed class WorkspaceHost : IAsyncDisposable
{
    private readonly WorkspaceOptions options;
    private readonly SemaphoreSlim switching = new(1, 1);
    private volatile Workspace current;
    private DataDirectoryLock? demoLock;

    /// <summary>Builds on the user's directory, whose lock the caller holds.</summary>
    /// <param name="directory">The user's data directory.</param>
    /// <param name="state">What the pages read.</param>
    /// <param name="options">Clock, log and steps; its call-backs are replaced.</param>
    public WorkspaceHost(DataDirectory directory, DashboardState state, WorkspaceOptions options)
    {
        State = state;
        this.options = options;
        Own = Create(directory, options);
        current = Own;
    }

    /// <summary>What the pages read.</summary>
    public DashboardState State { get; }

    /// <summary>The user's own workspace.</summary>
    public Workspace Own { get; }

    /// <summary>The workspace on screen.</summary>
    public Workspace Current => current;

    /// <summary>Syncs the workspace on screen, or joins its run.</summary>
    public Task<SyncStatus> SyncNowAsync(string trigger, CancellationToken ct = default) => current.Sync.RunAsync(trigger, ct);

    /// <summary>Shows sample data instead of the user's.</summary>
    public async Task ShowDemoAsync()
    {
        await switching.WaitAsync();
        try
        {
            if (current.IsDemo)
            {
                return;
            }

            Workspace demo = await CreateDemoAsync();
            current = demo;
            State.PublishProgress(null);
            demo.Load();
        }
        finally
        {
            switching.Release();
        }
    }

    /// <summary>Shows the user's own data again and deletes the sample data.</summary>
    public async Task ShowOwnDataAsync()
    {
        await switching.WaitAsync();
        try
        {
            if (ReferenceEquals(current, Own))
            {
                return;
            }

            Workspace demo = current;
            current = Own;
            State.PublishProgress(Own.Sync.Progress);
            Own.Refresh();
            await RemoveAsync(demo);
        }
        finally
        {
            switching.Release();
        }
    }

    /// <summary>Refuses further syncs and cancels those that run; waits for them, at most <paramref name="limit"/>.</summary>
    public Task StopSyncsAsync(TimeSpan limit) => Task.WhenAll(new[] { Own, current }.Distinct().Select(w => w.Sync.StopAsync(limit)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Workspace shown = current;
        if (!ReferenceEquals(shown, Own))
        {
            current = Own;
            await RemoveAsync(shown);
        }

        await Own.DisposeAsync();
        switching.Dispose();
    }

    private Workspace Create(DataDirectory directory, WorkspaceOptions with)
    {
        Workspace? created = null;
        created = new Workspace(directory, with with
        {
            OnSnapshot = snapshot =>
            {
                if (ReferenceEquals(current, created))
                {
                    State.Publish(snapshot);
                }
            },
            OnProgress = progress =>
            {
                if (ReferenceEquals(current, created))
                {
                    State.PublishProgress(progress);
                }
            },
        });
        return created;
    }

    private async Task<Workspace> CreateDemoAsync()
    {
        DataDirectory directory = DemoFolder.Create(options.Time);
        demoLock = DataDirectoryLock.Acquire(directory, new LockHolder(Environment.ProcessId, null, null));
        Workspace demo = Create(directory, options with { IsDemo = true, Sync = options.Sync with { Timetable = null } });
        TimeZoneInfo zone = Own.Sync.Config.Sync.ResolveZone(options.Time);
        try
        {
            await DemoData.WriteAsync(demo.Store, options.Time.GetUtcNow(), zone);
            return demo;
        }
        catch
        {
            await RemoveAsync(demo);
            throw;
        }
    }

    private async Task RemoveAsync(Workspace demo)
    {
        await demo.DisposeAsync();
        demoLock?.Dispose();
        try
        {
            Directory.Delete(demo.Directory.Root, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            options.Log.LogWarning(exception, "The sample data in {Directory} could not be deleted", demo.Directory.Root);
        }
    }
}
