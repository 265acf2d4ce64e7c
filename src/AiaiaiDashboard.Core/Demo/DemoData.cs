using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Demo;

/// <summary>Sample data for every page: twelve invented projects with four months of usage. The same day gives the same bytes from eight o'clock on; before that, the times of today's calls end before the hour it is made in.</summary>
public static class DemoData
{
    /// <summary>
    /// Writes a whole data directory. Every source is switched off in it, so that a sync computes figures and changes nothing else.
    /// </summary>
    /// <param name="store">A data directory of its own, empty or with sample data of the same day.</param>
    /// <param name="now">Its day is the one everything is relative to; nothing in the data is later.</param>
    /// <param name="zone">Zone of the days; written to config/sync.json where it has an IANA name.</param>
    /// <param name="cancel">Stops between two files.</param>
    /// <exception cref="IOException">A file could not be written.</exception>
    public static async Task WriteAsync(DocumentStore store, DateTimeOffset now, TimeZoneInfo zone, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(zone);
        DateOnly today = CalendarDay.Of(now, zone);
        TimeOnly time = TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        store.Directory.EnsureCreated();
        await store.WriteAsync(ConfigDocuments.Sources, Sources, cancel);
        await store.WriteAsync(ConfigDocuments.Sync, new SyncConfig { TimeZone = zone.HasIanaId ? zone.Id : null }, cancel);
        await store.WriteAsync(ConfigDocuments.Alerts, Alerts, cancel);
        await store.WriteAsync(ProjectDocuments.Projects, new ProjectList(DemoProject.All.Select((p, i) => Project(p, i, today))), cancel);
        await store.WriteAsync(ProjectDocuments.Facts, ProjectFacts.Of(ProjectScan.Empty with { States = DemoFacts.Of(today, time, zone) }), cancel);
        var quality = new DemoQualityDays(today);
        await store.WriteAsync(QualityDocuments.Quality, new QualityList(DemoProject.All.Select(quality.Record).OfType<QualityRecord>()), cancel);
        quality.WriteHistory(store.Directory);
        cancel.ThrowIfCancellationRequested();
        UsageRow[] rows = [.. new DemoUsage(zone, time).Rows(today)];
        var evidence = new DemoEvidence(rows, today);
        UsageLedger.Load(store.Directory, repair: true).Apply(rows.Concat(evidence.ApiRows()));
        await store.WriteAsync(AdminReport.Document, evidence.Report(), cancel);
        await store.WriteAsync(TranscriptVersions.Document, evidence.Versions(), cancel);
    }

    private static SourcesConfig Sources => new()
    {
        Projects = new ProjectSources { DiscoverFromUsage = false },
        ClaudeCode = new ClaudeCodeSource { Enabled = false },
        AnthropicAdmin = new AnthropicAdminSource { Enabled = false },
    };

    private static AlertsConfig Alerts => new()
    {
        GlobalBudget = DemoSpend.Budget,
        PerProjectLimits = new SortedDictionary<string, decimal>(DemoProject.All.ToDictionary(p => p.Id, p => p.Limit), StringComparer.Ordinal),
    };

    // No path: there is nothing to look at, so what stands here is never replaced by facts.
    private static ProjectRecord Project(DemoProject project, int index, DateOnly today) => new()
    {
        Id = project.Id,
        Name = project.Id,
        Client = project.Client,
        Status = project.Status,
        Progress = project.Progress,
        StartDate = ProjectRecord.FormatDay(today.AddDays(-project.Started)),
        Deadline = project.Due is { } days ? ProjectRecord.FormatDay(today.AddDays(days)) : "",
        Stack = project.Stack,
        LastCommit = ProjectRecord.FormatDay(today.AddDays(-project.Committed)),
        TasksTotal = project.Tasks,
        TasksDone = project.Tasks * project.Progress / 100,
        Description = project.Description,
        Order = index + 1,
    };
}
