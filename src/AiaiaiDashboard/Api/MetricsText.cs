using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Hosting;

namespace AiaiaiDashboard.Api;

/// <summary>The product's measurements in the text format of Prometheus. Listens from its creation on.</summary>
public sealed class MetricsText : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, string Labels), double> sums = new();
    private readonly ConcurrentDictionary<string, string> help = new();
    private readonly MeterListener listener = new();
    private readonly WorkspaceHost workspaces;
    private readonly OpenCircuits circuits;
    private readonly TimeProvider time;

    /// <summary>Begins to listen.</summary>
    public MetricsText(WorkspaceHost workspaces, OpenCircuits circuits, TimeProvider time)
    {
        this.circuits = circuits;
        this.workspaces = workspaces;
        this.time = time;
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == SyncMetrics.MeterName)
            {
                help[instrument.Name] = instrument.Description ?? "";
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    /// <summary>The text of this moment.</summary>
    public string Write()
    {
        var text = new StringBuilder();
        foreach ((string name, string description) in help.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            Head(text, name, description, "counter");
            foreach (((string Name, string Labels) key, double value) in sums.Where(s => s.Key.Name == name).OrderBy(s => s.Key.Labels, StringComparer.Ordinal))
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}{key.Labels} {value}\n");
            }
        }

        DashboardSnapshot snapshot = workspaces.Own.Current ?? DashboardSnapshot.Empty;
        SyncStatus status = workspaces.Own.Sync.Status;
        Gauge(text, "aiaiai_sync_running", "1 while a sync runs.", workspaces.Own.Sync.IsRunning ? 1 : 0);
        if (status.RecentRuns.FirstOrDefault(r => r.Status is SyncOutcome.Success or SyncOutcome.Partial) is { } good)
        {
            double lag = (time.GetUtcNow() - good.StartedAt.AddMilliseconds(good.DurationMs)).TotalSeconds;
            Gauge(text, "aiaiai_sync_lag_seconds", "Time since the last sync that did not fail.", Math.Max(0, lag));
        }

        if (status.RecentRuns is [{ } last, ..])
        {
            Gauge(text, "aiaiai_sync_last_duration_seconds", "Duration of the last sync.", last.DurationMs / 1000.0);
            Gauge(text, "aiaiai_sync_last_failed", "1 where the last sync failed, wholly or in part.", last.Status is SyncOutcome.Error or SyncOutcome.Partial ? 1 : 0);
            Head(text, "aiaiai_sync_step_seconds", "Duration of each step when it ran last.", "gauge");
            foreach (SyncStepStatus step in status.Steps)
            {
                text.Append(CultureInfo.InvariantCulture, $"aiaiai_sync_step_seconds{{step=\"{step.Name}\"}} {step.DurationMs / 1000.0}\n");
            }
        }

        Gauge(text, "aiaiai_ledger_rows", "Rows of the usage ledger that count.", snapshot.Usage.RowCount);
        Gauge(text, "aiaiai_projects", "Projects shown.", snapshot.Projects.Count);
        Gauge(text, "aiaiai_month_spend_usd", "Month-to-date spend.", (double)snapshot.Analytics.Total.Month.Spend);
        Gauge(text, "aiaiai_open_tabs", "Live subscriptions of pages.", workspaces.State.SubscriptionCount);
        Gauge(text, "aiaiai_circuits", "Circuits in memory, with and without a browser at the other end.", circuits.Open);
        Gauge(text, "aiaiai_circuits_connected", "Circuits with a browser at the other end.", circuits.Connected);
        Gauge(text, "process_resident_memory_bytes", "Memory of the process.", Environment.WorkingSet);
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => listener.Dispose();

    private static void Gauge(StringBuilder text, string name, string description, double value)
    {
        Head(text, name, description, "gauge");
        text.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Head(StringBuilder text, string name, string description, string type) =>
        text.Append("# HELP ").Append(name).Append(' ').Append(description).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach ((string key, object? tag) in tags)
        {
            // Values are words of this program: none needs escaping.
            labels.Append(labels.Length == 0 ? '{' : ',').Append(key).Append("=\"").Append(tag).Append('"');
        }

        if (labels.Length > 0)
        {
            labels.Append('}');
        }

        sums.AddOrUpdate((instrument.Name, labels.ToString()), value, (_, sum) => sum + value);
    }
}
