using AiaiaiDashboard.Cli;

// What so short a command leaves behind is seldom worth collecting before it ends. Beyond this the collector does its work as ever.
const long uncollected = 16 * 1024 * 1024;
if (args is ["sync", ..])
{
    GC.TryStartNoGCRegion(uncollected);
}

CliContext cli = CliContext.OfProcess();
return QuietSyncCommand.TryRun(args, cli) ? ExitCodes.Success : CommandLine.RunAsync(args, cli).GetAwaiter().GetResult();
