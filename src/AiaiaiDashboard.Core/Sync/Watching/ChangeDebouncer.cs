namespace AiaiaiDashboard.Core.Sync.Watching;

/// <summary>
/// Turns bursts of changes into single reactions: one is due once nothing has changed for a while, and at the latest some time after the
/// first change, so that something that never rests is reacted to as well. Thread-safe.
/// </summary>
/// <param name="time">Clock.</param>
/// <param name="quiet">How long nothing must change.</param>
/// <param name="longest">How long after the first change the reaction is due at the latest.</param>
public sealed class ChangeDebouncer(TimeProvider time, TimeSpan quiet, TimeSpan longest)
{
    private readonly Lock gate = new();
    private long first;
    private long last;
    private bool pending;

    /// <summary>Time until the reaction is due, zero when it is; null when nothing has changed.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            lock (gate)
            {
                return pending ? RemainingInGate() : null;
            }
        }
    }

    /// <summary>Takes a change.</summary>
    /// <returns>True for the first one of a burst: only then somebody who waits has to look again.</returns>
    public bool Signal()
    {
        lock (gate)
        {
            last = time.GetTimestamp();
            if (pending)
            {
                return false;
            }

            first = last;
            pending = true;
            return true;
        }
    }

    /// <summary>True when the reaction is due; the burst is over then.</summary>
    public bool Take()
    {
        lock (gate)
        {
            if (!pending || RemainingInGate() > TimeSpan.Zero)
            {
                return false;
            }

            pending = false;
            return true;
        }
    }

    private TimeSpan RemainingInGate()
    {
        TimeSpan untilQuiet = quiet - time.GetElapsedTime(last);
        TimeSpan untilLongest = longest - time.GetElapsedTime(first);
        TimeSpan remaining = untilQuiet < untilLongest ? untilQuiet : untilLongest;
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }
}
