namespace AiaiaiDashboard.Formatting;

/// <summary>
/// The clock of one browser tab: its time zone, once the browser has told it, and a tick that keeps relative times current.
/// Scoped to the circuit. Callbacks come on pool threads.
/// </summary>
public sealed class BrowserTime : IDisposable
{
    /// <summary>Relative times are brought up to date this often.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(15);

    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private ITimer? timer;
    private Action? changed;
    private TimeZoneInfo zone;

    /// <summary>Starts in the server's zone.</summary>
    public BrowserTime(TimeProvider time)
    {
        this.time = time;
        zone = time.LocalTimeZone;
    }

    /// <summary>The browser's zone; the server's until the browser has told it.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>Now, UTC.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Calls <paramref name="callback"/> at every tick and when the zone changes; dispose the result to stop.</summary>
    public IDisposable Subscribe(Action callback)
    {
        lock (gate)
        {
            changed += callback;
            timer ??= time.CreateTimer(_ => Raise(), null, Tick, Tick);
        }

        return new Subscription(this, callback);
    }

    /// <summary>Takes over what the browser reported.</summary>
    /// <param name="name">IANA name; one that this machine does not know is replaced by the offset.</param>
    /// <param name="offsetMinutes">Present offset from UTC, -840 to 840; anything else counts as UTC.</param>
    public void SetZone(string? name, int offsetMinutes)
    {
        TimeZoneInfo reported = !string.IsNullOrEmpty(name) && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? known) ? known : FromOffset(offsetMinutes);
        if (!reported.Equals(zone))
        {
            zone = reported;
            Raise();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            timer?.Dispose();
            timer = null;
            changed = null;
        }
    }

    private static TimeZoneInfo FromOffset(int minutes)
    {
        const int widest = 14 * 60;
        return minutes is 0 or < -widest or > widest
            ? TimeZoneInfo.Utc
            : TimeZoneInfo.CreateCustomTimeZone($"offset{minutes}", TimeSpan.FromMinutes(minutes), null, null);
    }

    private void Raise() => changed?.Invoke();

    private void Remove(Action callback)
    {
        lock (gate)
        {
            changed -= callback;
        }
    }

    private sealed class Subscription(BrowserTime owner, Action callback) : IDisposable
    {
        public void Dispose() => owner.Remove(callback);
    }
}
