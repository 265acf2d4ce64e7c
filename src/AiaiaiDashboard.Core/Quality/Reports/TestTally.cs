namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>Counts tests one by one.</summary>
internal sealed class TestTally
{
    private long passed;
    private long failed;
    private long skipped;
    private bool isFailed;
    private bool isSkipped;

    /// <summary>Tests counted.</summary>
    public long Count => passed + failed + skipped;

    /// <summary>What was counted.</summary>
    public TestResults Results => new() { Passed = passed, Failed = failed, Skipped = skipped };

    /// <summary>A test begins.</summary>
    public void Begin() => isFailed = isSkipped = false;

    /// <summary>It failed.</summary>
    public void Fail() => isFailed = true;

    /// <summary>It did not run.</summary>
    public void Skip() => isSkipped = true;

    /// <summary>It ends.</summary>
    public void End()
    {
        passed += isFailed || isSkipped ? 0 : 1;
        failed += isFailed ? 1 : 0;
        skipped += isSkipped && !isFailed ? 1 : 0;
    }

    /// <summary>Seconds in whole milliseconds; null for none, and for what no test run takes.</summary>
    public static long? Milliseconds(decimal seconds) => seconds is > 0 and < 100_000_000 ? (long)Math.Round(seconds * 1000) : null;
}
