namespace AiaiaiDashboard.Core.Storage;

/// <summary>Runs the writes of one document one after the other, in the order they were asked for, so that the last one asked for wins.</summary>
internal sealed class WriterQueue
{
    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;

    /// <summary>Runs <paramref name="work"/> on the thread pool after everything queued before.</summary>
    /// <param name="work">One write. A failure concerns its caller only.</param>
    /// <param name="ct">Takes effect until the work begins; a write that has begun is finished.</param>
    public Task<TResult> Enqueue<TResult>(Func<TResult> work, CancellationToken ct)
    {
        lock (gate)
        {
            Task<TResult> task = RunAfter(last, work, ct);
            last = task;
            return task;
        }
    }

    private static async Task<TResult> RunAfter<TResult>(Task previous, Func<TResult> work, CancellationToken ct)
    {
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        ct.ThrowIfCancellationRequested();
        return work();
    }
}
