using AiaiaiDashboard.Core.Demo;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Storage.Archive;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Hosting;
using AiaiaiDashboard.Security;
using Microsoft.AspNetCore.Connections;

namespace AiaiaiDashboard.Cli;

/// <summary>The command <c>serve</c>: web app and scheduled sync until it is told to stop.</summary>
internal static class ServeCommand
{
    private const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>Runs it.</summary>
    public static async Task<int> RunAsync(CliContext cli, string? data, string? urls, bool demo, CancellationToken ct)
    {
        if (!demo)
        {
            EndImport(cli.DirectoryOf(data));
        }

        DashboardConfig config = demo ? DashboardConfig.Default : StartConfig.Load(new DocumentStore(cli.DirectoryOf(data)));
        DocumentRead<SecurityConfig> security = demo ? new(null, false, null) : new DocumentStore(cli.DirectoryOf(data)).Read(ConfigDocuments.Security);
        SecurityConfig settings = security.Value ?? new SecurityConfig();
        (ListenAddresses? addresses, IReadOnlyList<string> errors) = ListenAddresses.Parse(urls ?? DefaultUrls, settings.PublicAddresses);
        (AccessOptions? access, IReadOnlyList<string> accessErrors) = addresses is null || security.Problem is not null ? (null, []) : AccessOptions.Read(settings, addresses, cli.Environment);
        foreach (object error in (object[])[.. errors, .. security.Problems, .. accessErrors])
        {
            await cli.Error.WriteLineAsync(error.ToString());
        }

        if (cli.ReportProblems(config) || addresses is null || access is null)
        {
            return ExitCodes.BadConfiguration;
        }

        DataDirectory directory = demo ? DemoFolder.Create(cli.Time) : cli.DirectoryOf(data);
        try
        {
            await using DashboardServer server = await DashboardServer.StartAsync(
                new ServerOptions { Directory = directory, Addresses = addresses, Access = access, IsDemo = demo, Time = cli.Time, Environment = cli.Environment }, ct);
            Announce(cli, server, directory, config, demo);
            AnnounceLogin(cli, server, addresses, access);
            await server.WaitForShutdownAsync(ct);
            return ExitCodes.Success;
        }
        catch (DataDirectoryInUseException exception)
        {
            await cli.Error.WriteLineAsync($"{exception.Message} Stop it first, or use another directory with --data.");
            return ExitCodes.DirectoryInUse;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            await cli.Error.WriteLineAsync($"{exception.Message} Stop what listens there, or use another address with --urls.");
            return ExitCodes.AddressInUse;
        }
    }

    // Before the first file is read: settings of neither state could let people in whom the real ones keep out.
    private static void EndImport(DataDirectory directory)
    {
        if (!ArchiveImport.IsPending(directory))
        {
            return;
        }

        try
        {
            using DataDirectoryLock held = DataDirectoryLock.Acquire(directory, new LockHolder(Environment.ProcessId, null, null));
            ArchiveImport.Recover(directory);
        }
        catch (DataDirectoryInUseException)
        {
            // Said in a moment, when the server asks for the lock.
        }
    }

    private static void Announce(CliContext cli, DashboardServer server, DataDirectory directory, DashboardConfig config, bool demo)
    {
        TextWriter output = cli.Out;
        output.WriteLine($"AIAIAI Dashboard: {server.Address}");
        output.WriteLine($"Data directory:   {directory.Root}");
        if (demo)
        {
            output.WriteLine("Sources:          sample data; nothing of yours is read or written");
        }
        else
        {
            string label = "Sources:          ";
            foreach (string source in Sources(cli, directory, config))
            {
                output.WriteLine(label + source);
                label = new string(' ', label.Length);
            }
        }

    }

    private static void AnnounceLogin(CliContext cli, DashboardServer server, ListenAddresses addresses, AccessOptions access)
    {
        if (server.FirstLink is { } link)
        {
            cli.Out.WriteLine($"Sign in:          {link}");
            cli.Out.WriteLine("                  works once, within a day, under any address of this machine; login-link makes another");
        }
        else if (access.IsClosed)
        {
            cli.Out.WriteLine($"Sign in:          by {(access.Mode == LoginMode.Password ? "password" : $"OpenID Connect at {access.Provider!.Authority}")}");
        }

        if (!addresses.IsLoopbackOnly && addresses.PublicAddress?.StartsWith("https:", StringComparison.Ordinal) != true)
        {
            cli.Out.WriteLine("Attention:        other machines can connect and nothing is encrypted: see \"On a network\" in README.md");
        }

        cli.Out.WriteLine("Press Ctrl+C to stop.");
        cli.Out.Flush();
    }

    private static IEnumerable<string> Sources(CliContext cli, DataDirectory directory, DashboardConfig config)
    {
        if (config.Sources.ClaudeCode.Enabled)
        {
            foreach (TranscriptRoot root in TranscriptRoots.Find(config.Sources.ClaudeCode, cli.Environment))
            {
                yield return $"Claude Code transcripts in {root.Projects ?? root.Path}{(root.Projects is null ? $": {root.Problem ?? "no such directory"}" : "")}";
            }
        }
        else
        {
            yield return "Claude Code transcripts: switched off in config/sources.json";
        }

        foreach (string folder in config.Sources.Projects.Roots)
        {
            yield return $"Project folders in {folder}";
        }

        if (File.Exists(directory.PathOf(DataFiles.Tokens)))
        {
            yield return $"Entries by hand in {directory.PathOf(DataFiles.Tokens)}";
        }
    }
}
