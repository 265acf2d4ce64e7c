using AiaiaiDashboard.Core.Demo;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Pricing;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Demo;

public sealed class DemoDataTests : IDisposable
{
    private static readonly DateOnly Late = new(2026, 11, 23);
    private static readonly TimeOnly Noon = new(12, 0);
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("demo-");

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task WriteAsync_SameDayTwice_GivesTheSameBytes()
    {
        string one = await Write("one", Late);
        string other = await Write("other", Late);
        Dictionary<string, string> first = Contents(one);

        Assert.Equal(first, Contents(other));
        await Write("one", Late);
        Assert.Equal(first, Contents(one));
        Assert.NotEqual(first["projects.json"], Contents(await Write("next", Late.AddDays(1)))["projects.json"]);
    }

    [Fact]
    public async Task WriteAsync_Documents_AreValidAndSwitchedOff()
    {
        var store = new DocumentStore(new DataDirectory(await Write("demo", Late)));

        ProjectList projects = Read(store, ProjectDocuments.Projects);
        Assert.Equal(12, projects.Count);
        Assert.Equal((8, 2, 2), (Count("active"), Count("paused"), Count("completed")));
        Assert.All(projects, p => Assert.True(p is { Path: null, LastCommitDay: not null, StartDay: not null }));
        Assert.Equal("2026-11-20", projects.Find("ledger-migration")!.Deadline);
        SourcesConfig sources = Read(store, ConfigDocuments.Sources);
        Assert.False(sources.ClaudeCode.Enabled || sources.AnthropicAdmin.Enabled || sources.Projects.DiscoverFromUsage || sources.Projects.Roots.Count > 0);
        Assert.Equal("Europe/Berlin", Read(store, ConfigDocuments.Sync).TimeZone);
        AlertsConfig alerts = Read(store, ConfigDocuments.Alerts);
        Assert.Equal((200m, 35m), (alerts.GlobalBudget, alerts.PerProjectLimits["rag-evaluator"]));
        QualityList quality = Read(store, QualityDocuments.Quality);
        Assert.Equal(71.2m, quality.Latest("rag-evaluator")!.TestCoverage!.Overall);
        Assert.Null(quality.Latest("docs-site"));

        int Count(string status) => projects.Count(p => p.Status == status);
    }

    [Fact]
    public async Task WriteAsync_SyncOverIt_ErasesNothing()
    {
        var store = new DocumentStore(new DataDirectory(await Write("demo", Late)));
        ProjectCatalogue catalogue = new(Read(store, ProjectDocuments.Projects));

        ProjectDiscovery.Refresh(catalogue, Read(store, ConfigDocuments.Sources), new FakeTimeProvider(), TimeZoneInfo.Utc);

        Assert.False(catalogue.Changed);
    }

    [Fact]
    public async Task WriteAsync_EveryRow_CostsWhatItsTokensCost()
    {
        UsageLedger ledger = UsageLedger.Load(new DataDirectory(await Write("demo", Late)), repair: false);

        Assert.Empty(ledger.Problems);
        Assert.InRange(ledger.Rows.Count, 800, 5_000);
        Assert.All(ledger.Rows, row => Assert.Same(row, RowPricing.Reprice(row, PriceTable.BuiltIn)));
        Assert.All(ledger.Rows.Where(r => r.Source == UsageSource.ClaudeCode), row =>
        {
            Assert.Equal(row.Cost, row.Hours!.Values.Sum());
            Assert.True(row.Date <= Late && row.Cost > 0 && row.Calls > 0 && row.CacheWrite1h <= row.CacheWrite && row.FirstAt < row.LastAt);
        });
        Assert.True(ledger.Rows.Sum(r => r.CacheRead) > ledger.Rows.Sum(r => r.TotalTokens) * 0.85);
        Assert.True(ledger.Rows.Select(r => r.Model).Distinct().Count() >= 3);
        Assert.True(ledger.Rows.Min(r => r.Date) <= Late.AddDays(-119));
        Assert.True(Average(ledger, weekend: false) > 3 * Average(ledger, weekend: true));
    }

    [Fact]
    public async Task WriteAsync_AdminApi_StandsBesideTheTranscriptsAndCountsNothing()
    {
        var store = new DocumentStore(new DataDirectory(await Write("demo", Late)));
        var usage = new UsageReadModel(UsageLedger.Load(store.Directory, repair: false).Rows, Late);

        AdminComparison comparison = AdminComparison.Of(usage, Read(store, AdminReport.Document), Late.AddDays(-20), Late);

        Assert.DoesNotContain(usage.Rows, r => r.Source == UsageSource.AnthropicAdmin);
        Assert.True(comparison.BothCount > 20 && comparison.BothCount == comparison.Days.Count);
        Assert.InRange(comparison.ApiCost, comparison.TranscriptsCost * 0.9m, comparison.TranscriptsCost * 1.1m);
        Assert.True(comparison.Billed > 0 && comparison.ClaudeCode!.Sessions > 0);
        long incomplete = IncompleteDay.Of(usage).Sum(d => d.IncompleteCalls);
        Assert.True(incomplete > 0);
        Assert.Equal(incomplete, Read(store, TranscriptVersions.Document).Versions.Sum(v => v.IncompleteCalls));
    }

    [Theory]
    [InlineData("2026-11-01", 0, 6)]
    [InlineData("2026-11-10", 28, 35)]
    [InlineData("2026-11-23", 68, 76)]
    [InlineData("2026-11-30", 78, 82)]
    [InlineData("2027-02-28", 78, 82)]
    [InlineData("2028-02-29", 78, 82)]
    public void Of_MonthToDate_IsInProportion(string day, double low, double high)
    {
        DateOnly today = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);

        decimal spend = new DemoUsage(TimeZoneInfo.Utc, Noon).Rows(today).Where(r => r.Date.Year == today.Year && r.Date.Month == today.Month).Sum(r => r.Cost);

        Assert.InRange((double)(spend / DemoSpend.Budget * 100), low, high);
    }

    [Fact]
    public void Rows_QuietProjects_HaveNoRecentUsage()
    {
        UsageRow[] rows = [.. new DemoUsage(TimeZoneInfo.Utc, Noon).Rows(Late)];

        Assert.All(DemoProject.All, p => Assert.True(rows.Where(r => r.Project == p.Id).Max(r => r.Date) <= Late.AddDays(-p.Quiet)));
        Assert.Contains(rows, r => r.Date == Late);
    }

    [Theory]
    [InlineData("00:00:00")]
    [InlineData("00:00:40")]
    [InlineData("00:20:00")]
    [InlineData("01:05:00")]
    [InlineData("06:30:00")]
    [InlineData("07:59:59")]
    [InlineData("23:59:59")]
    public async Task WriteAsync_AnyTimeOfDay_HoldsNothingLaterThanThatAndIsFull(string time)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        DateTime local = Late.ToDateTime(TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        var now = new DateTimeOffset(local, zone.GetUtcOffset(local));
        var store = new DocumentStore(new DataDirectory(Path.Join(root.FullName, "early")));

        await DemoData.WriteAsync(store, now, zone);

        UsageRow[] today = [.. UsageLedger.Load(store.Directory, repair: false).Rows.Where(r => r.Date == Late && r.Source == UsageSource.ClaudeCode)];
        Assert.NotEmpty(today);
        Assert.All(today, r => Assert.True(r.FirstAt <= r.LastAt && r.LastAt <= now && r.Hours!.Keys.All(h => int.Parse(h, System.Globalization.CultureInfo.InvariantCulture) <= local.Hour)));
        Assert.InRange(today.Sum(r => r.Cost), 1, 40);
        Assert.All(Read(store, ProjectDocuments.Facts).Projects!.Values.SelectMany(p => p.Commits ?? []), c => Assert.True(c.At <= now));
    }

    private static double Average(UsageLedger ledger, bool weekend) => (double)ledger.Rows
        .Where(r => (r.Date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) == weekend)
        .GroupBy(r => r.Date).Average(g => g.Sum(r => r.Cost));

    private static T Read<T>(DocumentStore store, DocumentType<T> type)
        where T : class
    {
        DocumentRead<T> read = store.Read(type);
        Assert.Null(read.Problem);
        return read.Value!;
    }

    private static Dictionary<string, string> Contents(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(folder, f).Replace('\\', '/'), File.ReadAllText);

    private async Task<string> Write(string name, DateOnly today)
    {
        string folder = Path.Join(root.FullName, name);
        await DemoData.WriteAsync(new DocumentStore(new DataDirectory(folder)), new DateTimeOffset(today.ToDateTime(Noon), TimeSpan.Zero), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        return folder;
    }
}
