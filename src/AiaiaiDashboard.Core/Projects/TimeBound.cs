using System.Collections.Concurrent;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>Runs work that may block inside the operating system, where no cancellation reaches it.</summary>
internal static class TimeBound
{
    // Work that never came back, by name: it is not started again while it still hangs, or every sync would lose one more thread.
    private static readonly ConcurrentDictionary<string, Task> Hanging = new(StringComparer.Ordinal);

    /// <summary>
    /// Runs <paramref name="work"/> on a thread of its own. Null where it did not end in time, or still hangs from an earlier call with this
    /// name: it is told to stop and left alone, and does not keep the process alive. It must not touch what others use.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled.</exception>
    public static T? Run<T>(string name, Func<CancellationToken, T> work, TimeSpan limit, CancellationToken cancel)
        where T : class
    {
        if (Hanging.TryGetValue(name, out Task? earlier) && !earlier.IsCompleted)
        {
            return null;
        }

        Hanging.TryRemove(name, out _);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        CancellationToken token = stop.Token;
        Task<T> task = Task.Factory.StartNew(
            () => work(token), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        if (Task.WaitAny([task], (int)limit.TotalMilliseconds, cancel) == 0)
        {
            return task.GetAwaiter().GetResult();
        }

        stop.Cancel();
        Hanging[name] = task;
        return null;
    }
}
