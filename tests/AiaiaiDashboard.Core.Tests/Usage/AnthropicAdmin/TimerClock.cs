using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Usage.AnthropicAdmin;

/// <summary>A clock that stands still, and tells which waits were begun, so that a test can let exactly those pass.</summary>
internal sealed class TimerClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    // Real time: a wait that never begins fails the test instead of holding it.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly Channel<TimeSpan> begun = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Told(base.CreateTimer(callback, state, dueTime, period), begun.Writer);
        begun.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Waits until a wait that fits has begun, and lets it pass.</summary>
    /// <param name="fits">Which one.</param>
    /// <param name="pass">False to wait for its beginning alone.</param>
    /// <returns>How long it was.</returns>
    public async Task<TimeSpan> PassAsync(Func<TimeSpan, bool> fits, bool pass = true)
    {
        while (true)
        {
            TimeSpan due = await begun.Reader.ReadAsync().AsTask().WaitAsync(Bound);
            if (fits(due))
            {
                Advance(pass ? due : TimeSpan.Zero);
                return due;
            }
        }
    }

    // A timer may be made first and set later.
    private sealed class Told(ITimer inner, ChannelWriter<TimeSpan> begun) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            bool changed = inner.Change(dueTime, period);
            begun.TryWrite(dueTime);
            return changed;
        }

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
