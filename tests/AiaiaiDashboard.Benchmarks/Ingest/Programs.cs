using System.Diagnostics;
using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Benchmarks.Ingest;

/// <summary>Puts the two programs in place, each into a folder of its own.</summary>
internal static class Programs
{
    /// <summary>The version the bars are set against.</summary>
    public const string PeerVersion = "20.0.24";

    /// <summary>Publishes the dashboard the plain way and returns its executable.</summary>
    public static string Publish(string folder)
    {
        string project = Path.Combine(RepositoryRoot(), "src", "AiaiaiDashboard");
        // Build servers would outlive the command and keep its output open.
        Run("dotnet", ["publish", "-c", "Release", project, "-o", folder, "-v", "quiet", "-nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false"], folder);
        return Path.Combine(folder, OperatingSystem.IsWindows() ? "AiaiaiDashboard.exe" : "AiaiaiDashboard");
    }

    /// <summary>Installs ccusage and returns its native program; null, and why, where it cannot be had.</summary>
    public static string? InstallPeer(string folder, out string? problem)
    {
        try
        {
            bool isWindows = OperatingSystem.IsWindows();
            string npm = isWindows ? "npm.cmd" : "npm";
            Run(npm, ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder, $"ccusage@{PeerVersion}"], folder);
            string system = isWindows ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            string platform = $"{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
            string program = Path.Combine(folder, "node_modules", "@ccusage", $"ccusage-{platform}", "bin", isWindows ? "ccusage.exe" : "ccusage");
            problem = File.Exists(program) ? null : $"its package has no program for {platform}";
            if (problem is not null)
            {
                return null;
            }

            if (!isWindows)
            {
                // What a script of the package would do.
                File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute);
            }

            return program;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            problem = exception.Message;
            return null;
        }
    }

    private static string RepositoryRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AiaiaiDashboard.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"AiaiaiDashboard.sln is in no folder above {AppContext.BaseDirectory}.");
    }

    private static void Run(string file, IReadOnlyList<string> arguments, string workingDirectory)
    {
        Directory.CreateDirectory(workingDirectory);
        var info = new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = workingDirectory };
        using Process process = Process.Start(info) ?? throw new InvalidOperationException($"{file} did not start.");
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with code {process.ExitCode}: {output}{error.Result}");
        }
    }
}
