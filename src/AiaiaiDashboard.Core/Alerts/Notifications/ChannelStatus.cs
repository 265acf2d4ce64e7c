namespace AiaiaiDashboard.Core.Alerts.Notifications;

/// <summary>How a channel does: what pages show of it.</summary>
public sealed record ChannelStatus
{
    /// <summary>desktop, mail or webhook:NAME.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is switched on.</summary>
    public bool Enabled { get; init; }

    /// <summary>warning: every alert goes there; critical: only those.</summary>
    public string MinLevel { get; init; } = AlertLevel.Warning;

    /// <summary>What is missing for it to work, such as a program or an environment variable; null where nothing is.</summary>
    public string? Missing { get; init; }

    /// <summary>When somebody was last told, UTC.</summary>
    public DateTimeOffset? LastSentAt { get; init; }

    /// <summary>When the last attempt failed, UTC; null where the last one did not.</summary>
    public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>Why.</summary>
    public string? LastError { get; init; }

    /// <summary>Attempts that failed in a row.</summary>
    public int Failures { get; init; }

    /// <summary>Alerts that wait to be told.</summary>
    public int Waiting { get; init; }

    /// <summary>Earliest next attempt, UTC; null where none waits.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }
}

/// <summary>The course of attempts of one channel, read from the journal and continued in memory.</summary>
internal sealed class ChannelHealth
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public DateTimeOffset? SentAt { get; private set; }

    public DateTimeOffset? ErrorAt { get; private set; }

    public string? Error { get; private set; }

    public int Failures { get; private set; }

    public DateTimeOffset NotBefore { get; set; } = DateTimeOffset.MinValue;

    public void Sent(DateTimeOffset at) => (SentAt, ErrorAt, Error, Failures, NotBefore) = (at, null, null, 0, DateTimeOffset.MinValue);

    public void Failed(DateTimeOffset at, string? error, TimeSpan? retryAfter = null)
    {
        Failures++;
        ErrorAt = at;
        Error = error;
        TimeSpan wait = After(Failures);
        NotBefore = at + (retryAfter > wait ? retryAfter.Value : wait);
    }

    /// <summary>How long after the n-th failure in a row nothing is tried.</summary>
    public static TimeSpan After(int failures)
    {
        TimeSpan wait = First * Math.Pow(2, Math.Min(Math.Max(failures, 1) - 1, 10));
        return wait < Longest ? wait : Longest;
    }
}
