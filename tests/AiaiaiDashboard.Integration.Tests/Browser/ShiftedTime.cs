namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>A clock that begins at a chosen moment and runs as fast as any other.</summary>
/// <param name="begin">What it shows when it is made.</param>
internal sealed class ShiftedTime(DateTimeOffset begin) : TimeProvider
{
    private readonly TimeSpan ahead = begin - System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
}
