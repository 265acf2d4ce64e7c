using System.Globalization;
using AiaiaiDashboard.Core.Storage;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>Runs one step with its time limit and turns whatever comes of it into its status.</summary>
internal sealed class SyncStepExecutor(TimeProvider time, ILogger log, SyncManagerOptions options)
{
    // Steps that did not stop when they were told to, by name: they may still be writing, so they are not started a second time.
    private readonly Dictionary<string, Task> stuck = [];

    /// <summary>Runs <paramref name="step"/>; never throws for a failure of it.</summary>
    public async Task<SyncStepStatus> RunAsync(ISyncStep step, SyncContext context, ConfigHealth config, CancellationToken stopping)
    {
        long started = time.GetTimestamp();
        SyncStepResult result = WithSetAside(await ResultAsync(step, context, config, stopping), context);
        if (result.Status == SyncOutcome.Error)
        {
            log.LogError("Step {Step} failed: {Error}", step.Name, result.Error);
        }
        else if (result.Status == SyncOutcome.Warning)
        {
            log.LogWarning("Step {Step}: {Error}", step.Name, result.Error);
        }

        return new SyncStepStatus
        {
            Name = step.Name,
            Status = result.Status,
            DurationMs = (long)time.GetElapsedTime(started).TotalMilliseconds,
            Items = result.Items,
            Error = result.Error,
            Sources = result.Sources,
        };
    }

    // A derived document that was broken is built anew at once: this run says so, the next has nothing to say.
    private static SyncStepResult WithSetAside(SyncStepResult result, SyncContext context)
    {
        IReadOnlyList<FileProblem> setAside = context.Store.TakeSetAside();
        if (setAside.Count == 0)
        {
            return result;
        }

        context.Problems.AddRange(setAside);
        return result with
        {
            Status = result.Status == SyncOutcome.Error ? SyncOutcome.Error : SyncOutcome.Warning,
            Error = Sentences.Join(result.Error, string.Join(" ", setAside)),
        };
    }

    private async Task<SyncStepResult> ResultAsync(ISyncStep step, SyncContext context, ConfigHealth config, CancellationToken stopping)
    {
        if (stopping.IsCancellationRequested)
        {
            return Failure("Not run: the sync was stopped.");
        }

        if (stuck.TryGetValue(step.Name, out Task? earlier))
        {
            if (!earlier.IsCompleted)
            {
                return Failure("Not run: this step of an earlier sync has still not stopped. Restart the program.");
            }

            stuck.Remove(step.Name);
        }

        (bool mayRun, string? problem) = config.For(step.Name);
        if (!mayRun)
        {
            return Failure(problem!);
        }

        SyncStepResult result = await LimitedAsync(step, context, stopping);
        return problem is null ? result : result with { Status = SyncOutcome.Error, Error = Sentences.Join(problem, result.Error) };
    }

    private async Task<SyncStepResult> LimitedAsync(ISyncStep step, SyncContext context, CancellationToken stopping)
    {
        TimeSpan timeLimit = options.StepTimeLimit ?? TimeSpan.FromMinutes(context.Config.Sync.StepTimeoutMinutes);
        using var limit = new CancellationTokenSource(timeLimit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stopping, limit.Token);
        CancellationToken token = linked.Token;
        Task<SyncStepResult> work = Task.Run(() => step.RunAsync(context, token), CancellationToken.None);
        try
        {
            await WaitAsync(work, token);
            return work.IsCompleted ? await work : Abandon(step, work, CutOffReason(timeLimit, stopping));
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return Failure(CutOffReason(timeLimit, stopping));
        }
        catch (Exception exception)
        {
            log.LogError(exception, "Step {Step} threw", step.Name);
            return Failure(exception.Message);
        }
    }

    // Waits for the step; once it is told to stop, only for the grace.
    private async Task WaitAsync(Task work, CancellationToken token)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (token.UnsafeRegister(static s => ((TaskCompletionSource)s!).TrySetResult(), told))
        {
            if (await Task.WhenAny(work, told.Task) != work)
            {
                await Task.WhenAny(work, Task.Delay(options.StopGrace, time, CancellationToken.None));
            }
        }
    }

    private SyncStepResult Abandon(ISyncStep step, Task work, string reason)
    {
        stuck[step.Name] = work;
        // Its failure, should one still come, is looked at here: nobody else awaits it.
        _ = work.ContinueWith(
            t => log.LogError(t.Exception, "Step {Step} ended after it was given up", step.Name),
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return Failure($"{reason} It has not stopped yet.");
    }

    private string CutOffReason(TimeSpan timeLimit, CancellationToken stopping) => stopping.IsCancellationRequested
        ? "Stopped before it was complete."
        : options.StepTimeLimit is not null
            ? string.Create(CultureInfo.InvariantCulture, $"Cancelled at its time limit of {timeLimit.TotalSeconds:0.#} s.")
            : string.Create(CultureInfo.InvariantCulture, $"Cancelled at its time limit of {timeLimit.TotalMinutes:0} min. Where that is too short, raise stepTimeoutMinutes in config/sync.json.");

    private static SyncStepResult Failure(string reason) => new(SyncOutcome.Error, 0, reason);
}
