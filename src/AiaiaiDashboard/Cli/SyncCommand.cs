using System.Text;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Storage.Archive;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Hosting;

namespace AiaiaiDashboard.Cli;

/// <summary>The command <c>sync</c>: one sync, here or by the server that holds the directory.</summary>
internal static class SyncCommand
{
    /// <summary>How long a holder may take to answer.</summary>
    private static readonly TimeSpan HolderLimit = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan HolderPoll = TimeSpan.FromMilliseconds(200);

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(CliContext cli, string? data, bool json, CancellationToken ct)
    {
        DataDirectory directory = cli.DirectoryOf(data);
        if (cli.ReportProblems(StartConfig.Load(new DocumentStore(directory))))
        {
            return ExitCodes.BadConfiguration;
        }

        long started = cli.Time.GetTimestamp();
        while (true)
        {
            try
            {
                using DataDirectoryLock held = DataDirectoryLock.Acquire(directory, new LockHolder(Environment.ProcessId, null, null));
                ArchiveImport.Recover(directory);
                TempFiles.Sweep(directory);
                return Finish(cli, json, await SyncHereAsync(cli, directory, ct));
            }
            catch (DataDirectoryInUseException exception)
            {
                if (exception.Holder is { Address: { } address } holder)
                {
                    SyncStatus? status = await SyncThereAsync(cli, new RunningServer(address, holder.Key, HolderLimit), ct);
                    return status is null ? ExitCodes.DirectoryInUse : Finish(cli, json, status);
                }

                // A server that is just starting has no address yet, and another sync may be about to end.
                if (cli.Time.GetElapsedTime(started) > HolderLimit)
                {
                    await cli.Error.WriteLineAsync($"{exception.Message} It is no server that could be asked to sync.");
                    return ExitCodes.DirectoryInUse;
                }

                await Task.Delay(HolderPoll, cli.Time, ct);
            }
        }
    }

    private static async Task<SyncStatus> SyncHereAsync(CliContext cli, DataDirectory directory, CancellationToken ct)
    {
        await using DashboardLog log = DashboardLog.ForCommand(directory);
        return await SyncProgressBar.ShowAsync(cli, async show =>
        {
            await using var workspace = new Workspace(directory, new WorkspaceOptions
            {
                Time = cli.Time,
                Environment = cli.Environment,
                Log = log.Create("Sync"),
                OnProgress = show,
                WithSnapshots = false,
                Delivery = AlertDelivery.InSync,
            });
            return await workspace.Sync.RunAsync("cli", ct);
        });
    }

    private static async Task<SyncStatus?> SyncThereAsync(CliContext cli, RunningServer server, CancellationToken ct)
    {
        using (server)
        {
            try
            {
                await cli.Error.WriteLineAsync($"The server at {server.Address} holds the data directory and syncs.");
                return await SyncProgressBar.ShowAsync(cli, show => server.SyncAsync(show, ct));
            }
            catch (ServerUnavailableException exception)
            {
                await cli.Error.WriteLineAsync(exception.Message);
                return null;
            }
        }
    }

    private static int Finish(CliContext cli, bool json, SyncStatus status)
    {
        if (json)
        {
            cli.Out.Write(Encoding.UTF8.GetString(DocumentJson.Serialize(status, SyncDocuments.Status.Json)));
        }
        else
        {
            SyncSummary.Write(cli.Out, status);
        }

        return status.Status == SyncOutcome.Success ? ExitCodes.Success : ExitCodes.Failure;
    }
}
