namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Calendar day and hour of an instant in a zone (rule R30), fast for many instants. Not thread-safe.</summary>
internal sealed class DayClock(TimeZoneInfo zone)
{
    // Offsets of today's zones change on full quarters of an hour; a quarter whose ends differ is asked instant by instant.
    private const long Quarter = 15 * TimeSpan.TicksPerMinute;

    // The quarters asked for last, each at the place its number gives; of half a year every one has a place of its own.
    private const int Least = 1 << 8;
    private const int Most = 1 << 14;

    private long[] quarters = None(Least);
    private long[] offsets = new long[Least];
    private int missed;

    /// <summary>Day number (see <see cref="DateOnly.DayNumber"/>) and hour.</summary>
    public int At(long utcTicks, out int hour)
    {
        long quarter = utcTicks / Quarter;
        int place = (int)quarter & (quarters.Length - 1);
        if (quarters[place] != quarter)
        {
            if (++missed > quarters.Length && quarters.Length < Most)
            {
                quarters = None(Most);
                offsets = new long[Most];
                place = (int)quarter & (Most - 1);
            }

            long first = Offset(quarter * Quarter);
            long last = Offset(Math.Min(((quarter + 1) * Quarter) - 1, DateTime.MaxValue.Ticks));
            offsets[place] = first == last ? first : long.MinValue;
            quarters[place] = quarter;
        }

        long offset = offsets[place];
        long local = utcTicks + (offset == long.MinValue ? Offset(utcTicks) : offset);
        local = Math.Clamp(local, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        hour = (int)(local % TimeSpan.TicksPerDay / TimeSpan.TicksPerHour);
        return (int)(local / TimeSpan.TicksPerDay);
    }

    private static long[] None(int length)
    {
        long[] none = new long[length];
        for (int place = 0; place < none.Length; place++)
        {
            none[place] = -1;
        }

        return none;
    }

    private long Offset(long utcTicks) => zone.GetUtcOffset(new DateTime(utcTicks, DateTimeKind.Utc)).Ticks;
}
