using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Manual;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>The step <c>tokens</c>: usage of all sources into the ledger.</summary>
/// <param name="environment">Environment variables by name.</param>
public sealed class TokensStep(Func<string, string?> environment) : ISyncStep
{
    private PriceSource? prices;

    /// <inheritdoc/>
    public string Name => SyncStepNames.Tokens;

    /// <inheritdoc/>
    public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
    {
        prices ??= new PriceSource(context.Directory);
        PriceTable? table = prices.Load(out FileProblem? priceProblem);
        if (priceProblem is not null)
        {
            context.Problems.Add(priceProblem);
        }

        if (table is null)
        {
            throw new InvalidDataException($"{priceProblem} Usage is not counted until it is mended, so that no price changes by mistake.");
        }

        DateOnly keepFrom = context.KeepFrom;
        // From the files at every run: what somebody did to them meanwhile is seen, and said.
        UsageLedger ledger = UsageLedger.Load(context.Directory, repair: true);
        context.Problems.AddRange(ledger.Problems);
        IReadOnlyList<string> expired = ledger.Expire(keepFrom);

        var sources = new List<SyncSourceStatus> { Transcripts(context, table, ledger, keepFrom, ct) };
        ct.ThrowIfCancellationRequested();
        if (context.Config.Sources.AnthropicAdmin.Enabled)
        {
            sources.Add(await new AdminUsageSource(environment).RunAsync(context, table, ledger, keepFrom, ct));
        }

        sources.Add(ManualRows(context, table, ledger, keepFrom));
        ledger.Compact(context.Today);
        context.Usage = new UsageReadModel(ledger, context.Today, context.Catalogue.Owners);

        List<string> remarks = [.. sources.Where(s => s.Status != SyncOutcome.Skipped).Select(s => s.Error).OfType<string>()];
        if (priceProblem is not null)
        {
            remarks.Insert(0, priceProblem.ToString());
        }

        if (ledger.Problems.Count > 0)
        {
            remarks.Add($"{ledger.Problems[0]}{(ledger.Problems.Count > 1 ? FormattableString.Invariant($" And {ledger.Problems.Count - 1} more lines.") : "")}");
        }

        if (expired.Count > 0)
        {
            remarks.Add(FormattableString.Invariant($"History before {keepFrom:yyyy-MM-dd} was removed (retention of {context.Config.Sync.RetentionMonths} months)."));
        }

        bool failed = priceProblem is not null || sources.Exists(s => s.Status == SyncOutcome.Error);
        string status = failed ? SyncOutcome.Error : remarks.Count > 0 ? SyncOutcome.Warning : SyncOutcome.Success;
        return new SyncStepResult(status, ledger.Rows.Count, remarks.Count == 0 ? null : string.Join(" ", remarks), sources);
    }

    private SyncSourceStatus Transcripts(SyncContext context, PriceTable table, UsageLedger held, DateOnly keepFrom, CancellationToken ct)
    {
        Settings.ClaudeCodeSource source = context.Config.Sources.ClaudeCode;
        if (!source.Enabled)
        {
            return new SyncSourceStatus { Name = UsageSource.ClaudeCode, Status = SyncOutcome.Skipped };
        }

        IReadOnlyList<TranscriptRoot> roots = TranscriptRoots.Find(source, environment);
        var ingest = new ClaudeCodeIngest(context.Directory, new Lazy<UsageLedger>(held), table, context.Zone, Projects, keepFrom);
        IngestReport report = ingest.Run([.. roots.Select(r => r.Projects).OfType<string>()], (done, total) => context.Report(done, total, "bytes"), ct);
        context.Set(new TranscriptVersions { Versions = report.Versions });
        List<string> errors = [.. roots.Where(r => r.Problem is not null).Select(r => $"{r.Path} {r.Problem}."), .. report.RootErrors];
        List<string> warnings = Warnings(report, source.Paths.Count > 0 ? roots.Where(r => r.Projects is null && r.Problem is null) : []);
        foreach (TranscriptRoot root in roots)
        {
            int files = root.Projects is null ? 0 : report.FilesByRoot.GetValueOrDefault(root.Projects);
            string result = root.Problem ?? (root.Projects is null ? "no such directory" : files == 0 ? "no transcripts" : FormattableString.Invariant($"{files:N0} {(files == 1 ? "transcript" : "transcripts")}"));
            context.Searched.Add(new SearchedPlace("Claude Code transcripts", root.Projects ?? root.Path, result, files > 0));
        }

        bool nothing = roots.All(r => r.Projects is null);
        return new SyncSourceStatus
        {
            Name = UsageSource.ClaudeCode,
            Status = errors.Count > 0 ? SyncOutcome.Error : warnings.Count > 0 ? SyncOutcome.Warning : nothing ? SyncOutcome.Skipped : SyncOutcome.Success,
            Items = report.Files,
            Note = nothing ? null : TranscriptRetention.Describe([.. roots.Select(r => r.Projects).OfType<string>()]),
            Paths = [.. roots.Select(r => r.Projects ?? r.Path)],
            Error = errors.Count + warnings.Count == 0 ? null : string.Join(" ", errors.Concat(warnings)),
            Details = report.Details.Count == 0 ? null : [.. report.Details.Take(SyncSourceStatus.MaxDetails)],
        };

        IReadOnlyDictionary<string, string> Projects(IReadOnlyCollection<string> folders)
        {
            context.Catalogue.Register(folders);
            return folders.ToDictionary(f => f, context.Catalogue.IdFor, StringComparer.Ordinal);
        }
    }

    private static List<string> Warnings(IngestReport report, IEnumerable<TranscriptRoot> missing)
    {
        List<string> warnings = [.. missing.Select(r => $"{r.Path} does not exist.")];
        if (report.MalformedLines > 0)
        {
            string lines = report.MalformedLines == 1 ? "1 line" : FormattableString.Invariant($"{report.MalformedLines:N0} lines");
            warnings.Add($"{lines} could not be read and {(report.MalformedLines == 1 ? "was" : "were")} left out: {report.Details[report.Unreadable]}.");
        }

        if (report.Unreadable > 0)
        {
            warnings.Add(FormattableString.Invariant($"{report.Unreadable:N0} files or folders could not be read: {report.Details[0]}"));
        }

        if (report.Expired > 0)
        {
            warnings.Add(FormattableString.Invariant($"{report.Expired:N0} calls are older than the retention and were left out."));
        }

        return warnings;
    }

    private static SyncSourceStatus ManualRows(SyncContext context, PriceTable table, UsageLedger held, DateOnly keepFrom)
    {
        DocumentRead<ManualTokens> read = context.Store.Read(ManualTokens.Document);
        if (read.Problem is not null)
        {
            context.Problems.AddRange(read.Problems);
            return new SyncSourceStatus { Name = UsageSource.Manual, Status = SyncOutcome.Error, Error = ProblemText.Of(read.Problems) };
        }

        OriginalTokenHistory history = OriginalTokenHistory.Read(context.Directory);
        context.Problems.AddRange(history.Problems);
        ManualIngest.Run(read.Value, history, held, table, context.Catalogue.IdForName, keepFrom);
        return new SyncSourceStatus
        {
            Name = UsageSource.Manual,
            Status = !history.IsComplete ? SyncOutcome.Error
                : history.Problems.Count > 0 ? SyncOutcome.Warning
                : read.Exists || history.Entries.Count > 0 ? SyncOutcome.Success : SyncOutcome.Skipped,
            Items = (read.Value?.Entries.Count ?? 0) + history.Entries.Count,
            Error = history.Problems.Count == 0 ? null : ProblemText.Of(history.Problems),
            Details = history.Problems.Count == 0 ? null : [.. history.Problems.Take(SyncSourceStatus.MaxDetails).Select(p => p.ToString())],
        };
    }
}
