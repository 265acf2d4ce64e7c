using System.Globalization;
using System.Text;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Api;

/// <summary>GET /healthz and /metrics.</summary>
internal static class HealthEndpoints
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", Health).WithName("Health").WithSummary("200 when the process can serve and its store is writable.");
        app.MapGet("/metrics", Metrics).WithName("Metrics").WithSummary("Prometheus text.");
    }

    private static IResult Health(WorkspaceHost host)
    {
        string probe = host.Own.Directory.PathOf($".health-{Environment.ProcessId}.tmp");
        try
        {
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
            return Results.Text("healthy\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Results.Text($"The data directory is not writable: {exception.Message}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Metrics(WorkspaceHost host, TimeProvider time)
    {
        DashboardSnapshot snapshot = DashboardApi.Snapshot(host);
        SyncStatus status = host.Current.Sync.Status;
        var text = new StringBuilder();
        Family(text, "aiaiai_sync_runs", "gauge", "Runs remembered, by outcome (at most 100).");
        foreach (IGrouping<string, SyncRunSummary> outcome in status.RecentRuns.GroupBy(r => r.Status).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            Sample(text, $"aiaiai_sync_runs{{status=\"{outcome.Key}\"}}", outcome.Count());
        }

        One(text, "aiaiai_sync_duration_seconds", "gauge", "Duration of the last run.", status.DurationMs / 1000d);
        One(text, "aiaiai_sync_running", "gauge", "1 while a run is on.", host.Current.Sync.IsRunning ? 1 : 0);
        Family(text, "aiaiai_sync_step_duration_seconds", "gauge", "Duration of each step of the last run.");
        foreach (SyncStepStatus step in status.Steps)
        {
            Sample(text, $"aiaiai_sync_step_duration_seconds{{step=\"{step.Name}\",status=\"{step.Status}\"}}", step.DurationMs / 1000d);
        }

        SyncRunSummary? success = status.RecentRuns.FirstOrDefault(r => r.Status == SyncOutcome.Success);
        if (success is not null)
        {
            One(text, "aiaiai_sync_lag_seconds", "gauge", "Time since the last successful run began.", Math.Max(0, (time.GetUtcNow() - success.StartedAt).TotalSeconds));
        }

        One(text, "aiaiai_ledger_rows", "gauge", "Rows of the usage ledger.", snapshot.Usage.RowCount);
        One(text, "aiaiai_projects", "gauge", "Projects shown.", snapshot.Projects.Count);
        One(text, "aiaiai_month_spend_usd", "gauge", "Month-to-date spend.", (double)snapshot.Analytics.Total.Month.Spend);
        One(text, "aiaiai_subscriptions", "gauge", "Pages that listen for changes.", host.State.SubscriptionCount);
        One(text, "process_resident_memory_bytes", "gauge", "Resident memory.", Environment.WorkingSet);
        return Results.Text(text.ToString(), "text/plain; version=0.0.4; charset=utf-8");
    }

    private static void One(StringBuilder text, string name, string type, string help, double value)
    {
        Family(text, name, type, help);
        Sample(text, name, value);
    }

    private static void Family(StringBuilder text, string name, string type, string help) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Sample(StringBuilder text, string name, double value) =>
        text.Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
}
