using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.History;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.Export;

namespace AiaiaiDashboard.Cli;

/// <summary>Options of <c>report</c>, as typed.</summary>
internal sealed record ReportOptions(string? By, string? Since, string? Until, string? Project, string Format);

/// <summary>The command <c>report</c>: totals from the ledger. Reads only.</summary>
internal static class ReportCommand
{
    /// <summary>Runs it.</summary>
    public static int Run(CliContext cli, string? data, ReportOptions options)
    {
        var store = new DocumentStore(cli.DirectoryOf(data));
        if (!Directory.Exists(store.Directory.Root))
        {
            cli.Error.WriteLine($"There is no data directory {store.Directory.Root}. Run sync first, or name another with --data.");
            return ExitCodes.BadConfiguration;
        }

        DashboardConfig config = DashboardConfig.Load(store, null);
        if (cli.ReportProblems(config, DataFiles.Sync))
        {
            return ExitCodes.BadConfiguration;
        }

        DateOnly today = CalendarDay.Of(cli.Time.GetUtcNow(), config.Sync.ResolveZone(cli.Time));
        (UsageQuery? query, IReadOnlyDictionary<string, string> errors) = UsageQueryText.Parse(options.By ?? "day", options.Since, options.Until, options.Project, today);
        if (query is null)
        {
            foreach ((string name, string message) in errors)
            {
                cli.Error.WriteLine($"--{name}: {message}");
            }

            return ExitCodes.BadConfiguration;
        }

        UsageLedger ledger = UsageLedger.Load(store.Directory, repair: false);
        foreach (FileProblem problem in ledger.Problems)
        {
            cli.Error.WriteLine(problem);
        }

        ProjectList projects = store.Read(ProjectDocuments.Projects).Value ?? [];
        var usage = new UsageReadModel(ledger, today, ProjectOwners.Of(projects));
        if (query.Project is { } asked && projects.Find(asked) is null && !usage.Rows.Any(r => r.Project == asked))
        {
            cli.Error.WriteLine($"--project: There is no project \"{asked}\": neither {DataFiles.Projects} nor the recorded usage has it. \"report --by project\" lists them.");
            return ExitCodes.BadConfiguration;
        }

        if (options is { Format: "markdown", By: null } && query.Since is { } since)
        {
            cli.Out.Write(DigestOf(store.Directory, config, projects, usage, config.Sync.ResolveZone(cli.Time), since, query.Until ?? today, query.Project));
            return ExitCodes.Success;
        }

        Write(cli.Out, options.Format, usage.Query(query), query);
        return ExitCodes.Success;
    }

    private static string DigestOf(
        DataDirectory directory, DashboardConfig config, ProjectList projects, UsageReadModel usage, TimeZoneInfo zone, DateOnly from, DateOnly to, string? project)
    {
        string NameOf(string id) => projects.Find(id)?.DisplayName ?? id;
        AlertsConfig alerts = ProjectLimits.ById(config.Alerts, projects.Select(p => (p.Id, p.DisplayName)));
        AnalyticsDocument figures = AnalyticsCalculator.Compute(usage, alerts, usage.Today, zone, [.. projects.Select(p => p.Id)]);
        var source = new DigestSource
        {
            Figures = figures,
            Usage = usage,
            Alerts = BudgetEvaluator.Evaluate(figures, alerts, NameOf),
            Quality = QualityHistory.Load(directory, to, from).Moves(from, to),
            NameOf = NameOf,
        };
        return Digest.Write(source, from, to, project);
    }

    private static void Write(TextWriter output, string format, UsageAnswer answer, UsageQuery query)
    {
        switch (format)
        {
            case "json":
                using (var buffer = new MemoryStream())
                {
                    UsageAnswerJson.Write(buffer, answer, query, indented: true);
                    output.Write(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
                    output.Write('\n');
                }

                break;
            case "csv":
                UsageCsv.WriteAnswer(output, answer, query);
                break;
            case "markdown":
                UsageTable.WriteMarkdown(output, answer, query);
                break;
            default:
                UsageTable.WriteText(output, answer, query);
                break;
        }
    }
}
