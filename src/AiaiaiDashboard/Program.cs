using AiaiaiDashboard.Cli;

return await CommandLine.RunAsync(args, CliContext.OfProcess());
