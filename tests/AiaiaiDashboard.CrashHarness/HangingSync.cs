using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.CrashHarness;

/// <summary>A sync that is never over: whoever started it kills this process in the middle of it.</summary>
/// <param name="root">The data directory.</param>
/// <param name="begun">Called once the run is under way.</param>
public sealed class HangingSync(string root, Action begun) : ISyncStep
{
    /// <inheritdoc/>
    public string Name => SyncStepNames.Tokens;

    /// <summary>Takes the lock as a server does and begins a run.</summary>
    public async Task RunAsync()
    {
        var directory = new DataDirectory(root);
        using DataDirectoryLock held = DataDirectoryLock.Acquire(directory, new LockHolder(Environment.ProcessId, null, "key"));
        await using var workspace = new Workspace(directory, new WorkspaceOptions { Environment = _ => null, Steps = [this] });
        await workspace.Sync.RunAsync("schedule");
    }

    /// <inheritdoc/>
    public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
    {
        begun();
        await Task.Delay(Timeout.Infinite, CancellationToken.None);
        return new SyncStepResult(SyncOutcome.Success, 0);
    }
}
