using System.Collections.Concurrent;

namespace AiaiaiDashboard.Hosting;

/// <summary>
/// Loggers of which a thread of its own makes the log and writes it, in order: to make it ready takes longer than many a sync. What is logged after the end
/// is dropped.
/// </summary>
internal sealed class QueuedLoggers : ILoggerFactory, IAsyncDisposable
{
    private readonly BlockingCollection<Action<ILoggerFactory>> queue = [];
    private readonly Task writing;

    /// <summary>Begins to make the log; returns at once.</summary>
    /// <param name="make">Makes it.</param>
    public QueuedLoggers(Func<ILoggerFactory> make) => writing = Task.Factory.StartNew(
        () =>
        {
            using ILoggerFactory log = make();
            foreach (Action<ILoggerFactory> write in queue.GetConsumingEnumerable())
            {
                write(log);
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Queued(this, categoryName);

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    /// <summary>Takes nothing more; <see cref="DisposeAsync"/> waits for what is still to be written.</summary>
    public void Dispose() => queue.CompleteAdding();

    /// <summary>Waits until everything is written.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.CompleteAdding();
        await writing;
        queue.Dispose();
    }

    private void Add(Action<ILoggerFactory> write)
    {
        try
        {
            queue.Add(write);
        }
        catch (InvalidOperationException)
        {
            // The log has ended: a step that was given up may still have something to say.
        }
    }

    private sealed class Queued(QueuedLoggers owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                owner.Add(log => log.CreateLogger(category).Log(logLevel, eventId, state, exception, formatter));
            }
        }
    }
}
