namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>What the reports of one project say together.</summary>
internal sealed record ReportFindings
{
    /// <summary>Coverage; null where no report tells it.</summary>
    public TestCoverage? Coverage { get; init; }

    /// <summary>Scores; null where no report tells them.</summary>
    public LighthouseScores? Lighthouse { get; init; }

    /// <summary>Results of the newest test run; null where no report tells them.</summary>
    public TestResults? Tests { get; init; }

    /// <summary>The reports that count.</summary>
    public IReadOnlyList<QualitySource> Sources { get; init; } = [];

    /// <summary>What could not be read or is to be said, whole sentences that name the file.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}

/// <summary>A report with where it was found.</summary>
internal sealed record ReadReport(FoundReport At, Report Content)
{
    /// <summary>When it was written.</summary>
    public DateTimeOffset WrittenAt => Stamp.TimeOf(At.Identity.ModifiedTicks);
}

/// <summary>Times of files.</summary>
internal static class Stamp
{
    private const long NanosecondsPerTick = 100;

    /// <summary>The instant of <see cref="Usage.ClaudeCode.FileIdentity.ModifiedTicks"/>, to the second; the earliest there is for what is none.</summary>
    public static DateTimeOffset TimeOf(long modified)
    {
        // Linux states nanoseconds since 1970, other systems 100 ns ticks since year 1.
        long ticks = OperatingSystem.IsLinux() ? DateTimeOffset.UnixEpoch.Ticks + (modified / NanosecondsPerTick) : modified;
        ticks -= ticks % TimeSpan.TicksPerSecond;
        return ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : DateTimeOffset.MinValue;
    }
}
