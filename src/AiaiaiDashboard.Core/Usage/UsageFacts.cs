namespace AiaiaiDashboard.Core.Usage;

/// <summary>The figures of a ledger row without a single reference: a hundred thousand of them cost the collector nothing. Texts are numbers of <see cref="NameTable"/>.</summary>
internal struct UsageFacts
{
    /// <summary>Ticks that stand for no time.</summary>
    public const long NoTime = -1;

    public int Day;
    public int Project;
    public int Model;
    public int Source;
    public bool Unpriced;
    public long Calls;
    public long TokensIn;
    public long TokensOut;
    public long CacheWrite;
    public long CacheWrite1h;
    public long CacheRead;
    public long IncompleteCalls;
    public decimal Cost;
    public long FirstAt;
    public long LastAt;

    public readonly long TotalTokens => TokensIn + TokensOut + CacheWrite + CacheRead;

    /// <summary>Whether the row counts anything; rows of zeros say that calls moved elsewhere.</summary>
    public readonly bool HasUsage => Calls > 0 || TotalTokens > 0 || Cost != 0;

    /// <summary>The figures of a row; the numbers of its texts are left to the caller.</summary>
    public static UsageFacts Of(UsageRow row) => new()
    {
        Day = row.Date.DayNumber,
        Unpriced = row.Unpriced,
        Calls = row.Calls,
        TokensIn = row.TokensIn,
        TokensOut = row.TokensOut,
        CacheWrite = row.CacheWrite,
        CacheWrite1h = row.CacheWrite1h,
        CacheRead = row.CacheRead,
        IncompleteCalls = row.IncompleteCalls,
        Cost = row.Cost,
        FirstAt = row.FirstAt?.UtcTicks ?? NoTime,
        LastAt = row.LastAt?.UtcTicks ?? NoTime,
    };

    /// <summary>Whether two rows of one key count the same.</summary>
    public readonly bool CountsAs(in UsageFacts other) =>
        Unpriced == other.Unpriced && Calls == other.Calls && TokensIn == other.TokensIn && TokensOut == other.TokensOut && CacheWrite == other.CacheWrite
        && CacheWrite1h == other.CacheWrite1h && CacheRead == other.CacheRead && IncompleteCalls == other.IncompleteCalls && Cost == other.Cost
        && FirstAt == other.FirstAt && LastAt == other.LastAt;

    /// <summary>UTC ticks as a time; null for <see cref="NoTime"/>.</summary>
    public static DateTimeOffset? Time(long ticks) => ticks == NoTime ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
}
