using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Integration.Tests.Hosting;

/// <summary>A clock that tells when somebody goes to sleep for a minute or less: the service that is tested, and nobody else here.</summary>
internal sealed class SleepingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> sleeps = Channel.CreateUnbounded<TimeSpan>();
    private int asleep;
    private int begun;

    /// <summary>Whether somebody sleeps at this moment.</summary>
    public bool IsSlept => Volatile.Read(ref asleep) > 0;

    /// <summary>How many sleeps have begun.</summary>
    public int Begun => Volatile.Read(ref begun);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime <= TimeSpan.Zero || dueTime > TimeSpan.FromMinutes(1))
        {
            return timer;
        }

        Interlocked.Increment(ref begun);
        Interlocked.Increment(ref asleep);
        PutBack(dueTime);
        return new Sleep(timer, () => Interlocked.Decrement(ref asleep));
    }

    public ValueTask<TimeSpan> NextSleepAsync() => sleeps.Reader.ReadAsync();

    public void PutBack(TimeSpan sleep) => sleeps.Writer.TryWrite(sleep);

    private sealed class Sleep(ITimer timer, Action ended) : ITimer
    {
        private Action? ended = ended;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            Interlocked.Exchange(ref ended, null)?.Invoke();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
