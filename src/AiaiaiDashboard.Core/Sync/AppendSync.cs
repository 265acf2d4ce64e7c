using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// A sync of a data directory of which everything but the transcripts is as the last complete sync left it: the steps tokens, analytics and alerts by
/// the same code as in a full sync, the others not at all, since nothing they depend on changed. It loads and compiles a fraction of what a full one
/// does. Whatever is out of the ordinary is left to a full sync, which goes on from anything this one has written.
/// </summary>
internal static class AppendSync
{
    /// <summary>Makes ready what every run needs whatever it finds: for a thread that has to wait.</summary>
    public static void Prepare()
    {
        _ = PriceTable.BuiltIn;
        using var writer = new Utf8JsonWriter(Stream.Null, DocumentJson.Indented);
        writer.WriteStartObject();
        writer.WriteStartArray("days"u8);
        writer.WriteStringValue("2026-11-01");
        writer.WriteEndArray();
        writer.WriteNumber("cost", 1.5m);
        writer.WriteEndObject();
    }

    /// <summary>Runs it.</summary>
    /// <param name="directory">Data directory; this process holds its lock.</param>
    /// <param name="stamp">What the last sync left; it holds.</param>
    /// <param name="found">The transcripts there are.</param>
    /// <param name="state">How far they were read.</param>
    /// <param name="status">Gets what the steps did.</param>
    /// <param name="time">Clock.</param>
    /// <returns>The stamp to leave once the status is written; null where a full sync is due.</returns>
    public static SyncStamp? TryRun(DataDirectory directory, SyncStamp stamp, TranscriptFiles found, IngestState state, StatusRewrite status, TimeProvider time)
    {
        long began = time.GetTimestamp();
        if (TimeZoneInfo.TryFindSystemTimeZoneById(state.TimeZone, out TimeZoneInfo? zone) is false
            || AlertsAreQuiet(directory, stamp.Today, time) is false
            || ReadUsage(directory, stamp, found, state, zone!) is not { } ledger)
        {
            return null;
        }

        status.Note(SyncStepNames.Tokens, ledger.Rows.Count, Elapsed());
        List<FileProblem> problems = [];
        var usage = new UsageReadModel(ledger, stamp.Today, stamp.Owners);
        AlertsConfig alerts = LoadAlerts(directory, stamp, problems);
        ForecastWidths widths = ForecastWidths.Load(directory);
        AnalyticsDocument figures = AnalyticsCalculator.Compute(
            usage, alerts, stamp.Today, zone!, [.. stamp.Projects.Where(p => !p.IsHidden).Select(p => p.Id)], widths);
        var inputs = new AlertInputs
        {
            Config = alerts,
            Figures = figures,
            Today = stamp.Today,
            NameOf = id => stamp.Projects.Find(p => p.Id == id)?.Name ?? id,
            Steps = status.Steps,
            Age = TimeSpan.Zero,
        };
        if (problems.Count > 0 || AlertEvaluator.Evaluate(inputs).Count > 0)
        {
            return null;
        }

        widths.Save();
        AnalyticsDocuments.Replace(directory, figures);
        status.Note(SyncStepNames.Analytics, usage.RowCount, Elapsed());
        return stamp.Renewed(directory);

        long Elapsed()
        {
            long now = time.GetTimestamp();
            TimeSpan elapsed = time.GetElapsedTime(began, now);
            began = now;
            return (long)elapsed.TotalMilliseconds;
        }
    }

    // Where no file can state a budget, nothing that reads one is loaded.
    private static AlertsConfig LoadAlerts(DataDirectory directory, SyncStamp stamp, List<FileProblem> problems) =>
        File.Exists(directory.PathOf(DataFiles.Alerts)) || File.Exists(directory.PathOf(DataFiles.Budget)) || File.Exists(directory.PathOf(DataFiles.Tokens))
            ? ProjectLimits.ById(DashboardConfig.LoadAlerts(new DocumentStore(directory), DashboardConfig.Default, problems), stamp.Projects.Select(p => (p.Id, p.Name)))
            : new AlertsConfig();

    /// <summary>The ledger with what is new; null where a full sync is due.</summary>
    private static UsageLedger? ReadUsage(DataDirectory directory, SyncStamp stamp, TranscriptFiles found, IngestState state, TimeZoneInfo zone)
    {
        // Beside prices and ledger: it takes about as long as both.
        var calls = new CallFile(directory);
        calls.BeginLoad();
        if (new PriceSource(directory).Load(out FileProblem? problem) is not { } prices || problem is not null)
        {
            return null;
        }

        UsageLedger ledger = UsageLedger.Load(directory, repair: true);
        bool isKnown = true;
        try
        {
            var ingest = new ClaudeCodeIngest(directory, new Lazy<UsageLedger>(ledger), prices, zone, ProjectsOf, state.KeepFrom);
            IngestReport report = ingest.Run(found, state, null, CancellationToken.None, calls);
            ledger.Compact(stamp.Today);
            return ledger.Problems.Count == 0 && report is { MalformedLines: 0, Unreadable: 0, Expired: 0 } ? ledger : null;
        }
        catch (OperationCanceledException) when (!isKnown)
        {
            return null;
        }

        // A directory that is new becomes a project, which is the catalogue's to do: before anything is written.
        IReadOnlyDictionary<string, string> ProjectsOf(IReadOnlyCollection<string> folders)
        {
            foreach (string folder in folders)
            {
                isKnown &= state.Projects.ContainsKey(folder);
            }

            return isKnown ? state.Projects : throw new OperationCanceledException();
        }
    }

    /// <summary>Whether nothing was true at the last look, so that looking again changes nothing unless something comes true.</summary>
    private static bool AlertsAreQuiet(DataDirectory directory, DateOnly today, TimeProvider time)
    {
        var json = new JsonScanner(File.ReadAllBytes(directory.PathOf(DataFiles.AlertState)), new byte[DocumentJson.MaxDepth]);
        bool isThisMonth = false;
        bool nothingIsTrue = false;
        bool nothingIsForgotten = false;
        bool isObject = json.Read(out JsonToken start) && start.Type == JsonTokenType.StartObject;
        while (isObject && json.Read(out JsonToken name) && name.Type == JsonTokenType.PropertyName && json.Read(out JsonToken value))
        {
            if (JsonText.Is(name, "month"u8))
            {
                isThisMonth = value.Type == JsonTokenType.String && JsonText.Decode(value) == IsoDay.Month(today);
            }
            else if (JsonText.Is(name, "conditions"u8))
            {
                nothingIsTrue = value.Type == JsonTokenType.StartArray && json.Read(out JsonToken end) && end.Type == JsonTokenType.EndArray;
                isObject = nothingIsTrue;
            }
            else if (JsonText.Is(name, "log"u8))
            {
                nothingIsForgotten = value.Type == JsonTokenType.StartArray && LogKeeps(ref json, time.GetUtcNow().AddDays(-AlertBook.LogDays));
                isObject = nothingIsForgotten;
            }
            else
            {
                isObject = value.Type is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || json.Skip(out _);
            }
        }

        return isThisMonth && nothingIsTrue && nothingIsForgotten && !json.IsBad;
    }

    // The timeline forgets as time passes, the oldest entry first.
    private static bool LogKeeps(ref JsonScanner json, DateTimeOffset from)
    {
        bool keeps = true;
        bool isFirst = true;
        while (keeps && json.Read(out JsonToken entry) && entry.Type == JsonTokenType.StartObject)
        {
            keeps = isFirst ? IsSince(ref json, from) : json.Skip(out _);
            isFirst = false;
        }

        return keeps && !json.IsBad;
    }

    private static bool IsSince(ref JsonScanner json, DateTimeOffset from)
    {
        bool isSince = false;
        while (json.Read(out JsonToken name) && name.Type == JsonTokenType.PropertyName && json.Read(out JsonToken value))
        {
            if (JsonText.Is(name, "at"u8))
            {
                isSince = DateTimeOffset.TryParse(JsonText.Decode(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset at) && at > from;
            }
            else if (value.Type is JsonTokenType.StartObject or JsonTokenType.StartArray && !json.Skip(out _))
            {
                return false;
            }
        }

        return isSince;
    }
}
