using System.Globalization;
using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.Manual;
using AiaiaiDashboard.Formatting;

namespace AiaiaiDashboard.Cli;

/// <summary>The command <c>check</c>: month-to-date spend against budget and limits. Reads only, notifies nobody.</summary>
internal static class CheckCommand
{
    /// <summary>Runs it.</summary>
    public static int Run(CliContext cli, string? data, bool json)
    {
        var store = new DocumentStore(cli.DirectoryOf(data));
        if (!Directory.Exists(store.Directory.Root))
        {
            // A mistyped path must not pass for ever as "within budget".
            cli.Error.WriteLine($"There is no data directory {store.Directory.Root}: nothing can be evaluated. Run sync first, or name another with --data.");
            return ExitCodes.Failure;
        }

        DashboardConfig config = DashboardConfig.Load(store, null);
        if (cli.ReportProblems(config))
        {
            return ExitCodes.BadConfiguration;
        }

        DocumentRead<ManualTokens> manual = store.Read(ManualTokens.Document);
        foreach (FileProblem problem in manual.Problems)
        {
            cli.Error.WriteLine(problem);
        }

        if (config.Alerts.IsBudgetUnknown)
        {
            cli.Error.WriteLine($"{DataFiles.Tokens} states the budget and cannot be read: nothing can be evaluated.");
            return ExitCodes.Failure;
        }

        DocumentRead<ProjectList> projects = store.Read(ProjectDocuments.Projects);
        if (projects.Problem is not null)
        {
            cli.Error.WriteLine($"{projects.Problem} Limits cannot be evaluated.");
            return ExitCodes.Failure;
        }

        UsageLedger ledger = UsageLedger.Load(store.Directory, repair: false);
        foreach (FileProblem problem in ledger.Problems)
        {
            cli.Error.WriteLine(problem);
        }

        ProjectList list = projects.Value ?? [];
        TimeZoneInfo zone = config.Sync.ResolveZone(cli.Time);
        DateOnly today = CalendarDay.Of(cli.Time.GetUtcNow(), zone);
        AlertsConfig alerts = ProjectLimits.ById(config.Alerts, list.Select(p => (p.Id, p.DisplayName)));
        AnalyticsDocument figures = AnalyticsCalculator.Compute(new UsageReadModel(ledger, today, ProjectOwners.Of(list)), alerts, today, zone, [.. list.Select(p => p.Id)]);
        var inputs = new AlertInputs { Config = alerts, Figures = figures, Today = today, NameOf = id => list.Find(id)?.DisplayName ?? id, Problems = ledger.Problems };
        // Also what was true before a file was damaged. Sources do not count: their failure says nothing about the budget.
        AlertState known = store.Read(AlertJson.State).Value ?? new AlertState();
        IReadOnlyList<ActiveAlert> active = [.. AlertBook.Show(known, AlertEvaluator.Evaluate(inputs), inputs.Stays(), today, cli.Time.GetUtcNow())
            .Where(a => a.Type != AlertType.Source)];
        string status = active.Count == 0 ? "ok" : active.Any(a => a.Level == "critical") ? "critical" : "warning";
        if (json)
        {
            cli.Out.Write(Json(status, figures.Total.Month, active));
        }
        else
        {
            WriteText(cli.Out, status, figures.Total.Month, active, isWhole: ledger.Problems.Count == 0);
        }

        return status switch
        {
            "ok" => ExitCodes.Success,
            "warning" => ExitCodes.WarningActive,
            _ => ExitCodes.CriticalActive,
        };
    }

    private static void WriteText(TextWriter output, string status, MonthFigures month, IReadOnlyList<ActiveAlert> active, bool isWhole)
    {
        string budget = month.Budget is { } limit
            ? string.Create(CultureInfo.InvariantCulture, $" of ${limit:N2} ({Format.Percent(month.Percent ?? 0)})")
            : ", no budget set";
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{month.Month}: {(isWhole ? "" : "at least ")}${month.Spend:N2}{budget}: {(status == "ok" ? "within budget" : status)}\n"));
        if (!isWhole && active.Count > 0)
        {
            output.Write("Lines of the history cannot be read: alerts known from before they broke count on, with the figures they had then.\n");
        }

        foreach (ActiveAlert alert in active)
        {
            output.Write($"{alert.Level,-8}  {alert.Key}: {alert.Message}\n");
        }
    }

    private static string Json(string status, MonthFigures month, IReadOnlyList<ActiveAlert> active)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("status", status);
            json.WriteString("month", month.Month);
            json.WriteNumber("spend", month.Spend);
            WriteNullable(json, "budget", month.Budget);
            WriteNullable(json, "percent", month.Percent);
            json.WritePropertyName("alerts");
            JsonSerializer.Serialize(json, active, AlertJson.List);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void WriteNullable(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
