using System.Diagnostics;

namespace AiaiaiDashboard.Integration.Tests.Cli;

/// <summary>What a command printed and how it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Out, string Error);

/// <summary>The built program, started as a process of its own with an empty home.</summary>
internal static class Executable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Starts it; the caller ends it.</summary>
    public static Process Start(string workingDirectory, params string[] args)
    {
        string dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "AiaiaiDashboard.dll"), .. args])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["HOME"] = workingDirectory;
        foreach (string name in (string[])["AIAIAI_DATA", "CLAUDE_CONFIG_DIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "ASPNETCORE_URLS"])
        {
            start.Environment.Remove(name);
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<CommandResult> RunAsync(string workingDirectory, params string[] args)
    {
        using Process process = Start(workingDirectory, args);
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
