using AiaiaiDashboard.Cli;

CliContext cli = CliContext.OfProcess();
return QuietSyncCommand.TryRun(args, cli) ? ExitCodes.Success : CommandLine.RunAsync(args, cli).GetAwaiter().GetResult();
