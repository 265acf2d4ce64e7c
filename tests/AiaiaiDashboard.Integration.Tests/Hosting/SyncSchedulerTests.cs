using System.Globalization;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Sync.Scheduling;
using AiaiaiDashboard.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiaiaiDashboard.Integration.Tests.Hosting;

public sealed class SyncSchedulerTests : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly string root = Directory.CreateTempSubdirectory("scheduler-").FullName;
    private readonly SleepingTime time = new(Noon);
    private readonly CountingStep step;
    private readonly SyncTimetable timetable;
    private readonly WorkspaceHost workspaces;
    private readonly DataDirectory data;
    private SyncScheduler? scheduler;

    public SyncSchedulerTests()
    {
        data = new DataDirectory(root);
        step = new CountingStep(time);
        timetable = new SyncTimetable(time);
        workspaces = new WorkspaceHost(data, new DashboardState(time), new WorkspaceOptions { Time = time, Environment = _ => null, Steps = [step], Sync = new SyncManagerOptions { Timetable = timetable } });
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (scheduler is not null)
        {
            await scheduler.StopAsync(CancellationToken.None);
        }

        await workspaces.DisposeAsync();
    }

    public void Dispose()
    {
        scheduler?.Dispose();
        Directory.Delete(root, recursive: true);
    }

    private async Task StartAsync(string config)
    {
        Configure(config);
        workspaces.Own.Load();
        scheduler = new SyncScheduler(workspaces, timetable, new StartedLifetime(), time, NullLogger<SyncScheduler>.Instance);
        await scheduler.StartAsync(CancellationToken.None);
    }

    private void Configure(string config)
    {
        Directory.CreateDirectory(Path.Combine(root, "config"));
        File.WriteAllText(data.PathOf(DataFiles.Sync), config);
    }

    // Lets the scheduler sleep through its sleeps, until so many runs were made.
    private async Task<string[]> RunsAsync(int count)
    {
        TimeSpan sleep = await time.NextSleepAsync();
        while (step.Runs.Count < count)
        {
            time.Advance(sleep);
            sleep = await time.NextSleepAsync();
        }

        time.PutBack(sleep);

        return [.. step.Runs.Take(count).Select(r => r.ToString("HH:mm", CultureInfo.InvariantCulture))];
    }

    [Fact]
    public async Task Scheduler_Cron_RunsAtItsTimes()
    {
        await StartAsync("""{"cron":"*/20 * * * *","timeZone":"UTC","onStart":false}""");

        Assert.Equal(["12:20", "12:40", "13:00"], await RunsAsync(3));
    }

    [Fact]
    public async Task Scheduler_OnStart_RunsAtOnceThenOnSchedule()
    {
        await StartAsync("""{"cron":"*/20 * * * *","timeZone":"UTC","onStart":true}""");

        Assert.Equal(["12:00", "12:20"], await RunsAsync(2));
        Assert.Equal("start", workspaces.Own.Sync.Status.RecentRuns[^1].Trigger);
    }

    [Fact]
    public async Task Scheduler_MissedWhileStopped_RunsOnceAtStart()
    {
        await workspaces.Own.Store.WriteAsync(SyncDocuments.Status, new SyncStatus { LastSync = Noon.AddHours(-5), Status = SyncOutcome.Success });

        await StartAsync("""{"cron":"*/20 * * * *","timeZone":"UTC","onStart":false}""");

        Assert.Equal(["12:00", "12:20"], await RunsAsync(2));
    }

    [Fact]
    public async Task Scheduler_ConfigurationEdited_FollowsItWithoutARestart()
    {
        await StartAsync("""{"cron":"0 * * * *","timeZone":"UTC","onStart":false}""");
        await RunsAsync(1);

        Configure("""{"cron":"*/10 * * * *","timeZone":"UTC","onStart":false}""");

        Assert.Equal(["13:00", "13:10", "13:20"], await RunsAsync(3));
    }

    [Fact]
    public async Task Scheduler_FailingRuns_BackOffAndGoOn()
    {
        step.Fails = true;
        await StartAsync("""{"cron":"* * * * *","timeZone":"UTC","onStart":false}""");

        // After 1, 2, 3 failures the next begins 1, 2, 4 minutes later at the earliest.
        Assert.Equal(["12:01", "12:02", "12:04", "12:08"], await RunsAsync(4));
        // And the status says so: 8 minutes from 12:08 on.
        Assert.Equal("12:16", workspaces.Own.Sync.Status.NextSync?.ToString("HH:mm", CultureInfo.InvariantCulture));
        step.Fails = false;
        await workspaces.Own.Sync.RunAsync("manual");
        Assert.Equal("12:09", workspaces.Own.Sync.Status.NextSync?.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Scheduler_ScheduleEdited_StatusTellsTheNewNextRun()
    {
        await StartAsync("""{"cron":"0 * * * *","timeZone":"UTC","onStart":false}""");
        await RunsAsync(1);
        Configure("""{"cron":"5 * * * *","timeZone":"UTC","onStart":false}""");

        Assert.Equal("13:05", workspaces.Own.Refresh().Status.NextSync?.ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Scheduler_ClockSetBackAfterFailures_GoesOnByTheNewClock()
    {
        step.Fails = true;
        await StartAsync("""{"cron":"*/20 * * * *","timeZone":"UTC","onStart":false}""");
        Assert.Equal(["12:20"], await RunsAsync(1));
        step.Fails = false;

        time.Jump(Noon.AddHours(-3));

        Assert.Equal(["12:20", "09:20", "09:40"], await RunsAsync(3));
    }

    [Theory]
    [InlineData("runOnce", "12:20 18:03 18:20")]
    [InlineData("skip", "12:20 18:20 18:40")]
    public async Task Scheduler_ClockJumpsForward_FollowsThePolicy(string policy, string expected)
    {
        await StartAsync($$"""{"cron":"*/20 * * * *","timeZone":"UTC","onStart":false,"missedRuns":"{{policy}}"}""");
        await RunsAsync(1);

        // As after a night of sleep: the timer goes on where it was.
        time.Jump(Noon.AddHours(6).AddMinutes(2));

        Assert.Equal(expected.Split(' '), await RunsAsync(3));
    }

    // Berlin, 2026-10-25: 02:59:59 CEST (00:59:59 UTC) is followed by 02:00:00 CET (01:00 UTC).
    //
    //   UTC      00:00   00:30   01:00   01:30   02:00
    //   Berlin   02:00   02:30   02:00   02:30   03:00
    [Theory]
    [InlineData("""{"cron":"*/30 * * * *","timeZone":"Europe/Berlin","onStart":false}""", "00:00 00:30 01:00 01:30")] // every true half hour
    [InlineData("""{"cron":"30 2 * * *","timeZone":"Europe/Berlin","onStart":false}""", "00:30 01:30 01:30 01:30")] // the first 02:30, then daily at 01:30 UTC
    [InlineData("""{"intervalMinutes":45,"timeZone":"Europe/Berlin","onStart":false}""", "00:00 00:45 01:30 02:15")] // true minutes from the epoch
    public async Task Scheduler_NightOfTheClockChange_RunsAtItsTimes(string config, string expected)
    {
        time.Jump(new DateTimeOffset(2026, 10, 24, 23, 59, 0, TimeSpan.Zero));
        await StartAsync(config);

        Assert.Equal(expected.Split(' '), await RunsAsync(4));
    }

    private sealed class CountingStep(TimeProvider time) : ISyncStep
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<DateTimeOffset> runs = new();

        public bool Fails { get; set; }

        public IReadOnlyCollection<DateTimeOffset> Runs => runs;

        public string Name => SyncStepNames.Tokens;

        public Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
        {
            runs.Enqueue(time.GetUtcNow());
            return Fails ? throw new IOException("no") : Task.FromResult(new SyncStepResult(SyncOutcome.Success, 0));
        }
    }
}
