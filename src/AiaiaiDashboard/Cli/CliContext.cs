using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Cli;

/// <summary>What commands know of the world around them.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Everything else.</param>
/// <param name="Environment">Environment variables by name.</param>
/// <param name="WorkingDirectory">What relative paths belong to.</param>
/// <param name="Time">Clock.</param>
/// <param name="IsErrorTerminal">Whether a progress bar can be drawn on stderr.</param>
public sealed record CliContext(
    TextWriter Out, TextWriter Error, Func<string, string?> Environment, string WorkingDirectory, TimeProvider Time, bool IsErrorTerminal)
{
    /// <summary>The world of this process.</summary>
    public static CliContext OfProcess() => new(
        Console.Out, Console.Error, System.Environment.GetEnvironmentVariable, System.Environment.CurrentDirectory, TimeProvider.System, !Console.IsErrorRedirected);

    /// <summary>The data directory a command works on.</summary>
    /// <param name="option">Value of <c>--data</c>; null when it was not given.</param>
    public DataDirectory DirectoryOf(string? option) => new(DataDirectory.ResolveRoot(option, Environment, WorkingDirectory));

    /// <summary>Writes what is wrong with the configuration, every mistake on a line of its own.</summary>
    /// <returns>Whether anything is wrong.</returns>
    public bool ReportProblems(DashboardConfig config, params string[] files)
    {
        FileProblem[] problems = [.. config.Problems.Where(p => files.Length == 0 || files.Contains(p.File))];
        foreach (FileProblem problem in problems)
        {
            Error.WriteLine(problem);
        }

        return problems.Length > 0;
    }
}
