using AiaiaiDashboard.Core.Sync;
using Spectre.Console;

namespace AiaiaiDashboard.Cli;

/// <summary>Progress of a sync on stderr, where that is a terminal.</summary>
internal static class SyncProgressBar
{
    /// <summary>Runs <paramref name="sync"/> with a bar, or without one where nobody would see it.</summary>
    /// <param name="cli">The world around.</param>
    /// <param name="sync">Gets where to report to.</param>
    public static Task<SyncStatus> ShowAsync(CliContext cli, Func<Action<SyncProgress?>, Task<SyncStatus>> sync) =>
        cli.IsErrorTerminal ? DrawAsync(cli, sync) : sync(_ => { });

    // Apart, so that the library is loaded only where a bar is drawn.
    private static Task<SyncStatus> DrawAsync(CliContext cli, Func<Action<SyncProgress?>, Task<SyncStatus>> sync)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(cli.Error) });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(context =>
            {
                ProgressTask bar = context.AddTask("starting", maxValue: 1);
                return sync(progress =>
                {
                    if (progress is not null)
                    {
                        bar.Description = Markup.Escape(progress.Step);
                        bar.Value = progress.Fraction;
                    }
                });
            });
    }
}
