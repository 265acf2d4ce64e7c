namespace AiaiaiDashboard.Core.Sync.Scheduling;

/// <summary>
/// A time in which nothing is begun. Measured by the time that passes, never by the clock on the wall: one that is set back must not make it
/// longer. One caller begins and ends it; anybody may ask.
/// </summary>
/// <param name="time">Clock.</param>
public sealed class Pause(TimeProvider time)
{
    private Span? span;

    /// <summary>What is left of it; zero when it is over.</summary>
    public TimeSpan Remaining => Volatile.Read(ref span) is { } s && s.Length - time.GetElapsedTime(s.Begun) is { Ticks: > 0 } left ? left : TimeSpan.Zero;

    /// <summary>Whether something may begin.</summary>
    public bool IsOver => Remaining == TimeSpan.Zero;

    /// <summary>Begins it anew.</summary>
    public void Begin(TimeSpan length) => Volatile.Write(ref span, new Span(time.GetTimestamp(), length));

    /// <summary>Ends it before its time.</summary>
    public void End() => Volatile.Write(ref span, null);

    /// <summary>How long to wait after failures in a row: twice as long after each.</summary>
    /// <param name="failures">1 or more.</param>
    /// <param name="first">After the first.</param>
    /// <param name="longest">Bound.</param>
    public static TimeSpan After(int failures, TimeSpan first, TimeSpan longest)
    {
        TimeSpan wait = first * Math.Pow(2, Math.Clamp(failures - 1, 0, 20));
        return wait < longest ? wait : longest;
    }

    private sealed record Span(long Begun, TimeSpan Length);
}
