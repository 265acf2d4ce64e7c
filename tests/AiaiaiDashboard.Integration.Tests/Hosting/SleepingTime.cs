using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Integration.Tests.Hosting;

/// <summary>A clock that tells when somebody goes to sleep for a minute or less: the service that is tested, and nobody else here.</summary>
internal sealed class SleepingTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly Channel<TimeSpan> sleeps = Channel.CreateUnbounded<TimeSpan>();
    private long jumped;

    // A jump of the clock is no time that passes.
    public override long GetTimestamp() => base.GetTimestamp() - jumped;

    /// <summary>Sets the clock, as a person or a time server does: timers take no notice of it.</summary>
    public void Jump(DateTimeOffset to)
    {
        jumped += to.UtcTicks - GetUtcNow().UtcTicks;
        AdjustTime(to);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime > TimeSpan.Zero && dueTime <= TimeSpan.FromMinutes(1))
        {
            PutBack(dueTime);
        }

        return timer;
    }

    public ValueTask<TimeSpan> NextSleepAsync() => sleeps.Reader.ReadAsync();

    public void PutBack(TimeSpan sleep) => sleeps.Writer.TryWrite(sleep);
}
