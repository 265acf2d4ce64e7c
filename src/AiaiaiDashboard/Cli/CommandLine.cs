using System.CommandLine;
using System.CommandLine.Parsing;

namespace AiaiaiDashboard.Cli;

/// <summary>The commands and their options (CONTRACT.md §1).</summary>
public static class CommandLine
{
    /// <summary>Parses and runs.</summary>
    /// <param name="args">Arguments without the program's name.</param>
    /// <param name="cli">The world around.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliContext cli)
    {
        var root = new RootCommand("AIAIAI Dashboard: status, cost and health of your projects, from local files.");
        Option<string?> data = Data();
        root.Options.Add(data);
        IReadOnlyList<Option> serverOptions = MakeServe(root, cli, data);
        var serve = new Command("serve", "Web app and scheduled sync; the default.");
        MakeServe(serve, cli, data);
        root.Subcommands.Add(serve);
        root.Subcommands.Add(Sync(cli, data));
        root.Subcommands.Add(Report(cli, data));
        root.Subcommands.Add(Check(cli, data));
        root.Subcommands.Add(Export(cli, data));
        root.Subcommands.Add(Import(cli, data));
        root.Subcommands.Add(LoginLink(cli, data));
        root.Subcommands.Add(HashPassword(cli));

        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
            {
                cli.Error.WriteLine(error.Message);
            }

            cli.Error.WriteLine("Run with --help to see the commands and their options.");
            return ExitCodes.BadConfiguration;
        }

        // "--demo sync" must not sync the user's data: what only the server understands is refused before another command.
        if (parsed.CommandResult.Command != root && serverOptions.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false }) is { } misplaced)
        {
            cli.Error.WriteLine($"{misplaced.Name} belongs to serve: put it after the command, or leave the command away.");
            return ExitCodes.BadConfiguration;
        }

        bool isServer = parsed.CommandResult.Command == root || parsed.CommandResult.Command == serve;
        return await RunAsync(parsed, cli, isServer);
    }

    private static async Task<int> RunAsync(ParseResult parsed, CliContext cli, bool isServer)
    {
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                Output = cli.Out,
                Error = cli.Error,
                EnableDefaultExceptionHandler = false,
                // The web host has its own handling of signals and its own limit.
                ProcessTerminationTimeout = isServer ? null : TimeSpan.FromSeconds(5),
            });
        }
        catch (OperationCanceledException)
        {
            await cli.Error.WriteLineAsync("Stopped.");
            return ExitCodes.Failure;
        }
        catch (DataDirectoryMistakeException mistake)
        {
            await cli.Error.WriteLineAsync(mistake.Message);
            return ExitCodes.BadConfiguration;
        }
        catch (Exception exception)
        {
            // A message a person can act on for what the file system says; the whole story for a fault of this program.
            await cli.Error.WriteLineAsync(exception is IOException or UnauthorizedAccessException ? exception.Message : exception.ToString());
            return ExitCodes.Failure;
        }
    }

    private static Option[] MakeServe(Command command, CliContext cli, Option<string?> data)
    {
        var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, with ; between. Default: http://127.0.0.1:5080", HelpName = "URLS" };
        var demo = new Option<bool>("--demo") { Description = "Show sample data from a temporary directory; nothing of yours is read or written." };
        command.Options.Add(urls);
        command.Options.Add(demo);
        command.SetAction((parsed, ct) => ServeCommand.RunAsync(cli, parsed.GetValue(data), parsed.GetValue(urls), parsed.GetValue(demo), ct));
        return [urls, demo];
    }

    private static Command Sync(CliContext cli, Option<string?> data)
    {
        var json = new Option<bool>("--json") { Description = "Print the status document." };
        var command = new Command("sync", "Sync once, then print a summary.") { json };
        command.SetAction((parsed, ct) => SyncCommand.RunAsync(cli, parsed.GetValue(data), parsed.GetValue(json), ct));
        return command;
    }

    private static Command Report(CliContext cli, Option<string?> data)
    {
        var by = new Option<string?>("--by")
        {
            Description = "day, month, project, model or session; several with commas between. Without it: day, and as Markdown with --since a digest.",
            HelpName = "GROUPING",
        };
        var since = new Option<string?>("--since") { Description = "First day: 2026-11-01, or 7d for the last seven days.", HelpName = "D" };
        var until = new Option<string?>("--until") { Description = "Last day, the same forms.", HelpName = "D" };
        var project = new Option<string?>("--project") { Description = "Only this project.", HelpName = "ID" };
        Option<string> format = new Option<string>("--format") { Description = "Output format.", DefaultValueFactory = _ => "table" }
            .AcceptOnlyFromAmong("table", "json", "csv", "markdown");
        var command = new Command("report", "Totals of the recorded usage.") { by, since, until, project, format };
        command.SetAction(parsed => ReportCommand.Run(
            cli,
            parsed.GetValue(data),
            new ReportOptions(parsed.GetValue(by), parsed.GetValue(since), parsed.GetValue(until), parsed.GetValue(project), parsed.GetValue(format)!)));
        return command;
    }

    private static Command Check(CliContext cli, Option<string?> data)
    {
        var json = new Option<bool>("--json") { Description = "Print the result as JSON." };
        var command = new Command("check", "Compare the month's spend with budget and limits: 0 within, 10 warning, 11 critical.") { json };
        command.SetAction(parsed => CheckCommand.Run(cli, parsed.GetValue(data), parsed.GetValue(json)));
        return command;
    }

    private static Command Export(CliContext cli, Option<string?> data)
    {
        var file = new Argument<string?>("FILE") { Description = "Where to; must not exist yet.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("export", "Save the data directory into one file, also while a server runs.") { file };
        command.SetAction((parsed, ct) => ArchiveCommands.ExportAsync(cli, parsed.GetValue(data), parsed.GetValue(file), ct));
        return command;
    }

    private static Command Import(CliContext cli, Option<string?> data)
    {
        var file = new Argument<string>("FILE") { Description = "What export wrote." };
        var command = new Command("import", "Replace the content of the data directory by what export saved, after checking it.") { file };
        command.SetAction((parsed, ct) => ArchiveCommands.ImportAsync(cli, parsed.GetValue(data), parsed.GetValue(file)!, ct));
        return command;
    }

    private static Command LoginLink(CliContext cli, Option<string?> data)
    {
        var command = new Command("login-link", "Print a link that lets one browser into the running server, once.");
        command.SetAction((parsed, ct) => LoginCommands.LinkAsync(cli, parsed.GetValue(data), ct));
        return command;
    }

    private static Command HashPassword(CliContext cli)
    {
        var command = new Command("hash-password", "Read a password and print its hash, for the login by password.");
        command.SetAction((_, _) => LoginCommands.HashAsync(cli));
        return command;
    }

    private static Option<string?> Data() => new("--data")
    {
        Description = "Data directory. Default: AIAIAI_DATA, else ./data where it exists, else the platform's place for application data.",
        HelpName = "DIR",
        Recursive = true,
    };
}
