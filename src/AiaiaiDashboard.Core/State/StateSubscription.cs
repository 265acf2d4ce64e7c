namespace AiaiaiDashboard.Core.State;

/// <summary>One subscriber: coalesces signals to one call per <see cref="DashboardState.Throttle"/>, never drops the last.</summary>
internal sealed class StateSubscription(Func<Task> changed, Action<Exception>? failed, TimeProvider time, Action<StateSubscription> removed) : IDisposable
{
    private readonly ExecutionContext? context = ExecutionContext.Capture();
    private readonly CancellationTokenSource stopped = new();
    private int pending;
    private int running;
    private int disposed;

    /// <summary>Asks for a call. Cheap; may be called from any thread.</summary>
    public void Signal()
    {
        Interlocked.Exchange(ref pending, 1);
        if (Interlocked.CompareExchange(ref running, 1, 0) == 0)
        {
            _ = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            stopped.Cancel();
            removed(this);
        }
    }

    private async Task RunAsync()
    {
        while (true)
        {
            while (Interlocked.Exchange(ref pending, 0) == 1 && !stopped.IsCancellationRequested)
            {
                try
                {
                    await InvokeInContext();
                    await Task.Delay(DashboardState.Throttle, time, stopped.Token);
                }
                catch (OperationCanceledException) when (stopped.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception exception)
                {
                    failed?.Invoke(exception);
                }
            }

            Volatile.Write(ref running, 0);
            // A signal that came between the last look and the line above found running = 1: take it here.
            if (Volatile.Read(ref pending) == 0 || stopped.IsCancellationRequested || Interlocked.CompareExchange(ref running, 1, 0) != 0)
            {
                return;
            }
        }
    }

    private Task InvokeInContext()
    {
        if (context is null)
        {
            return changed();
        }

        Task task = Task.CompletedTask;
        ExecutionContext.Run(context, _ => task = changed(), null);
        return task;
    }
}
