using System.Text.Json;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Board;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Tests.Storage;
using AiaiaiDashboard.Core.Usage;
using Microsoft.Extensions.Time.Testing;
using static AiaiaiDashboard.Core.Tests.Usage.Queries.Rows;

namespace AiaiaiDashboard.Core.Tests.State;

public sealed class WorkspaceTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("workspace-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 21, 22, 0, 0, TimeSpan.Zero));
    private readonly DataDirectory directory;

    public WorkspaceTests()
    {
        directory = new DataDirectory(Path.Combine(root, "data"));
        Write(DataFiles.Sources, """{"claudeCode":{"enabled":false}}""");
        Write(DataFiles.Sync, """{"timeZone":"UTC"}""");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private Workspace Open(Action<DashboardSnapshot>? onSnapshot = null) =>
        new(directory, new WorkspaceOptions { Time = time, Environment = _ => null, OnSnapshot = onSnapshot });

    private void Write(string name, string content)
    {
        string path = directory.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    private void Record(params UsageRow[] rows) => UsageLedger.Load(directory, repair: true).Apply(rows);

    [Fact]
    public async Task Load_BeforeAnySync_ShowsWhatIsOnDisk()
    {
        Record(Row("2026-11-20", 50));
        Write(DataFiles.Projects, """[{"id":"alpha","name":"Alpha","status":"paused","deadline":"2026-11-01"}]""");
        await using Workspace workspace = Open();

        DashboardSnapshot snapshot = workspace.Load();

        Assert.Equal((50m, 25m, SyncOutcome.Never), (snapshot.Analytics.Total.Month.Spend, snapshot.Analytics.Total.Month.Percent!.Value, snapshot.Status.Status));
        ProjectSummary alpha = Assert.Single(snapshot.Projects);
        Assert.Equal(("Alpha", "paused", -20, 50m), (alpha.Name, alpha.Status, alpha.DaysToDeadline, alpha.MonthSpend));
    }

    [Fact]
    public async Task RunAsync_TwiceOnUnchangedInputs_LeavesEveryFileButTheStatusAlone()
    {
        Record(Row("2026-11-20", 50), Row("2026-10-20", 7, "beta"));
        Write(DataFiles.Tokens, """{"entries":[{"date":"2026-11-19","project":"Web Shop","session":"hand","tokensIn":5,"tokensOut":6,"cost":1.5,"model":"claude-opus-4-5"}]}""");
        await using Workspace workspace = Open();
        SyncStatus first = await workspace.Sync.RunAsync("manual");
        Dictionary<string, (DateTime, string)> before = Files();
        Assert.Contains("history/projects-2026-11.jsonl", before.Keys);

        time.Advance(TimeSpan.FromMinutes(30));
        SyncStatus second = await workspace.Sync.RunAsync("manual");

        Assert.Equal((SyncOutcome.Success, SyncOutcome.Success), (first.Status, second.Status));
        Assert.Equal(before, Files());
        Assert.Contains(DataFiles.Analytics, before.Keys);
    }

    [Fact]
    public async Task Load_FreeTextDates_AreDaysWhereTheyMeanOneAndShownWhereNot()
    {
        const string file = """[{"id":"a","deadline":"23 de noviembre de 2026","startDate":"Q1 2026","lastCommit":"last week"},{"id":"b","deadline":"03/04/2026"},{"id":"c","deadline":""}]""";
        Write(DataFiles.Projects, file);
        await using Workspace workspace = Open();

        IReadOnlyList<ProjectSummary> projects = workspace.Load().Projects;

        Assert.Equal([(new DateOnly(2026, 11, 23), null), (null, "03/04/2026"), ((DateOnly?)null, (string?)null)], projects.OrderBy(p => p.Id).Select(p => (p.Deadline, p.DeadlineNote)));
        Assert.Equal("Q1 2026", projects.Single(p => p.Id == "a").StartNote);
        Assert.Equal("last week", projects.Single(p => p.Id == "a").LastCommitNote);
        Assert.Equal(file, File.ReadAllText(directory.PathOf(DataFiles.Projects)));
    }

    [Fact]
    public async Task RunAsync_BrokenProjectsFile_KeepsItAndSaysSo()
    {
        Record(Row("2026-11-20", 50));
        Write(DataFiles.Projects, """[{"id":"alpha","status":"sleeping"}]""");
        await using Workspace workspace = Open();

        SyncStatus status = await workspace.Sync.RunAsync("manual");

        Assert.Equal(SyncOutcome.Partial, status.Status);
        Assert.Contains("projects.json", status.Steps.Single(s => s.Name == SyncStepNames.Projects).Error, StringComparison.Ordinal);
        Assert.Contains(workspace.Current!.Problems, p => p.File == DataFiles.Projects);
        Assert.Equal(50, workspace.Current.Analytics.Total.Month.Spend);
        Assert.Equal("""[{"id":"alpha","status":"sleeping"}]""", await File.ReadAllTextAsync(directory.PathOf(DataFiles.Projects)));
    }

    [Fact]
    public async Task RunAsync_AlertsFileBreaksWhileRunning_LastGoodBudgetStays()
    {
        Record(Row("2026-11-20", 50));
        Write(DataFiles.Alerts, """{"globalBudget":100}""");
        await using Workspace workspace = Open();
        workspace.Load();
        Write(DataFiles.Alerts, """{"globalBudget":-5}""");

        SyncStatus status = await workspace.Sync.RunAsync("manual");

        Assert.Equal(100, workspace.Current!.Analytics.Total.Month.Budget);
        Assert.Contains("$.globalBudget", status.Steps.Single(s => s.Name == SyncStepNames.Alerts).Error, StringComparison.Ordinal);
        Assert.Equal(SyncOutcome.Success, status.Steps.Single(s => s.Name == SyncStepNames.Analytics).Status);
        Assert.Contains(workspace.Current.Problems, p => p.File == DataFiles.Alerts);
    }

    [Fact]
    public async Task Refresh_OnTheNextDay_MovesTheWindowsWithoutASync()
    {
        Record(Row("2026-11-15", 7), Row("2026-11-22", 1));
        await using Workspace workspace = Open();
        Assert.Equal(7, workspace.Load().Analytics.Total.Windows["7d"].Cost);

        time.Advance(TimeSpan.FromHours(3));

        DashboardSnapshot snapshot = workspace.Refresh();
        Assert.Equal((new DateOnly(2026, 11, 22), 1m), (snapshot.Today, snapshot.Analytics.Total.Windows["7d"].Cost));
    }

    [Fact]
    public async Task MoveAsync_DuringASync_IsNotLost()
    {
        Write(DataFiles.Projects, """[{"id":"alpha","status":"active"}]""");
        var entered = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        var slow = new GatedStep(entered, gate.Task);
        await using var workspace = new Workspace(directory, new WorkspaceOptions { Time = time, Environment = _ => null, Steps = [slow, new Core.Sync.Steps.ProjectsStep()] });

        Task<SyncStatus> run = workspace.Sync.RunAsync("manual");
        await entered.Task;
        BoardChange? changed = await workspace.Projects.MoveAsync(new BoardMove("alpha", "paused"));
        gate.SetResult();
        await run;

        Assert.Equal("paused", Assert.Single(changed!.After).Status);
        Assert.Equal("paused", workspace.Store.Read(ProjectDocuments.Projects).Value!.Find("alpha")!.Status);
        Assert.Equal("paused", workspace.Current!.Project("alpha")!.Status);
        Assert.Null(await workspace.Projects.MoveAsync(new BoardMove("nowhere", "paused")));
    }

    [Fact]
    public async Task SaveAlertsAsync_NewBudget_ShowsAtOnceAndEveryTime()
    {
        Record(Row("2026-11-20", 50));
        var shown = new List<decimal?>();
        await using Workspace workspace = Open(s => shown.Add(s.Analytics.Total.Month.Budget));
        workspace.Load();

        await workspace.SaveAlertsAsync(new AlertsConfig { GlobalBudget = 60 });

        Assert.Equal([200m, 60m], shown);
        Assert.Equal(["global-75"], workspace.Current!.ActiveAlerts.Select(a => a.Key));
    }

    [Fact]
    public async Task ShowDemoAsync_AndBack_SwitchesTheStateAndLeavesNothing()
    {
        Record(Row("2026-11-20", 50));
        var state = new DashboardState(time);
        await using var host = new WorkspaceHost(directory, state, new WorkspaceOptions { Time = time, Environment = _ => null });
        host.Own.Load();
        Dictionary<string, (DateTime, string)> before = Files();

        await host.ShowDemoAsync();
        DashboardSnapshot demo = state.Current;
        await host.SyncNowAsync("manual");
        await host.ShowOwnDataAsync();

        Assert.True(demo.IsDemo);
        Assert.True(demo.Projects.Count > 5);
        Assert.False(Directory.Exists(demo.DataDirectory));
        Assert.Equal((false, 50m), (state.Current.IsDemo, state.Current.Analytics.Total.Month.Spend));
        Assert.Equal(before, Files());
    }

    [Fact]
    public async Task RunAsync_AfterAProcessWasKilledInARun_SaysWhatHappenedAndCompletes()
    {
        using (var killed = new KilledProcess("sync", directory.Root))
        {
            killed.KillAfter(1, TimeSpan.Zero);
        }

        Write(DataFiles.Tokens, """{"entries":[{"date":"2026-11-19","project":"alpha","cost":1.5,"tokensIn":5,"tokensOut":6,"model":"claude-opus-4-5"}]}""");
        using DataDirectoryLock held = DataDirectoryLock.Acquire(directory, new LockHolder(Environment.ProcessId, null, null));
        await using Workspace workspace = Open();

        SyncStatus before = workspace.Load().Status;
        SyncStatus after = await workspace.Sync.RunAsync("start");

        Assert.Equal((SyncOutcome.Error, "The program ended during this run. The next sync completes it."), (before.Status, before.Error));
        Assert.Equal((SyncOutcome.Success, null, null), (after.Status, after.Error, after.Running));
        Assert.Equal(["start success", "schedule error"], after.RecentRuns.Select(r => $"{r.Trigger} {r.Status}"));
        Assert.Equal(1.5m, workspace.Current!.Analytics.Total.Month.Spend);
    }

    [Fact]
    public async Task RunAsync_OverSomeDays_WritesASnapshotOfEachProjectPerDay()
    {
        Write(DataFiles.Projects, """[{"id":"alpha","name":"Alpha","progress":40},{"id":"ghost","hidden":true}]""");
        Write(DataFiles.Quality, """[{"project":"alpha","date":"2026-11-20","openIssues":3}]""");
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");
        time.Advance(TimeSpan.FromDays(1));
        await workspace.Sync.RunAsync("manual");
        await workspace.Sync.RunUsageOnlyAsync("watch");

        Assert.Equal(
            ["""{"date":"2026-11-21","project":"alpha","status":"active","progress":40}""", """{"date":"2026-11-22","project":"alpha","status":"active","progress":40}"""],
            await File.ReadAllLinesAsync(directory.PathOf("history/projects-2026-11.jsonl")));
        Assert.Equal(2, (await File.ReadAllLinesAsync(directory.PathOf("history/quality-2026-11.jsonl"))).Length);
    }

    [Fact]
    public async Task Load_AfterARestart_StillSaysWhatIsWrongWithProjects()
    {
        string shop = Path.Combine(root, "shop");
        Directory.CreateDirectory(shop);
        await File.WriteAllTextAsync(Path.Combine(shop, "package.json"), "{");
        Write(DataFiles.Projects, JsonSerializer.Serialize(new object[] { new { id = "shop", path = shop }, new { id = "gone", path = Path.Combine(root, "gone") } }));
        await using (Workspace first = Open())
        {
            await first.Sync.RunAsync("manual");
        }

        await using Workspace restarted = Open();
        DashboardSnapshot snapshot = restarted.Load();

        Assert.Contains(snapshot.Project("shop")!.Reasons, r => r.StartsWith("package.json does not parse", StringComparison.Ordinal));
        Assert.Equal((true, false), (snapshot.Project("shop")!.PathExists, snapshot.Project("gone")!.PathExists));
        Assert.Equal([$"{Path.Combine(root, "gone")} is no longer there."], snapshot.Project("gone")!.Reasons);

        // Mended: nothing of it stays.
        await File.WriteAllTextAsync(Path.Combine(shop, "package.json"), "{}");
        Directory.CreateDirectory(Path.Combine(root, "gone"));
        await restarted.Sync.RunAsync("manual");
        Assert.DoesNotContain(restarted.Current!.Project("shop")!.Reasons, r => r.Contains("package.json", StringComparison.Ordinal));
        Assert.True(restarted.Current.Project("gone")!.PathExists);
    }

    [Fact]
    public async Task RunAsync_RootThatIsNotThere_Warns()
    {
        Write(DataFiles.Sources, """{"claudeCode":{"enabled":false},"projects":{"roots":["/nowhere/at/all"]}}""");
        await using Workspace workspace = Open();

        SyncStatus status = await workspace.Sync.RunAsync("manual");

        SyncStepStatus step = status.Steps.Single(s => s.Name == SyncStepNames.Projects);
        Assert.Equal((SyncOutcome.Success, SyncOutcome.Warning), (status.Status, step.Status));
        Assert.Equal("projects.roots[0] of config/sources.json: /nowhere/at/all does not exist.", step.Error);
    }

    private Dictionary<string, (DateTime, string)> Files() => Directory.EnumerateFiles(directory.Root, "*", SearchOption.AllDirectories)
        .Select(f => (Name: Path.GetRelativePath(directory.Root, f).Replace('\\', '/'), Path: f))
        .Where(f => f.Name != DataFiles.SyncStatus)
        .ToDictionary(f => f.Name, f => (File.GetLastWriteTimeUtc(f.Path), File.ReadAllText(f.Path)));

    private sealed class GatedStep(TaskCompletionSource entered, Task gate) : ISyncStep
    {
        public string Name => SyncStepNames.Tokens;

        public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
        {
            entered.SetResult();
            await gate;
            return new SyncStepResult(SyncOutcome.Success, 0);
        }
    }
}
