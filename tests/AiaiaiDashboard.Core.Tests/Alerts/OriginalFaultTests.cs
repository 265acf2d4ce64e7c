using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using Microsoft.Extensions.Time.Testing;
using static AiaiaiDashboard.Core.Tests.Usage.Queries.Rows;

namespace AiaiaiDashboard.Core.Tests.Alerts;

/// <summary>The faults 8 to 12 of the first implementation, each made impossible. Its tabs and its form are in the browser tests.</summary>
public sealed class OriginalFaultTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("faults-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
    private readonly DataDirectory directory;

    public OriginalFaultTests()
    {
        directory = new DataDirectory(Path.Combine(root, "data"));
        Write(DataFiles.Sources, """{"claudeCode":{"enabled":false}}""");
        Write(DataFiles.Sync, """{"timeZone":"UTC"}""");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private Workspace Open(AlertDelivery delivery = AlertDelivery.Off) =>
        new(directory, new WorkspaceOptions { Time = time, Environment = _ => null, Delivery = delivery });

    private void Write(string name, string content)
    {
        string path = directory.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private void Record(params UsageRow[] rows) => UsageLedger.Load(directory, repair: true).Apply(rows);

    private static string[] Keys(Workspace workspace) => [.. workspace.Current!.ActiveAlerts.Select(a => a.Key)];

    [Fact]
    public async Task Fault8_BudgetAndLimits_BothCompareTheCalendarMonthAndOneFileHoldsTheBudget()
    {
        Record(Row("2026-10-30", 190), Row("2026-11-02", 40));
        Write(DataFiles.Projects, """[{"id":"alpha","name":"Alpha","status":"active"}]""");
        Write(DataFiles.Alerts, """{"globalBudget":200,"perProjectLimits":{"alpha":50}}""");
        Write(DataFiles.Budget, """{"monthly":1,"currency":"USD"}""");
        Write(DataFiles.Tokens, """{"budget":{"monthly":1,"currency":"USD"},"entries":[]}""");
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");

        Assert.Equal(["project-alpha-75"], Keys(workspace));
        Assert.Equal((40m, 200m), (workspace.Current!.Analytics.Total.Month.Spend, workspace.Current.Analytics.Total.Month.Budget!.Value));
    }

    [Fact]
    public async Task Fault6_BrokenTokensThatStateTheBudget_KeepsBudgetAndAlerts()
    {
        Record(Row("2026-11-02", 9.5m));
        Write(DataFiles.Tokens, """{"budget":{"monthly":10,"currency":"USD"},"entries":[]}""");
        await using (Workspace workspace = Open())
        {
            await workspace.Sync.RunAsync("manual");
            Assert.Equal(["global-90", "global-75"], Keys(workspace));

            Write(DataFiles.Tokens, "{bad");
            await workspace.Sync.RunAsync("manual");

            Assert.Equal(["global-90", "global-75"], Keys(workspace).Where(k => k.StartsWith("global", StringComparison.Ordinal)));
            Assert.Equal(10m, workspace.Current!.Analytics.Total.Month.Budget);
        }

        // A new process has never read the budget: none is better than a wrong one, and what was true stays true.
        await using Workspace next = Open();
        next.Load();
        await next.Sync.RunAsync("manual");

        Assert.Null(next.Current!.Analytics.Total.Month.Budget);
        Assert.Equal(["global-90", "global-75"], Keys(next).Where(k => k.StartsWith("global", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Fault9_SevenDays_AreSevenDatesWithEveryModelAndPerProject()
    {
        Record(Row("2026-11-14", 100), Row("2026-11-15", 1), Row("2026-11-21", 2) with { Model = "claude-late" });
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");

        WindowFigures week = workspace.Current!.Analytics.Total.Windows["7d"];
        Assert.Equal((new DateOnly(2026, 11, 15), new DateOnly(2026, 11, 21), 3m), (week.From, week.To, week.Cost));
        Assert.Contains("claude-late", workspace.Current.Analytics.Total.DailyByModel.Select(s => s.Name));
        Assert.Equal(3, workspace.Current.Analytics.Projects["alpha"].Windows["7d"].Cost);
    }

    [Fact]
    public async Task Fault10_LimitTypedByProjectName_Fires()
    {
        Record(Row("2026-11-20", 50));
        Write(DataFiles.Projects, """[{"id":"alpha","name":"The Alpha","status":"active"}]""");
        Write(DataFiles.Alerts, """{"globalBudget":null,"perProjectLimits":{"The Alpha":50}}""");
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");

        Assert.Equal(["project-alpha-100", "project-alpha-90", "project-alpha-75"], Keys(workspace));
    }

    [Fact]
    public async Task Fault11_Dismissal_LastsThisMonthAndNoLonger()
    {
        Record(Row("2026-11-20", 160), Row("2026-12-02", 170));
        await using Workspace workspace = Open();
        await workspace.Sync.RunAsync("manual");
        await workspace.ChangeAlertsAsync((state, now) => AlertBook.Dismiss(state, "global-75", now));
        Assert.Empty(workspace.Current!.OpenAlerts);

        time.Advance(TimeSpan.FromDays(14));
        await workspace.Sync.RunAsync("manual");

        Assert.Equal(["global-75"], workspace.Current!.OpenAlerts.Select(a => a.Key));
    }

    [Fact]
    public async Task Fault11_ManualSync_EvaluatesAlertsAndCountsNothingAsSentWithoutANotifier()
    {
        Record(Row("2026-11-20", 160));
        await using Workspace workspace = Open(AlertDelivery.Beside);

        await workspace.Sync.RunAsync("manual");

        AlertState state = workspace.Alerts.Read(new DateOnly(2026, 11, 21));
        Assert.Equal(["global-75"], state.FiredAlerts);
        Assert.Empty(state.Notified);
        Assert.Equal(1, workspace.Current!.Channels.Single(c => c.Name == "desktop").Waiting);
        Assert.NotNull(workspace.Current.Channels.Single(c => c.Name == "desktop").Missing);
    }

    [Theory]
    [InlineData("""{"globalThresholds":[{"percent":75},{"percent":75}]}""", "$.globalThresholds[1].percent", "another threshold has the same percent")]
    [InlineData("""{"globalThresholds":[{"percent":0}]}""", "$.globalThresholds[0].percent", "0 is not allowed: a percent is above 0")]
    [InlineData("""{"globalBudget":1e308}""", "$.globalBudget", "")]
    public void Fault12_NonsenseInTheFile_IsRefusedWithPlaceAndReason(string json, string place, string reason)
    {
        Write(DataFiles.Alerts, json);

        FileProblem problem = DashboardConfig.Load(new DocumentStore(directory), null).Problems.Single();

        Assert.Equal(place, problem.Location);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fault12_CorruptAlertsFile_KeepsTheLastGoodBudgetAndTheAlerts()
    {
        Record(Row("2026-11-20", 50));
        Write(DataFiles.Alerts, """{"globalBudget":60}""");
        await using Workspace workspace = Open();
        await workspace.Sync.RunAsync("manual");
        Assert.Equal(["global-75"], Keys(workspace));

        Write(DataFiles.Alerts, "{\"globalBudget\": 60,");
        await workspace.Sync.RunAsync("manual");

        Assert.Equal(["global-75"], Keys(workspace));
        Assert.Equal(60, workspace.Current!.Analytics.Total.Month.Budget);
        Assert.Contains("line", workspace.Current.Problems.Single(p => p.File == DataFiles.Alerts).ToString(), StringComparison.Ordinal);
        Assert.Equal("{\"globalBudget\": 60,", await File.ReadAllTextAsync(directory.PathOf(DataFiles.Alerts)));
    }

    [Fact]
    public async Task Fault6_CorruptUsage_SilencesNoAlert()
    {
        Record(Row("2026-11-20", 160));
        await using (Workspace first = Open())
        {
            await first.Sync.RunAsync("manual");
            Assert.Equal(["global-75"], Keys(first));
        }

        Write("history/tokens-2026-11.jsonl", "{\"date\":\"2026-11-20\"\n{{{\n");
        await using Workspace workspace = Open();
        workspace.Load();
        Assert.Equal(["global-75"], Keys(workspace));

        await workspace.Sync.RunAsync("manual");

        Assert.Equal(["global-75"], Keys(workspace));
        Assert.Equal(["global-75"], workspace.Alerts.Read(new DateOnly(2026, 11, 21)).Conditions.Select(c => c.Key));
    }

    [Fact]
    public async Task RunAsync_TwiceWithAnAlertAndNoNotifier_LeavesTheStateAlone()
    {
        Record(Row("2026-11-20", 185));
        await using Workspace workspace = Open(AlertDelivery.Beside);
        await workspace.Sync.RunAsync("manual");
        byte[] written = await File.ReadAllBytesAsync(directory.PathOf(DataFiles.AlertState));

        time.Advance(TimeSpan.FromHours(1));
        SyncStatus status = await workspace.Sync.RunAsync("manual");

        Assert.Equal(SyncOutcome.Success, status.Status);
        Assert.Equal(written, await File.ReadAllBytesAsync(directory.PathOf(DataFiles.AlertState)));
    }
}
