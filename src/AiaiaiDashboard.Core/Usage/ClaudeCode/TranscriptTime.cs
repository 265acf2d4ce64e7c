namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Time stamps of transcripts (rule R10).</summary>
internal static class TranscriptTime
{
    /// <summary>
    /// Reads <c>2026-03-10T10:00:00.123Z</c>, <c>2026-03-10 10:00+02:00</c> and their like; without an offset it is UTC. Digits past 100 ns are cut.
    /// </summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="utcTicks">100 ns units since year 1, UTC.</param>
    /// <returns>False for anything else and for impossible dates.</returns>
    public static bool TryParse(ReadOnlySpan<byte> text, out long utcTicks)
    {
        utcTicks = 0;
        if (text.Length < 16 || text[4] != '-' || text[7] != '-' || (text[10] != 'T' && text[10] != ' ') || text[13] != ':'
            || !Digits(text, 0, 4, out int year) || !Digits(text, 5, 2, out int month) || !Digits(text, 8, 2, out int day)
            || !Digits(text, 11, 2, out int hour) || !Digits(text, 14, 2, out int minute))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[16..];
        int second = 0;
        long fraction = 0;
        if (rest is [(byte)':', ..])
        {
            if (rest.Length < 3 || !Digits(rest, 1, 2, out second))
            {
                return false;
            }

            rest = rest[3..];
            if (rest is [(byte)'.', ..] && !Fraction(ref rest, out fraction))
            {
                return false;
            }
        }

        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
            || !Offset(rest, out int offsetMinutes))
        {
            return false;
        }

        long ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + fraction - (offsetMinutes * TimeSpan.TicksPerMinute);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        utcTicks = ticks;
        return true;
    }

    private static bool Fraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        int digits = 0;
        int at = 1;
        for (; at < rest.Length && rest[at] is >= (byte)'0' and <= (byte)'9'; at++, digits++)
        {
            if (digits < 7)
            {
                ticks = (ticks * 10) + (rest[at] - '0');
            }
        }

        for (int d = digits; d < 7; d++)
        {
            ticks *= 10;
        }

        rest = rest[at..];
        return digits > 0;
    }

    private static bool Offset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest.Length == 0 || rest is [(byte)'Z' or (byte)'z'])
        {
            return true;
        }

        if (rest[0] is not ((byte)'+' or (byte)'-') || rest.Length is not (5 or 6) || (rest.Length == 6 && rest[3] != ':')
            || !Digits(rest, 1, 2, out int hours) || !Digits(rest, rest.Length - 2, 2, out int rem) || hours > 23 || rem > 59)
        {
            return false;
        }

        minutes = ((hours * 60) + rem) * (rest[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, int start, int count, out int value)
    {
        value = 0;
        for (int i = start; i < start + count; i++)
        {
            int digit = text[i] - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}
