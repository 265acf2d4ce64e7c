namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Calendar day and hour of an instant in a zone (rule R30), fast for many instants. Not thread-safe.</summary>
internal sealed class DayClock(TimeZoneInfo zone)
{
    // Offsets of today's zones change on full quarters of an hour; a quarter whose ends differ is asked instant by instant.
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;

    private readonly Dictionary<long, long> offsets = [];

    /// <summary>Day number (see <see cref="DateOnly.DayNumber"/>) and hour.</summary>
    public (int Day, int Hour) At(long utcTicks)
    {
        long quarter = utcTicks / Quarter;
        if (!offsets.TryGetValue(quarter, out long offset))
        {
            long first = Offset(quarter * Quarter);
            long last = Offset(Math.Min(((quarter + 1) * Quarter) - 1, DateTime.MaxValue.Ticks));
            offset = first == last ? first : long.MinValue;
            offsets[quarter] = offset;
        }

        long local = utcTicks + (offset == long.MinValue ? Offset(utcTicks) : offset);
        local = Math.Clamp(local, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return ((int)(local / TimeSpan.TicksPerDay), (int)(local % TimeSpan.TicksPerDay / TimeSpan.TicksPerHour));
    }

    private long Offset(long utcTicks) => zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;
}
