using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.CrashHarness;

/// <summary>One real sync of the transcripts beside the data directory.</summary>
/// <param name="root">The data directory; <c>claude</c> beside it is the config directory that is read.</param>
/// <param name="acknowledge">Called with 1 before the sync and with 2 after it.</param>
public sealed class OneSync(string root, Action<int> acknowledge)
{
    /// <summary>Runs it.</summary>
    public async Task RunAsync()
    {
        var directory = new DataDirectory(root);
        using DataDirectoryLock held = DataDirectoryLock.Acquire(directory, new LockHolder(Environment.ProcessId, null, null));
        TempFiles.Sweep(directory);
        acknowledge(1);
        await using var workspace = new Workspace(directory, new WorkspaceOptions { Environment = Variable, WithSnapshots = false });
        await workspace.Sync.RunAsync("cli");
        acknowledge(2);
    }

    private string? Variable(string name) => name switch
    {
        "CLAUDE_CONFIG_DIR" => Path.Combine(Path.GetDirectoryName(root)!, "claude"),
        "HOME" => Path.GetDirectoryName(root),
        _ => null,
    };
}
