using System.Globalization;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Storage.Archive;

namespace AiaiaiDashboard.Cli;

/// <summary>The commands <c>export</c> and <c>import</c>: the data directory as one file.</summary>
internal static class ArchiveCommands
{
    /// <summary>Writes the archive; works while a server runs.</summary>
    public static async Task<int> ExportAsync(CliContext cli, string? data, string? file, CancellationToken ct)
    {
        DataDirectory directory = cli.DirectoryOf(data);
        if (!Directory.Exists(directory.Root))
        {
            await cli.Error.WriteLineAsync($"There is no data directory {directory.Root}: name another with --data.");
            return ExitCodes.BadConfiguration;
        }

        // A backup that cannot be brought back is none.
        if (await SaidWhatIsWrongAsync(cli, DirectoryCheck.Problems(directory)))
        {
            await cli.Error.WriteLineAsync("Nothing was exported: import would refuse the archive.");
            return ExitCodes.Failure;
        }

        string name = file ?? $"aiaiai-dashboard-{cli.Time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.zip";
        string target = Path.GetFullPath(name, cli.WorkingDirectory);
        ArchiveManifest manifest = await ArchiveExport.WriteAsync(directory, target, cli.Time, ct);
        await cli.Out.WriteLineAsync($"{target}: {Summary(manifest)}");
        return ExitCodes.Success;
    }

    /// <summary>Replaces the content of the data directory; no server may hold it.</summary>
    public static async Task<int> ImportAsync(CliContext cli, string? data, string file, CancellationToken ct)
    {
        DataDirectory directory = cli.DirectoryOf(data);
        string source = Path.GetFullPath(file, cli.WorkingDirectory);
        if (!File.Exists(source))
        {
            await cli.Error.WriteLineAsync($"There is no file {source}.");
            return ExitCodes.BadConfiguration;
        }

        try
        {
            using DataDirectoryLock held = DataDirectoryLock.Acquire(directory, new LockHolder(Environment.ProcessId, null, null));
            (ArchiveManifest manifest, IReadOnlyList<FileProblem> problems) = await ArchiveImport.RunAsync(directory, source, DirectoryCheck.Problems, ct);
            if (await SaidWhatIsWrongAsync(cli, problems))
            {
                await cli.Error.WriteLineAsync("Nothing was changed.");
                return ExitCodes.Failure;
            }

            await cli.Out.WriteLineAsync($"{directory.Root}: {Summary(manifest)}, as of {manifest.CreatedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC");
            await cli.Out.WriteLineAsync($"What was there is in {directory.PathOf(ArchiveImport.KeptFolder)}, until the next import.");
            return ExitCodes.Success;
        }
        catch (DataDirectoryInUseException exception)
        {
            await cli.Error.WriteLineAsync($"{exception.Message} Stop it first.");
            return ExitCodes.DirectoryInUse;
        }
        catch (InvalidDataException exception)
        {
            await cli.Error.WriteLineAsync($"{exception.Message} Nothing was changed.");
            return ExitCodes.Failure;
        }
    }

    private static async Task<bool> SaidWhatIsWrongAsync(CliContext cli, IReadOnlyList<FileProblem> problems)
    {
        foreach (FileProblem problem in problems)
        {
            await cli.Error.WriteLineAsync(problem.ToString());
        }

        return problems.Count > 0;
    }

    private static string Summary(ArchiveManifest manifest) =>
        string.Create(CultureInfo.InvariantCulture, $"{manifest.Files.Count} files, {manifest.Files.Sum(f => f.Length) / 1024.0 / 1024:0.0} MB");
}
