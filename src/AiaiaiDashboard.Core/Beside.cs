namespace AiaiaiDashboard.Core;

/// <summary>
/// Work that goes on beside the caller's, on a thread of its own: a command as short as a sync that finds little ends before the pool of threads has
/// started well.
/// </summary>
internal static class Beside
{
    /// <summary>Starts it.</summary>
    public static Task Run(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Starts it.</summary>
    public static Task<T> Run<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
