namespace AiaiaiDashboard.Core.Storage;

/// <summary>Runs the writes of one document one after the other, in the order they were asked for, so that the last one asked for wins.</summary>
internal sealed class WriterQueue
{
    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;

    /// <summary>
    /// Runs <paramref name="work"/> after everything queued before: on the thread pool, or on the caller's thread where nothing is queued and the
    /// caller is no page. A page (it has a synchronization context) goes on answering meanwhile.
    /// </summary>
    /// <param name="work">One write. A failure concerns its caller only, and comes as that of the task.</param>
    /// <param name="ct">Takes effect until the work begins; a write that has begun is finished.</param>
    public Task<TResult> Enqueue<TResult>(Func<TResult> work, CancellationToken ct)
    {
        TaskCompletionSource<TResult> done;
        lock (gate)
        {
            if (!last.IsCompleted || SynchronizationContext.Current is not null)
            {
                Task<TResult> task = RunAfter(last, work, ct);
                last = task;
                return task;
            }

            done = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
            last = done.Task;
        }

        Run(work, done, ct);
        return done.Task;
    }

    private static async Task<TResult> RunAfter<TResult>(Task previous, Func<TResult> work, CancellationToken ct)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        ct.ThrowIfCancellationRequested();
        return work();
    }

    private static void Run<TResult>(Func<TResult> work, TaskCompletionSource<TResult> done, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
        {
            done.SetCanceled(ct);
            return;
        }

        try
        {
            done.SetResult(work());
        }
        catch (OperationCanceledException exception)
        {
            done.SetCanceled(exception.CancellationToken);
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }
}
