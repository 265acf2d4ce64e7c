using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Sync;

public sealed class SyncManagerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private readonly string root = Directory.CreateTempSubdirectory("sync-manager-").FullName;
    private readonly FakeTimeProvider time = new(Now);
    private readonly DocumentStore store;

    public SyncManagerTests() => store = new DocumentStore(new DataDirectory(root));

    public void Dispose() => Directory.Delete(root, recursive: true);

    private SyncManager Manager(SyncManagerOptions? options, params ISyncStep[] steps) => new(store, steps, time, NullLogger.Instance, options);

    [Fact]
    public async Task RunAsync_FiftyCallersAtOnce_MakeOneRun()
    {
        var gate = new TaskCompletionSource();
        var step = new ScriptedStep("tokens", async (_, _) => { await gate.Task; return Ok(3); });
        await using SyncManager manager = Manager(null, step);

        var calls = new Task<SyncStatus>[50];
        using var together = new Barrier(calls.Length);
        Thread[] callers = [.. Enumerable.Range(0, calls.Length).Select(i => new Thread(() =>
        {
            together.SignalAndWait();
            calls[i] = manager.RunAsync("api");
        }))];
        Array.ForEach(callers, c => c.Start());
        Array.ForEach(callers, c => c.Join());
        gate.SetResult();
        SyncStatus[] results = await Task.WhenAll(calls);

        Assert.Equal(1, step.Runs);
        Assert.All(results, r => Assert.Same(results[0], r));
        Assert.Single(results[0].RecentRuns);
    }

    [Fact]
    public async Task RunAsync_OneStepThrows_OthersRunAndRunIsPartial()
    {
        var failing = new ScriptedStep("tokens", (_, _) => throw new InvalidDataException("tokens.json, line 3: not a number"));
        var working = new ScriptedStep("projects", (_, _) => Task.FromResult(Ok(2)));
        await using SyncManager manager = Manager(null, failing, working);

        SyncStatus status = await manager.RunAsync("manual");

        Assert.Equal(SyncOutcome.Partial, status.Status);
        Assert.Equal(["error", "success"], status.Steps.Select(s => s.Status));
        Assert.Equal("tokens.json, line 3: not a number", status.Steps[0].Error);
        Assert.Contains("tokens.json, line 3", status.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("success", "success,success")]
    [InlineData("success", "warning,skipped")]
    [InlineData("success", "skipped,skipped")]
    [InlineData("partial", "error,warning")]
    [InlineData("error", "error,error")]
    [InlineData("error", "error,skipped")]
    public async Task RunAsync_Outcomes_FollowTheSteps(string run, string steps)
    {
        ISyncStep[] scripted = [.. steps.Split(',').Select((s, i) => (ISyncStep)new ScriptedStep(SyncStepNames.All[i], (_, _) => Task.FromResult(new SyncStepResult(s, 0))))];
        await using SyncManager manager = Manager(null, scripted);

        Assert.Equal(run, (await manager.RunAsync("manual")).Status);
    }

    [Fact]
    public async Task RunAsync_StepHangs_IsCancelledAtItsLimitAndNextStepRuns()
    {
        var entered = new TaskCompletionSource();
        var hanging = new ScriptedStep("tokens", async (_, ct) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return Ok(0);
        });
        var after = new ScriptedStep("projects", (_, _) => Task.FromResult(Ok(1)));
        await using SyncManager manager = Manager(new SyncManagerOptions { StepTimeLimit = TimeSpan.FromSeconds(30) }, hanging, after);

        Task<SyncStatus> run = manager.RunAsync("schedule");
        await entered.Task;
        time.Advance(TimeSpan.FromSeconds(30));
        SyncStatus status = await run;

        Assert.Equal("Cancelled at its time limit of 30 s.", status.Steps[0].Error);
        Assert.Equal(SyncOutcome.Success, status.Steps[1].Status);
    }

    [Fact]
    public async Task RunAsync_TimeLimitConfigured_IsKeptAndNamed()
    {
        Directory.CreateDirectory(Path.Combine(root, "config"));
        await File.WriteAllTextAsync(Path.Combine(root, "config", "sync.json"), """{"timeZone":"UTC","stepTimeoutMinutes":2}""");
        var entered = new TaskCompletionSource();
        var hanging = new ScriptedStep("tokens", async (_, ct) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return Ok(0);
        });
        await using SyncManager manager = Manager(null, hanging);

        Task<SyncStatus> run = manager.RunAsync("schedule");
        await entered.Task;
        time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(run.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        SyncStatus status = await run;

        Assert.Equal("Cancelled at its time limit of 2 min. Where that is too short, raise stepTimeoutMinutes in config/sync.json.", status.Steps[0].Error);
    }

    [Fact]
    public async Task RunUsageOnlyAsync_ManyFollowingChanges_StandAsOneInTheHistory()
    {
        bool fails = false;
        var step = new ScriptedStep("tokens", (_, _) => fails ? throw new IOException("no") : Task.FromResult(Ok(1)));
        await using SyncManager manager = Manager(null, step);
        await manager.RunAsync("manual");
        for (int i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            await manager.RunUsageOnlyAsync("watch");
        }

        fails = true;
        await manager.RunUsageOnlyAsync("watch");
        fails = false;
        SyncStatus status = await manager.RunUsageOnlyAsync("watch");

        Assert.Equal(["watch success", "watch error", "watch success", "manual success"], status.RecentRuns.Select(r => $"{r.Trigger} {r.Status}"));
        Assert.Equal(Now.AddMinutes(5), status.RecentRuns[2].StartedAt);
    }

    [Fact]
    public async Task RunAsync_StepIgnoresCancellation_IsGivenUpAndNotStartedTwice()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        var deaf = new ScriptedStep("tokens", async (_, _) =>
        {
            entered.TrySetResult();
            await release.Task;
            return Ok(0);
        });
        await using SyncManager manager = Manager(new SyncManagerOptions { StepTimeLimit = TimeSpan.FromSeconds(30), StopGrace = TimeSpan.FromSeconds(3) }, deaf);

        Task<SyncStatus> run = manager.RunAsync("schedule");
        await entered.Task;
        time.Advance(TimeSpan.FromSeconds(30));
        SyncStatus first = await AdvanceUntilDone(run, TimeSpan.FromSeconds(3));
        SyncStatus second = await manager.RunAsync("schedule");
        release.SetResult();

        Assert.Contains("has not stopped yet", first.Steps[0].Error, StringComparison.Ordinal);
        Assert.Contains("still not stopped", second.Steps[0].Error, StringComparison.Ordinal);
        Assert.Equal(1, deaf.Runs);
    }

    [Fact]
    public async Task RunAsync_CallerCancels_RunGoesOnForTheOthers()
    {
        var gate = new TaskCompletionSource();
        var step = new ScriptedStep("tokens", async (_, ct) => { await gate.Task.WaitAsync(ct); return Ok(1); });
        await using SyncManager manager = Manager(null, step);
        using var impatient = new CancellationTokenSource();

        Task<SyncStatus> first = manager.RunAsync("api", impatient.Token);
        Task<SyncStatus> second = manager.RunAsync("manual");
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult();

        Assert.Equal(SyncOutcome.Success, (await second).Status);
    }

    [Fact]
    public async Task RunAsync_DuringUsageOnlyRun_FollowsWithAllSteps()
    {
        var gate = new TaskCompletionSource();
        var tokens = new ScriptedStep("tokens", async (_, _) => { await gate.Task; return Ok(1); });
        var projects = new ScriptedStep("projects", (_, _) => Task.FromResult(Ok(1)));
        await using SyncManager manager = Manager(null, tokens, projects);

        Task<SyncStatus> watch = manager.RunUsageOnlyAsync("watch");
        Task<SyncStatus> full = manager.RunAsync("manual");
        Task<SyncStatus> joining = manager.RunUsageOnlyAsync("watch");
        gate.SetResult();
        await Task.WhenAll(watch, full, joining);

        Assert.Equal((2, 1), (tokens.Runs, projects.Runs));
        Assert.Same(await watch, await joining);
    }

    [Fact]
    public async Task RunUsageOnlyAsync_AfterFailedFullRun_KeepsWhatTheOtherStepsSaid()
    {
        var tokens = new ScriptedStep("tokens", (_, _) => Task.FromResult(Ok(1)));
        var projects = new ScriptedStep("projects", (_, _) => throw new IOException("projects.json: cannot be read"));
        await using SyncManager manager = Manager(null, tokens, projects);
        await manager.RunAsync("manual");

        SyncStatus status = await manager.RunUsageOnlyAsync("watch");

        Assert.Equal(SyncOutcome.Partial, status.Status);
        Assert.Equal(SyncOutcome.Success, status.RecentRuns[0].Status);
        Assert.Equal("projects.json: cannot be read", status.Steps[1].Error);
    }

    [Fact]
    public async Task StopAsync_DuringRun_RecordsThatItWasCutOff()
    {
        var entered = new TaskCompletionSource();
        var step = new ScriptedStep("tokens", async (_, ct) =>
        {
            entered.SetResult();
            await Task.Delay(Timeout.Infinite, ct);
            return Ok(0);
        });
        SyncManager manager = Manager(null, step, new ScriptedStep("projects", (_, _) => Task.FromResult(Ok(1))));

        Task<SyncStatus> run = manager.RunAsync("schedule");
        await entered.Task;
        await manager.DisposeAsync();
        SyncStatus status = await run;

        Assert.Equal(SyncOutcome.Error, status.Status);
        Assert.StartsWith("The sync was stopped before it was complete.", status.Error, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => { _ = manager.RunAsync("api"); });
    }

    [Fact]
    public async Task StopAsync_StepIgnoresCancellation_WaitsNoLongerThanItsLimit()
    {
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        SyncManager manager = Manager(null, new ScriptedStep("tokens", async (_, _) =>
        {
            entered.SetResult();
            await release.Task;
            return Ok(0);
        }));
        Task<SyncStatus> run = manager.RunAsync("schedule");
        await entered.Task;

        Task stop = manager.StopAsync(TimeSpan.FromSeconds(4));
        Assert.False(stop.IsCompleted);
        while (!stop.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Contains("has not stopped yet", (await AdvanceUntilDone(run, TimeSpan.FromSeconds(3))).Steps[0].Error, StringComparison.Ordinal);
        release.SetResult();
    }

    [Fact]
    public async Task RunAsync_EarlierProcessWasKilledDuringARun_SaysSoInTheHistory()
    {
        var killed = new SyncStatus { Status = SyncOutcome.Success, Running = new SyncRunMark(Now.AddMinutes(-5), "schedule", Pid: int.MaxValue) };
        await store.WriteAsync(SyncDocuments.Status, killed);
        await using SyncManager manager = Manager(null, new ScriptedStep("tokens", (_, _) => Task.FromResult(Ok(1))));

        Assert.Equal(SyncOutcome.Error, manager.Status.Status);
        SyncStatus status = await manager.RunAsync("start");

        Assert.Equal(SyncOutcome.Success, status.Status);
        Assert.Equal(["success", "error"], status.RecentRuns.Select(r => r.Status));
        Assert.Contains("ended during this run", status.RecentRuns[1].Error, StringComparison.Ordinal);
        Assert.Null(status.Running);
    }

    [Fact]
    public async Task RunAsync_ManyRuns_HistoryStaysBounded()
    {
        await using SyncManager manager = Manager(null, new ScriptedStep("tokens", (_, _) => Task.FromResult(Ok(1))));
        SyncStatus status = new();
        for (int i = 0; i < SyncStatus.MaxRecentRuns + 5; i++)
        {
            status = await manager.RunAsync("schedule");
        }

        Assert.Equal(SyncStatus.MaxRecentRuns, status.RecentRuns.Count);
    }

    [Fact]
    public async Task Report_ManyUnits_PassesAtMostTenASecondOn()
    {
        var published = new List<SyncProgress?>();
        var step = new ScriptedStep("tokens", (context, _) =>
        {
            for (int i = 1; i <= 1000; i++)
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                context.Report(i, 1000, "files");
            }

            return Task.FromResult(Ok(1000));
        });
        await using SyncManager manager = Manager(new SyncManagerOptions { OnProgress = published.Add }, step);

        await manager.RunAsync("manual");

        Assert.Equal(12, published.Count);
        Assert.Null(published[^1]);
        Assert.Equal(1.0, published[^2]!.Fraction);
        Assert.Null(manager.Progress);
    }

    private async Task<SyncStatus> AdvanceUntilDone(Task<SyncStatus> run, TimeSpan step)
    {
        while (!run.IsCompleted)
        {
            time.Advance(step);
            await Task.Yield();
        }

        return await run;
    }

    private static SyncStepResult Ok(long items) => new(SyncOutcome.Success, items);

    private sealed class ScriptedStep(string name, Func<SyncContext, CancellationToken, Task<SyncStepResult>> script) : ISyncStep
    {
        private int runs;

        public string Name => name;

        public int Runs => runs;

        public Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
        {
            Interlocked.Increment(ref runs);
            return script(context, ct);
        }
    }
}
