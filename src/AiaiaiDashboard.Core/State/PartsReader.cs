using AiaiaiDashboard.Core.History;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Pricing;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.State;

/// <summary>Reads from a data directory what snapshots are built of.</summary>
/// <param name="store">Its documents.</param>
/// <param name="options">Clock, log and whether it is sample data.</param>
internal sealed class PartsReader(DocumentStore store, WorkspaceOptions options)
{
    private readonly PriceSource prices = new(store.Directory);

    /// <summary>Prices with the person's own; null where their file is broken.</summary>
    public PriceTable? Prices => prices.Load(out _);

    /// <summary>Everything a snapshot is built of. What cannot be read is a problem of it, not an exception.</summary>
    /// <param name="config">Settings in force.</param>
    /// <param name="status">What the last sync did.</param>
    public SnapshotParts Read(DashboardConfig config, SyncStatus status)
    {
        TimeZoneInfo zone = config.Sync.ResolveZone(options.Time);
        DateOnly today = CalendarDay.Of(options.Time.GetUtcNow(), zone);
        DocumentRead<ProjectList> projects = store.Read(ProjectDocuments.Projects);
        DocumentRead<QualityList> quality = store.Read(QualityDocuments.Quality);
        var problems = new List<FileProblem>([.. projects.Problems, .. quality.Problems]);
        return new SnapshotParts
        {
            DataDirectory = store.Directory.Root,
            IsDemo = options.IsDemo,
            Config = config,
            Zone = zone,
            Today = today,
            Projects = projects.Value ?? [],
            Usage = ReadUsage(today, ProjectOwners.Of(projects.Value ?? []), problems),
            Versions = store.Read(TranscriptVersions.Document).Value ?? new TranscriptVersions(),
            AdminReport = store.Read(AdminReport.Document).Value ?? new AdminReport(),
            Scan = store.Read(ProjectDocuments.Facts).Value is { Projects: { } facts } ? ProjectScan.Empty with { States = facts } : null,
            Quality = quality.Value ?? [],
            Prices = Prices ?? PriceTable.BuiltIn,
            QualityHistory = ReadQualityHistory(today),
            Status = status,
            Problems = problems,
        };
    }

    /// <summary>The same with projects.json as it is now, and the usage where other projects own it by that.</summary>
    public SnapshotParts WithProjects(SnapshotParts known)
    {
        DocumentRead<ProjectList> projects = store.Read(ProjectDocuments.Projects);
        ProjectList list = projects.Value ?? (projects.Exists ? known.Projects : []);
        List<FileProblem> problems = [.. known.Problems.Where(p => p.File != DataFiles.Projects), .. projects.Problems];
        IReadOnlyDictionary<string, string> owners = ProjectOwners.Of(list);
        // The rows in memory bear the ids of their owners: only the ledger knows whose they were.
        UsageReadModel usage = SameOwners(owners, ProjectOwners.Of(known.Projects)) ? known.Usage : ReadUsage(known.Today, owners, problems);
        return known with { Projects = list, Usage = usage, Problems = problems };
    }

    private static bool SameOwners(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Count == other.Count && one.All(o => other.TryGetValue(o.Key, out string? owner) && owner == o.Value);

    private UsageReadModel ReadUsage(DateOnly today, IReadOnlyDictionary<string, string> owners, List<FileProblem> problems)
    {
        try
        {
            UsageLedger ledger = UsageLedger.Load(store.Directory, repair: false);
            problems.AddRange(ledger.Problems);
            return new UsageReadModel(ledger, today, owners);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            options.Log.LogError(exception, "The ledger could not be read");
            problems.Add(new FileProblem("history", null, $"The usage history could not be read: {exception.Message}"));
            return new UsageReadModel([], today);
        }
    }

    private QualityHistory ReadQualityHistory(DateOnly today)
    {
        try
        {
            return QualityHistory.Load(store.Directory, today);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            options.Log.LogError(exception, "The quality history could not be read");
            return QualityHistory.Empty;
        }
    }
}
