using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Security;

namespace AiaiaiDashboard.Cli;

/// <summary>The commands <c>login-link</c> and <c>hash-password</c>.</summary>
internal static class LoginCommands
{
    private static readonly TimeSpan HolderLimit = TimeSpan.FromSeconds(5);

    /// <summary>Prints a link that lets a browser into the running server.</summary>
    public static async Task<int> LinkAsync(CliContext cli, string? data, CancellationToken ct)
    {
        DataDirectory directory = cli.DirectoryOf(data);
        // What .lock says counts only while the lock is held: a key must not be sent to whoever has the address of a server that is gone.
        LockHolder? holder = null;
        if (Directory.Exists(directory.Root))
        {
            try
            {
                DataDirectoryLock.Acquire(directory, new LockHolder(Environment.ProcessId, null, null)).Dispose();
            }
            catch (DataDirectoryInUseException exception)
            {
                holder = exception.Holder;
            }
        }

        if (holder?.Address is not { } address)
        {
            await cli.Error.WriteLineAsync($"No server holds the data directory {directory.Root}: start one first, or name another directory with --data.");
            return ExitCodes.DirectoryInUse;
        }

        try
        {
            using var server = new RunningServer(address, holder.Key, HolderLimit);
            if (await server.LoginTokenAsync(ct) is not { } token)
            {
                await cli.Error.WriteLineAsync($"The server at {address} lets nobody in by a link: open its address.");
                return ExitCodes.Failure;
            }

            IReadOnlyList<string> shown = new DocumentStore(directory).Read(ConfigDocuments.Security).Value?.PublicAddresses ?? [];
            await cli.Out.WriteLineAsync(LoginRoutes.LinkTo(shown.Count > 0 ? shown[0] : address, token));
            return ExitCodes.Success;
        }
        catch (ServerUnavailableException exception)
        {
            await cli.Error.WriteLineAsync(exception.Message);
            return ExitCodes.DirectoryInUse;
        }
    }

    /// <summary>Reads a password and prints its hash.</summary>
    public static async Task<int> HashAsync(CliContext cli)
    {
        string password = cli.ReadSecret($"Password, at least {PasswordHashes.MinLength} characters: ");
        if (password.Length is < PasswordHashes.MinLength or > PasswordHashes.MaxLength)
        {
            await cli.Error.WriteLineAsync($"A password has {PasswordHashes.MinLength} to {PasswordHashes.MaxLength} characters.");
            return ExitCodes.BadConfiguration;
        }

        await cli.Out.WriteLineAsync(PasswordHashes.Make(password));
        await cli.Error.WriteLineAsync($"Put it into the environment variable {AccessOptions.PasswordHashVariable} of the server, and \"login\": \"password\" into config/security.json.");
        return ExitCodes.Success;
    }
}
