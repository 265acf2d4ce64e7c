using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiaiaiDashboard.Integration.Tests.Hosting;

/// <summary>When the watcher does what, with a clock of its own and changes that the test tells.</summary>
public sealed class ChangeWatcherTimingTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly string root = Directory.CreateTempSubdirectory("watcher-").FullName;
    private readonly SleepingTime time = new(Noon);
    private readonly DataDirectory data;
    private readonly DashboardState state;
    private readonly GatedStep step;
    private readonly WorkspaceHost workspaces;
    private readonly ChangeWatcher watcher;
    private readonly List<string> watched = [];
    private Action<string>? usageChanged;
    private Action<string>? configChanged;
    private Action<string>? documentsChanged;

    public ChangeWatcherTimingTests()
    {
        data = new DataDirectory(Path.Combine(root, "data"));
        state = new DashboardState(time);
        step = new GatedStep(time);
        Directory.CreateDirectory(data.PathOf("config"));
        Directory.CreateDirectory(Path.Combine(root, ".claude", "projects"));
        workspaces = new WorkspaceHost(data, state, new WorkspaceOptions { Time = time, Environment = name => name == "HOME" ? root : null, Steps = [step] });
        watcher = new ChangeWatcher(workspaces, new StartedLifetime(), time, NullLogger<ChangeWatcher>.Instance, Create);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await watcher.StopAsync(CancellationToken.None);
        await workspaces.DisposeAsync();
    }

    public void Dispose()
    {
        watcher.Dispose();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Watcher_SwitchedOff_WatchesNothingUntilItIsSwitchedOn()
    {
        Configure("""{"watch":false}""");
        await StartAsync();

        Assert.Equal(TimeSpan.FromMinutes(1), await time.NextSleepAsync());
        Assert.Empty(watched);
        Configure("""{"watch":true}""");
        workspaces.Own.Refresh();
        time.Advance(TimeSpan.FromMinutes(1));
        await time.NextSleepAsync();

        Assert.Equal(3, watched.Count);
    }

    [Fact]
    public async Task Watcher_SessionAtWork_SyncsEveryFiveSecondsAtMost()
    {
        await StartAsync();

        while (step.Runs.Count < 4)
        {
            usageChanged!("a.jsonl");
            await PassAsync(TimeSpan.FromMilliseconds(100));
        }

        Assert.All(Gaps([Noon, .. step.Runs]), gap => Assert.True(gap >= 5, $"{gap} s"));
    }

    [Fact]
    public async Task Watcher_SyncsFail_BacksOffUntilTheConfigurationChanges()
    {
        step.Fails = true;
        await StartAsync();
        usageChanged!("a.jsonl");
        for (int run = 1; run <= 4; run++)
        {
            await PassUntilAsync(() => step.Runs.Count == run);
            usageChanged!("a.jsonl");
        }

        Assert.Equal([5.0, 10.0, 20.0], Gaps(step.Runs).Select(g => Math.Floor(g / 5) * 5));
        DateTimeOffset mended = time.GetUtcNow();
        configChanged!("alerts.json");
        await PassUntilAsync(() => step.Runs.Count == 5);
        Assert.InRange((step.Runs[4] - mended).TotalSeconds, 0, 3);
    }

    [Fact]
    public async Task Watcher_ChangeDuringARun_IsReadByAnotherOne()
    {
        step.Gate = new TaskCompletionSource();
        await StartAsync();
        Task<SyncStatus> manual = workspaces.Own.Sync.RunAsync("manual");
        usageChanged!("a.jsonl");
        for (int second = 0; second < 5; second++)
        {
            await PassAsync(TimeSpan.FromSeconds(1));
        }

        step.Gate.SetResult();
        await manual;
        await PassUntilAsync(() => step.Runs.Count == 2);

        Assert.Equal(["watch", "manual"], workspaces.Own.Sync.Status.RecentRuns.Select(r => r.Trigger));
    }

    [Fact]
    public async Task Watcher_AlertsEditedDuringALongRun_ShowsWithinTwoSeconds()
    {
        step.Gate = new TaskCompletionSource();
        await StartAsync();
        Task<SyncStatus> manual = workspaces.Own.Sync.RunAsync("manual");
        await File.WriteAllTextAsync(data.PathOf(DataFiles.Alerts), """{"globalBudget":60}""");
        DateTimeOffset edited = time.GetUtcNow();

        configChanged!("alerts.json");
        await PassUntilAsync(() => state.Current.Alerts.GlobalBudget == 60);
        Assert.InRange((time.GetUtcNow() - edited).TotalSeconds, 0, 2);
        step.Gate.SetResult();
        await manual;

        // What the run loaded at its beginning must not come back.
        Assert.Equal(60, state.Current.Alerts.GlobalBudget);
    }

    [Fact]
    public async Task Watcher_OwnWritesAndOtherDocuments_PublishNothing()
    {
        await File.WriteAllTextAsync(data.PathOf(DataFiles.Projects), """[{"id":"a","name":"A"}]""");
        await StartAsync();
        await workspaces.Own.Projects.EditAsync("a", new ProjectEdit { Name = "A" }, new ProjectEdit { Name = "B" });
        DashboardSnapshot shown = state.Current;
        Assert.Equal("B", Assert.Single(shown.Projects).Name);

        for (int write = 0; write < 5; write++)
        {
            documentsChanged!(DataFiles.Projects);
            documentsChanged!(DataFiles.SyncStatus);
            await PassAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Same(shown, state.Current);
        Assert.Empty(step.Runs);
    }

    private void Configure(string sync) => File.WriteAllText(data.PathOf(DataFiles.Sync), sync);

    private async Task StartAsync()
    {
        workspaces.Own.Load();
        await watcher.StartAsync(CancellationToken.None);
        TimeSpan first = await time.NextSleepAsync();
        time.PutBack(first);
    }

    private static IEnumerable<double> Gaps(IReadOnlyList<DateTimeOffset> runs) => runs.Zip(runs.Skip(1), (a, b) => (b - a).TotalSeconds);

    private async Task PassUntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await PassAsync(TimeSpan.FromMilliseconds(250));
        }
    }

    // Lets time pass once the watcher sleeps with nothing left to look at and, where nothing holds it, the sync has ended.
    private async Task PassAsync(TimeSpan span)
    {
        await Task.Yield();
        while (!IsAtRest())
        {
            await Task.Yield();
        }

        time.Advance(span);
    }

    // One and the same wait before and after the look at the sync: in between the watcher cannot have done anything.
    private bool IsAtRest()
    {
        int rest = watcher.Rest;
        bool held = step.Gate is { Task.IsCompleted: false };
        return rest > 0 && (held || !workspaces.Own.Sync.IsRunning) && rest == watcher.Rest;
    }

    private NoWatch Create(string folder, bool withSubfolders, Action<string> changed, Action<Exception> failed)
    {
        watched.Add(folder);
        if (withSubfolders)
        {
            usageChanged = name => changed(Path.Combine(folder, name));
        }
        else if (folder == data.Root)
        {
            documentsChanged = name => changed(Path.Combine(folder, name));
        }
        else
        {
            configChanged = name => changed(Path.Combine(folder, name));
        }

        return new NoWatch();
    }

    private sealed class NoWatch : IDisposable
    {
        public void Dispose()
        {
        }
    }

    private sealed class GatedStep(TimeProvider time) : ISyncStep
    {
        private readonly List<DateTimeOffset> runs = [];

        public bool Fails { get; set; }

        public TaskCompletionSource? Gate { get; set; }

        public IReadOnlyList<DateTimeOffset> Runs
        {
            get
            {
                lock (runs)
                {
                    return [.. runs];
                }
            }
        }

        public string Name => SyncStepNames.Tokens;

        public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
        {
            lock (runs)
            {
                runs.Add(time.GetUtcNow());
            }

            if (Gate is { } gate)
            {
                await gate.Task.WaitAsync(ct);
            }

            return Fails ? throw new IOException("no") : new SyncStepResult(SyncOutcome.Success, 0);
        }
    }
}
