using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>Executes one run: context, steps in order, status. Its caller sees to it that no two runs overlap.</summary>
internal sealed class SyncRunner(
    DocumentStore store,
    IReadOnlyList<ISyncStep> steps,
    SyncStatusLog statusLog,
    TimeProvider time,
    ILogger log,
    SyncManagerOptions options)
{
    private readonly SyncStepExecutor executor = new(time, log, options);
    private readonly ConfigHealth configHealth = new();
    private readonly Lock configGate = new();
    private DashboardConfig? config;
    private ProjectList lastProjects = [];
    private volatile SyncProgress? progress;

    /// <summary>Where the running sync is; null when none runs.</summary>
    public SyncProgress? Progress => progress;

    /// <summary>The status with the next run of the schedule as it is now: a schedule may be edited at any time.</summary>
    public SyncStatus Status => options.Timetable is { } timetable ? statusLog.Current with { NextSync = timetable.Next((config ?? LoadConfig()).Sync) } : statusLog.Current;

    /// <summary>Loads the configuration; what is broken keeps its last good value.</summary>
    public DashboardConfig LoadConfig()
    {
        lock (configGate)
        {
            config = DashboardConfig.Load(store, config);
            configHealth.Observe(config);
            return config;
        }
    }

    /// <summary>Runs the steps. Failures of steps are part of the status; it throws only for a fault of this program.</summary>
    public async Task<SyncStatus> RunAsync(string trigger, bool usageOnly, CancellationToken stopping)
    {
        DateTimeOffset startedAt = time.GetUtcNow();
        long started = time.GetTimestamp();
        int count = usageOnly ? steps.Count(s => SyncStepNames.UsageOnly.Contains(s.Name)) : steps.Count;
        var meter = new ProgressMeter(time, startedAt, count, options.ProgressInterval, Publish);
        log.LogInformation("Sync started by {Trigger}", trigger);
        try
        {
            SeenFiles? before = usageOnly || options.Environment is null ? null : SeenFiles.In(store.Directory);
            await BeginAsync(trigger, startedAt, stopping);
            SyncContext context = CreateContext(meter);
            options.OnStarting?.Invoke(context);

            var done = new List<SyncStepStatus>(steps.Count);
            foreach (ISyncStep step in steps.Where(s => !usageOnly || IsDueInUsageOnly(s, context)))
            {
                meter.StartStep(step.Name);
                done.Add(await executor.RunAsync(step, context, configHealth, stopping));
                context.Steps = InOrder(done);
            }

            RememberProjects(context);
            SyncStatus status = Summarise(trigger, startedAt, started, done, context, stopping.IsCancellationRequested);
            // The status of a run that was cut off is written too: that is what the next start shows.
            status = await statusLog.EndAsync(status, CancellationToken.None);
            NoteUnchanged(before, context, done);
            log.LogInformation("Sync ended: {Status} after {Milliseconds} ms", status.RecentRuns[0].Status, status.DurationMs);
            Complete(context, status);
            return status;
        }
        finally
        {
            Publish(null);
        }
    }

    private void NoteUnchanged(SeenFiles? before, SyncContext context, List<SyncStepStatus> done)
    {
        try
        {
            if (before is not null)
            {
                SyncStamp.AfterRun(before, context, done, options.Environment!);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(exception, "{File} could not be written", SyncStamp.File);
        }
    }

    // New usage may have brought a new project: its record and facts must not wait for the next full run.
    private static bool IsDueInUsageOnly(ISyncStep step, SyncContext context) =>
        SyncStepNames.UsageOnly.Contains(step.Name) || (step.Name == SyncStepNames.Projects && context.Catalogue.Changed);

    private void Publish(SyncProgress? value)
    {
        progress = value;
        options.OnProgress?.Invoke(value);
    }

    private async Task BeginAsync(string trigger, DateTimeOffset startedAt, CancellationToken stopping)
    {
        try
        {
            await statusLog.BeginAsync(trigger, startedAt, stopping);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or OperationCanceledException)
        {
            log.LogWarning(exception, "{File} could not be written at the start of the run", DataFiles.SyncStatus);
        }
    }

    private SyncContext CreateContext(ProgressMeter meter)
    {
        DashboardConfig loaded = LoadConfig();
        var context = new SyncContext(meter.Report)
        {
            Store = store,
            Config = loaded,
            Time = time,
            Zone = loaded.Sync.ResolveZone(time),
            Catalogue = new ProjectCatalogue(ReadProjects(), hideDiscovered: !loaded.Sources.Projects.DiscoverFromUsage),
            Log = log,
            Before = statusLog.Current,
            Steps = statusLog.Current.Steps,
        };
        context.Problems.AddRange(loaded.Problems);
        return context;
    }

    // A broken projects.json is the projects step's to report; ids go on being found as they were last known.
    private ProjectList ReadProjects()
    {
        DocumentRead<ProjectList> read = store.Read(ProjectDocuments.Projects);
        if (read.Problem is null)
        {
            lastProjects = read.Value ?? [];
        }

        return lastProjects;
    }

    private void RememberProjects(SyncContext context) => lastProjects = context.Catalogue.ToList();

    private void Complete(SyncContext context, SyncStatus status)
    {
        try
        {
            options.OnCompleted?.Invoke(context, status);
        }
        catch (Exception exception)
        {
            log.LogError(exception, "The results of the sync could not be shown");
        }
    }

    // What ended in this run, and for the other steps what the last one said.
    private SyncStepStatus[] InOrder(List<SyncStepStatus> done) => [.. steps
        .Select(step => done.Find(s => s.Name == step.Name) ?? statusLog.Current.Steps.FirstOrDefault(s => s.Name == step.Name))
        .OfType<SyncStepStatus>()];

    private SyncStatus Summarise(
        string trigger, DateTimeOffset startedAt, long started, List<SyncStepStatus> done, SyncContext context, bool cutOff)
    {
        SyncStatus before = statusLog.Current;
        long duration = (long)time.GetElapsedTime(started).TotalMilliseconds;
        // A usage-only run says nothing about the other steps: they keep what the last full run said.
        SyncStepStatus[] all = InOrder(done);
        string? cutOffReason = cutOff ? "The sync was stopped before it was complete." : null;
        var run = new SyncRunSummary
        {
            StartedAt = startedAt,
            Status = RunOutcome.Of(done, cutOff),
            DurationMs = duration,
            Trigger = trigger,
            Error = Sentences.Join(cutOffReason, RunOutcome.Reason(done)),
            Steps = [.. done.Select(SyncRunStep.Of)],
        };
        options.Timetable?.Note(run);
        return before with
        {
            LastSync = time.GetUtcNow(),
            Status = RunOutcome.Of(all, cutOff),
            DurationMs = duration,
            Error = Sentences.Join(cutOffReason, RunOutcome.Reason(all)),
            Steps = all,
            NextSync = options.Timetable?.Next(context.Config.Sync),
            Running = null,
            RecentRuns = SyncRunSummary.Prepend(run, before.RecentRuns),
        };
    }
}
