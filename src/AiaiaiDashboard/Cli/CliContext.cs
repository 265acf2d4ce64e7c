using System.Text;
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
    /// <summary>Which name the locale, in the order in which they count.</summary>
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    /// <summary>The world of this process.</summary>
    public static CliContext OfProcess() => new(
        OperatingSystem.IsWindows() ? Console.Out : new LateWriter(() => Writer(new UnixOutputStream(1, Console.OpenStandardOutput))),
        OperatingSystem.IsWindows() ? Console.Error : new LateWriter(() => Writer(new UnixOutputStream(2, Console.OpenStandardError))),
        System.Environment.GetEnvironmentVariable,
        System.Environment.CurrentDirectory,
        TimeProvider.System,
        !Console.IsErrorRedirected);

    /// <summary>Standard input, where that is no terminal.</summary>
    public TextReader In
    {
        get => field ??= Console.In;
        init;
    }

    private static TextWriter Writer(Stream stream) => TextWriter.Synchronized(new StreamWriter(stream, OutputEncoding()) { AutoFlush = true });

    // Nearly every locale is of UTF-8, and to look another name up loads tables of languages.
    private static Encoding OutputEncoding()
    {
        string locale = "";
        foreach (string variable in LocaleVariables)
        {
            locale = locale.Length > 0 ? locale : System.Environment.GetEnvironmentVariable(variable) ?? "";
        }

        bool isUtf8 = locale.EndsWith(".UTF-8", StringComparison.Ordinal) || locale.EndsWith(".utf8", StringComparison.Ordinal)
            || !locale.Contains('.', StringComparison.Ordinal);
        return isUtf8 ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : Console.OutputEncoding;
    }

    /// <summary>Asks for a secret: from a terminal without showing it, else the first line of standard input.</summary>
    /// <exception cref="OperationCanceledException">Ctrl-C was typed.</exception>
    public string ReadSecret(string question)
    {
        if (Console.IsInputRedirected)
        {
            return In.ReadLine() ?? "";
        }

        Error.Write(question);
        try
        {
            // As a key: while one is waited for, nobody looks at the signal.
            Console.TreatControlCAsInput = true;
            return ReadTyped();
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            Error.WriteLine();
        }
    }

    private static string ReadTyped()
    {
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
            {
                throw new OperationCanceledException();
            }

            if (key.Key == ConsoleKey.Backspace && typed.Length > 0)
            {
                typed.Length--;
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        return typed.ToString();
    }

    /// <summary>The data directory a command works on.</summary>
    /// <param name="option">Value of <c>--data</c>; null when it was not given.</param>
    /// <exception cref="DataDirectoryMistakeException">A file is there.</exception>
    public DataDirectory DirectoryOf(string? option)
    {
        string root = DataDirectory.ResolveRoot(option, Environment, WorkingDirectory);
        return File.Exists(root) ? throw new DataDirectoryMistakeException($"{root} is a file. The data directory must be a folder, or not be there yet.") : new DataDirectory(root);
    }

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

/// <summary>The named data directory cannot be one; the message says why.</summary>
internal sealed class DataDirectoryMistakeException(string message) : IOException(message);
