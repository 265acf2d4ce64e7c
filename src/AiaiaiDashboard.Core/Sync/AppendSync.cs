using System.Buffers;
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
internal sealed class AppendSync : IDisposable
{
    private readonly DataDirectory directory;
    private readonly SyncStamp stamp;
    private readonly IngestState state;
    private readonly TimeProvider time;
    private readonly TimeZoneInfo zone;
    private readonly PriceTable prices;
    private readonly UsageLedger ledger;
    private readonly CallFile calls;
    private Task saving = Task.CompletedTask;
    private long began;

    private AppendSync(DataDirectory directory, SyncStamp stamp, IngestState state, TimeProvider time, TimeZoneInfo zone, PriceTable prices, CallFile calls)
    {
        (this.directory, this.stamp, this.state, this.time, this.zone, this.prices, this.calls) = (directory, stamp, state, time, zone, prices, calls);
        began = time.GetTimestamp();
        ledger = UsageLedger.Load(directory, repair: true);
    }

    /// <summary>Reads what is needed whatever the transcripts hold.</summary>
    /// <param name="directory">Data directory; this process holds its lock.</param>
    /// <param name="stamp">What the last sync left; it holds.</param>
    /// <param name="state">How far the transcripts were read.</param>
    /// <param name="time">Clock.</param>
    /// <returns>Null where a full sync is due.</returns>
    public static AppendSync? Begin(DataDirectory directory, SyncStamp stamp, IngestState state, TimeProvider time)
    {
        // The calls beside everything else, since they take longest. Then the core that read them has nothing to do until the figures are computed: code
        // that has run once is there at once the next time.
        var calls = new CallFile(directory);
        calls.BeginLoad(() => WarmUp(stamp.Today));
        AppendSync? begun = null;
        try
        {
            return TimeZoneInfo.TryFindSystemTimeZoneById(state.TimeZone, out TimeZoneInfo? zone) && AlertsAreQuiet(directory, stamp.Today, time)
                && new PriceSource(directory).Load(out FileProblem? problem) is { } prices && problem is null
                ? begun = new AppendSync(directory, stamp, state, time, zone, prices, calls)
                : null;
        }
        finally
        {
            if (begun is null)
            {
                calls.Dispose();
            }
        }
    }

    /// <summary>Runs it, once.</summary>
    /// <param name="found">The transcripts there are.</param>
    /// <param name="status">Gets what the steps did.</param>
    /// <returns>The stamp to leave once the status is written; null where a full sync is due.</returns>
    public SyncStamp? Run(TranscriptFiles found, StatusRewrite status)
    {
        if (!ReadUsage(found))
        {
            return null;
        }

        status.Note(SyncStepNames.Tokens, ledger.Rows.Count, Elapsed());
        List<FileProblem> problems = [];
        var usage = new UsageReadModel(ledger, stamp.Today, stamp.Owners);
        AlertsConfig alerts = LoadAlerts(problems);
        ForecastWidths widths = ForecastWidths.Load(directory, stamp.Today);
        AnalyticsDocument figures = AnalyticsCalculator.Compute(
            usage, alerts, stamp.Today, zone, [.. stamp.Projects.Where(p => !p.IsHidden).Select(p => p.Id)], widths);
        if (problems.Count > 0 || AreAlerts(figures, alerts, stamp.Today, id => stamp.Projects.Find(p => p.Id == id)?.Name ?? id, status.Steps))
        {
            return null;
        }

        widths.Save();
        AnalyticsDocuments.Replace(directory, figures);
        status.Note(SyncStepNames.Analytics, usage.RowCount, Elapsed());
        saving.GetAwaiter().GetResult();
        return stamp.Renewed(directory);

        long Elapsed()
        {
            long now = time.GetTimestamp();
            TimeSpan elapsed = time.GetElapsedTime(began, now);
            began = now;
            return (long)elapsed.TotalMilliseconds;
        }
    }

    private static bool AreAlerts(AnalyticsDocument figures, AlertsConfig alerts, DateOnly today, Func<string, string> nameOf, IReadOnlyList<SyncStepStatus> steps) =>
        AlertEvaluator.Evaluate(new AlertInputs { Config = alerts, Figures = figures, Today = today, NameOf = nameOf, Steps = steps, Age = TimeSpan.Zero }).Count > 0;

    // The figures of a few rows, for the sake of the code.
    private static void WarmUp(DateOnly today)
    {
        var rows = new List<UsageRow>();
        for (int age = 0; age < 5; age++)
        {
            rows.Add(new UsageRow { Date = today.AddDays(-age), Project = "a", Session = "b", Model = "c", Source = UsageSource.ClaudeCode, Calls = 1, TokensOut = 1, Cost = 1 });
        }

        UsageRowJson.Write(new ArrayBufferWriter<byte>(), rows[0]);
        AnalyticsDocument figures = AnalyticsCalculator.Compute(new UsageReadModel(rows, today), new AlertsConfig(), today, TimeZoneInfo.Utc, ["a"]);
        AreAlerts(figures, new AlertsConfig(), today, id => id, []);
        DocumentJson.Serialize(figures.ForFile(), AnalyticsDocuments.Analytics);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nobody may write to the data directory once its lock is given back.
        saving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        calls.Dispose();
    }

    // Where no file can state a budget, nothing that reads one is loaded.
    private AlertsConfig LoadAlerts(List<FileProblem> problems) =>
        File.Exists(directory.PathOf(DataFiles.Alerts)) || File.Exists(directory.PathOf(DataFiles.Budget)) || File.Exists(directory.PathOf(DataFiles.Tokens))
            ? ProjectLimits.ById(DashboardConfig.LoadAlerts(new DocumentStore(directory), DashboardConfig.Default, problems), stamp.Projects.Select(p => (p.Id, p.Name)))
            : new AlertsConfig();

    /// <summary>Brings the ledger up to date; false where a full sync is due.</summary>
    private bool ReadUsage(TranscriptFiles found)
    {
        bool isKnown = true;
        try
        {
            var ingest = new ClaudeCodeIngest(directory, new Lazy<UsageLedger>(ledger), prices, zone, ProjectsOf, state.KeepFrom);
            IngestReport report = ingest.Run(found, state, null, CancellationToken.None, calls, task => saving = task);
            ledger.Compact(stamp.Today);
            return ledger.Problems.Count == 0 && report is { MalformedLines: 0, Unreadable: 0, Expired: 0 };
        }
        catch (OperationCanceledException) when (!isKnown)
        {
            return false;
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
