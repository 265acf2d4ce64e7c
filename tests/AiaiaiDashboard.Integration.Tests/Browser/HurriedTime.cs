namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>
/// A clock that begins now and runs faster than others, timers too: a schedule of minutes is seen in seconds. Waits of a few seconds are for
/// the machine, such as for work to stop, and take as long as ever.
/// </summary>
/// <param name="factor">How much faster.</param>
internal sealed class HurriedTime(int factor) : TimeProvider
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(5);

    private readonly DateTimeOffset begin = System.GetUtcNow();
    private readonly long began = System.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => begin.AddTicks(GetTimestamp());

    public override long GetTimestamp() => System.GetElapsedTime(began).Ticks * factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Real(dueTime), Real(period)), Real);

    private TimeSpan Real(TimeSpan span) => span <= Short ? span : span / factor;

    private sealed class Timer(ITimer inner, Func<TimeSpan, TimeSpan> real) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(real(dueTime), real(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
