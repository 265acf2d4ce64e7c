namespace AiaiaiDashboard.Core.Sync;

/// <summary>Thins the reports of steps out: passes at most one on per interval, and always the first of a step. Thread-safe.</summary>
internal sealed class ProgressMeter(TimeProvider time, DateTimeOffset startedAt, int stepCount, TimeSpan interval, Action<SyncProgress> publish)
{
    private readonly Lock gate = new();
    private string step = "";
    private int stepNumber;
    private long lastAt;

    /// <summary>Begins the next step.</summary>
    public void StartStep(string name)
    {
        lock (gate)
        {
            step = name;
            stepNumber++;
            lastAt = time.GetTimestamp();
            publish(new SyncProgress(step, stepNumber, stepCount, 0, 0, "", startedAt));
        }
    }

    /// <summary>Takes a report of the step at work.</summary>
    public void Report(long done, long total, string unit)
    {
        // Looked at without the lock first: a step may report every line it reads.
        if (time.GetElapsedTime(Volatile.Read(ref lastAt)) < interval)
        {
            return;
        }

        lock (gate)
        {
            if (time.GetElapsedTime(lastAt) >= interval)
            {
                lastAt = time.GetTimestamp();
                publish(new SyncProgress(step, stepNumber, stepCount, done, total, unit, startedAt));
            }
        }
    }
}
