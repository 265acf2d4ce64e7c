using System.Text;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Cli;

/// <summary>
/// The command <c>sync</c> where nothing changed since the last one: before the command line is parsed, so that nothing is loaded that is not needed
/// to find that out. Whatever is out of the ordinary is left to the command itself.
/// </summary>
internal static class QuietSyncCommand
{
    /// <summary>Runs it for <c>sync [--json] [--data DIR]</c>.</summary>
    /// <param name="args">Arguments without the program's name.</param>
    /// <param name="cli">The world around.</param>
    /// <returns>Whether that was all there was to do; otherwise nothing was written.</returns>
    public static bool TryRun(string[] args, CliContext cli)
    {
        if (args.Length == 0 || args[0] != "sync")
        {
            return false;
        }

        bool json = false;
        string? data = null;
        for (int i = 1; i < args.Length; i++)
        {
            if (args[i] == "--json" && !json)
            {
                json = true;
            }
            else if (args[i] == "--data" && data is null && i + 1 < args.Length && !args[i + 1].StartsWith('-'))
            {
                data = args[++i];
            }
            else
            {
                return false;
            }
        }

        if (TryRun(cli, data, json))
        {
            return true;
        }

        SyncPreparation.Start();
        return false;
    }

    private static bool TryRun(CliContext cli, string? data, bool json)
    {
        try
        {
            DataDirectory directory = cli.DirectoryOf(data);
            if (!File.Exists(directory.PathOf(DataFiles.SyncStatus)))
            {
                return false;
            }

            QuietSync? sync = QuietSync.Begin(directory, cli.Time);
            if (sync is null)
            {
                return false;
            }

            using DataDirectoryLock held = DataDirectoryLock.Acquire(directory, new LockHolder(Environment.ProcessId, null, null));
            if (sync.Run(cli.Environment, meanwhile: cli.Out.Flush) is not var (status, document))
            {
                return false;
            }

            if (json)
            {
                cli.Out.Write(Encoding.UTF8.GetString(document));
            }
            else
            {
                SyncSummary.Write(cli.Out, status);
            }

            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The command says what is wrong.
            return false;
        }
    }
}
