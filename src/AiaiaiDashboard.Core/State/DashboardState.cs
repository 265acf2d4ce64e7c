using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Core.State;

/// <summary>
/// The one live state of the process: the newest snapshot and the progress of a running sync. Pages read it and subscribe;
/// only the sync publishes. Thread-safe.
/// </summary>
/// <param name="time">Clock of the throttling.</param>
public sealed class DashboardState(TimeProvider time)
{
    /// <summary>A subscriber is called at most once in this time, always with the newest state to read.</summary>
    public static readonly TimeSpan Throttle = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly List<StateSubscription> subscriptions = [];
    private volatile DashboardSnapshot current = DashboardSnapshot.Empty;
    private volatile SyncProgress? progress;

    /// <summary>The newest snapshot. Immutable; read it once per render.</summary>
    public DashboardSnapshot Current => current;

    /// <summary>Progress of the running sync; null when none runs.</summary>
    public SyncProgress? Progress => progress;

    /// <summary>Number of live subscriptions, for tests and metrics.</summary>
    public int SubscriptionCount
    {
        get
        {
            lock (gate)
            {
                return subscriptions.Count;
            }
        }
    }

    /// <summary>Replaces the snapshot and tells every subscriber.</summary>
    public void Publish(DashboardSnapshot snapshot)
    {
        current = snapshot;
        Notify();
    }

    /// <summary>Replaces the progress and tells every subscriber. Null when the run has ended.</summary>
    public void PublishProgress(SyncProgress? value)
    {
        progress = value;
        Notify();
    }

    /// <summary>
    /// Calls <paramref name="changed"/> after every change, throttled, on a pool thread with the subscriber's execution context
    /// (so with its culture). An exception of the callback goes to <paramref name="failed"/> and ends nothing.
    /// </summary>
    /// <returns>Dispose it to stop; disposing twice is safe.</returns>
    public IDisposable Subscribe(Func<Task> changed, Action<Exception>? failed = null)
    {
        var subscription = new StateSubscription(changed, failed, time, Remove);
        lock (gate)
        {
            subscriptions.Add(subscription);
        }

        return subscription;
    }

    private void Remove(StateSubscription subscription)
    {
        lock (gate)
        {
            subscriptions.Remove(subscription);
        }
    }

    private void Notify()
    {
        StateSubscription[] targets;
        lock (gate)
        {
            targets = [.. subscriptions];
        }

        foreach (StateSubscription target in targets)
        {
            target.Signal();
        }
    }
}
