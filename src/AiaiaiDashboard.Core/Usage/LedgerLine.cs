using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>
/// A ledger line exactly as <see cref="UsageRowJson.Write"/> lays it out, read where it lies and without an allocation:
/// <code>
/// {"date":"2026-11-23","project":"a","session":"b","model":"c","source":"claude-code","calls":1,"tokensIn":2,"tokensOut":3,"cacheWrite":0,
/// "cacheWrite1h":0,"cacheRead":0,"cost":0.00012345,"firstAt":"2026-11-23T09:30:00Z","lastAt":"2026-11-23T09:31:00.5Z","hours":{"09":0.00012345}}
/// </code>
/// A line in any other order or with anything else in it (escapes, unknown properties, mistakes) is left to <see cref="UsageRowReader"/>,
/// which takes thirty times as long, so that both give the same row or none.
/// </summary>
internal ref struct LedgerLine
{
    /// <summary>Longest text that is accepted in a key: a bound against damage.</summary>
    public const int MaxText = 65_536;

    /// <summary>Longest name of a source.</summary>
    public const int MaxSource = 64;

    public ReadOnlySpan<byte> Project;
    public ReadOnlySpan<byte> Session;
    public ReadOnlySpan<byte> Model;
    public ReadOnlySpan<byte> Source;

    /// <summary>What the figures do not hold: from the separator before it up to and with the last brace, <c>,"hours":{...}}</c>. Empty where there is nothing.</summary>
    public ReadOnlySpan<byte> Rest;

    /// <summary>The figures; the numbers of the texts are not set.</summary>
    public UsageFacts Facts;

    /// <summary>The key of the row.</summary>
    public readonly UsageKey Key => new(
        DateOnly.FromDayNumber(Facts.Day), Encoding.UTF8.GetString(Project), Encoding.UTF8.GetString(Session), Encoding.UTF8.GetString(Model), Encoding.UTF8.GetString(Source));

    /// <summary>Reads a line; false where it is not laid out so.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out LedgerLine row)
    {
        row = default;
        row.Facts.FirstAt = UsageFacts.NoTime;
        row.Facts.LastAt = UsageFacts.NoTime;
        int at = 0;
        return Skip(line, ref at, "{\"date\":\""u8) && Day(line, ref at, out row.Facts.Day)
            && Skip(line, ref at, "\",\"project\":\""u8) && Text(line, ref at, MaxText, out row.Project)
            && Skip(line, ref at, ",\"session\":\""u8) && Text(line, ref at, MaxText, out row.Session)
            && Skip(line, ref at, ",\"model\":\""u8) && Text(line, ref at, MaxText, out row.Model)
            && Skip(line, ref at, ",\"source\":\""u8) && Text(line, ref at, MaxSource, out row.Source)
            && Skip(line, ref at, ",\"calls\":"u8) && Count(line, ref at, out row.Facts.Calls)
            && Skip(line, ref at, ",\"tokensIn\":"u8) && Count(line, ref at, out row.Facts.TokensIn)
            && Skip(line, ref at, ",\"tokensOut\":"u8) && Count(line, ref at, out row.Facts.TokensOut)
            && Skip(line, ref at, ",\"cacheWrite\":"u8) && Count(line, ref at, out row.Facts.CacheWrite)
            && Skip(line, ref at, ",\"cacheWrite1h\":"u8) && Count(line, ref at, out row.Facts.CacheWrite1h)
            && Skip(line, ref at, ",\"cacheRead\":"u8) && Count(line, ref at, out row.Facts.CacheRead)
            && Skip(line, ref at, ",\"cost\":"u8) && Money(line, ref at, out row.Facts.Cost)
            && End(line, at, ref row);
    }

    private static bool End(ReadOnlySpan<byte> line, int at, ref LedgerLine row)
    {
        row.Facts.Unpriced = Skip(line, ref at, ",\"unpriced\":true"u8);
        if (Skip(line, ref at, ",\"firstAt\":\""u8) && !Instant(line, ref at, out row.Facts.FirstAt))
        {
            return false;
        }

        if (Skip(line, ref at, ",\"lastAt\":\""u8) && !Instant(line, ref at, out row.Facts.LastAt))
        {
            return false;
        }

        int rest = at;
        if (Skip(line, ref at, ",\"hours\":{"u8) && !Hours(line, ref at))
        {
            return false;
        }

        if (Skip(line, ref at, ",\"incompleteCalls\":"u8) && !Count(line, ref at, out row.Facts.IncompleteCalls))
        {
            return false;
        }

        if (Skip(line, ref at, ",\"parts\":["u8) && !Parts(line, ref at))
        {
            return false;
        }

        if (at != line.Length - 1 || line[at] != (byte)'}')
        {
            return false;
        }

        row.Rest = at == rest ? default : line[rest..];
        return true;
    }

    /// <summary>Reads <c>"09":0.5,"10":1.25}</c>, what follows the opening brace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Hour(ReadOnlySpan<byte> text, scoped ref int at, out int hour, out decimal cost)
    {
        hour = 0;
        cost = 0;
        if (text.Length - at < 6 || text[at] != (byte)'"' || text[at + 3] != (byte)'"' || text[at + 4] != (byte)':')
        {
            return false;
        }

        uint tens = text[at + 1] - (uint)'0';
        uint ones = text[at + 2] - (uint)'0';
        hour = (int)((tens * 10) + ones);
        at += 5;
        return tens <= 2 && ones <= 9 && hour <= 23 && Money(text, ref at, out cost);
    }

    private static bool Hours(ReadOnlySpan<byte> line, scoped ref int at)
    {
        do
        {
            if (!Hour(line, ref at, out _, out _))
            {
                return false;
            }
        }
        while (Skip(line, ref at, ","u8));
        return Skip(line, ref at, "}"u8);
    }

    // [{"longContext":true,"calls":1,"tokensIn":2,"tokensOut":3,"cacheWrite":0,"cacheWrite1h":0,"cacheRead":0,"webSearches":1,"costUSD":0.01}]
    private static bool Parts(ReadOnlySpan<byte> line, scoped ref int at)
    {
        do
        {
            if (!Skip(line, ref at, "{"u8))
            {
                return false;
            }

            _ = Skip(line, ref at, "\"longContext\":true,"u8);
            _ = Skip(line, ref at, "\"fast\":true,"u8);
            _ = Skip(line, ref at, "\"us\":true,"u8);
            _ = Skip(line, ref at, "\"batch\":true,"u8);
            bool counted = Skip(line, ref at, "\"calls\":"u8) && Count(line, ref at, out _)
                && Skip(line, ref at, ",\"tokensIn\":"u8) && Count(line, ref at, out _)
                && Skip(line, ref at, ",\"tokensOut\":"u8) && Count(line, ref at, out _)
                && Skip(line, ref at, ",\"cacheWrite\":"u8) && Count(line, ref at, out _)
                && Skip(line, ref at, ",\"cacheWrite1h\":"u8) && Count(line, ref at, out _)
                && Skip(line, ref at, ",\"cacheRead\":"u8) && Count(line, ref at, out _)
                && (!Skip(line, ref at, ",\"webSearches\":"u8) || Count(line, ref at, out _))
                && (!Skip(line, ref at, ",\"costUSD\":"u8) || Money(line, ref at, out _));
            if (!counted || !Skip(line, ref at, "}"u8))
            {
                return false;
            }
        }
        while (Skip(line, ref at, ","u8));
        return Skip(line, ref at, "]"u8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Skip(ReadOnlySpan<byte> line, scoped ref int at, ReadOnlySpan<byte> literal)
    {
        if (!line[at..].StartsWith(literal))
        {
            return false;
        }

        at += literal.Length;
        return true;
    }

    private static bool Text(ReadOnlySpan<byte> line, scoped ref int at, int max, out ReadOnlySpan<byte> text)
    {
        int end = JsonString.Special(line, at);
        text = end < line.Length ? line[at..end] : default;
        if (end == line.Length || text.Length > max || line[end] != (byte)'"' || !(Ascii.IsValid(text) || Utf8.IsValid(text)))
        {
            return false;
        }

        at = end + 1;
        return true;
    }

    /// <summary>A whole number from 0 on, of up to 18 digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Count(ReadOnlySpan<byte> line, scoped ref int at, out long value)
    {
        value = 0;
        int start = at;
        uint digit;
        while ((uint)at < (uint)line.Length && (digit = line[at] - (uint)'0') <= 9)
        {
            value = (value * 10) + digit;
            at++;
            if (at - start > 18)
            {
                return false;
            }
        }

        return at > start && (line[start] != (byte)'0' || at == start + 1);
    }

    /// <summary>A decimal from 0 on whose digits, without its point, fit 18 places.</summary>
    private static bool Money(ReadOnlySpan<byte> line, scoped ref int at, out decimal value)
    {
        value = 0;
        int start = at;
        if (!Count(line, ref at, out long digits))
        {
            return false;
        }

        int scale = 0;
        if ((uint)at < (uint)line.Length && line[at] == (byte)'.')
        {
            int whole = at - start;
            int fraction = ++at;
            uint digit;
            while ((uint)at < (uint)line.Length && (digit = line[at] - (uint)'0') <= 9)
            {
                if (++scale + whole > 18)
                {
                    return false;
                }

                digits = (digits * 10) + digit;
                at++;
            }

            if (at == fraction)
            {
                return false;
            }
        }

        // 1e3 is a number as well, but not one that the ledger writes.
        if ((uint)at < (uint)line.Length && (line[at] | 0x20) == 'e')
        {
            return false;
        }

        value = new decimal((int)digits, (int)(digits >> 32), 0, false, (byte)scale);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Day(ReadOnlySpan<byte> line, scoped ref int at, out int day)
    {
        day = 0;
        if (line.Length - at < 10)
        {
            return false;
        }

        ReadOnlySpan<byte> text = line.Slice(at, 10);
        int year = (Two(text, 0) * 100) + Two(text, 2);
        int month = Two(text, 5);
        int dayOfMonth = Two(text, 8);
        if (text[4] != (byte)'-' || text[7] != (byte)'-' || year < 1 || month is < 1 or > 12 || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, dayOfMonth).DayNumber;
        at += 10;
        return true;
    }

    /// <summary>Reads <c>2026-11-23T09:30:00.1234567Z"</c>; the fraction may be shorter or missing.</summary>
    private static bool Instant(ReadOnlySpan<byte> line, scoped ref int at, out long ticks)
    {
        ticks = UsageFacts.NoTime;
        if (!Day(line, ref at, out int day) || line.Length - at < 11)
        {
            return false;
        }

        ReadOnlySpan<byte> text = line.Slice(at, 9);
        int hour = Two(text, 1);
        int minute = Two(text, 4);
        int second = Two(text, 7);
        if (text[0] != (byte)'T' || text[3] != (byte)':' || text[6] != (byte)':' || (uint)hour > 23 || (uint)minute > 59 || (uint)second > 59)
        {
            return false;
        }

        at += 9;
        long fraction = 0;
        if (line[at] == (byte)'.')
        {
            int start = ++at;
            long unit = TimeSpan.TicksPerSecond / 10;
            uint digit;
            while ((uint)at < (uint)line.Length && (digit = line[at] - (uint)'0') <= 9)
            {
                if (unit == 0)
                {
                    return false;
                }

                fraction += digit * unit;
                unit /= 10;
                at++;
            }

            if (at == start)
            {
                return false;
            }
        }

        ticks = (day * TimeSpan.TicksPerDay) + (((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + fraction;
        return Skip(line, ref at, "Z\""u8);
    }

    // Two digits as a number; far below 0 where they are none, so that every range check refuses them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        uint tens = text[at] - (uint)'0';
        uint ones = text[at + 1] - (uint)'0';
        return tens <= 9 && ones <= 9 ? (int)((tens * 10) + ones) : -100_000;
    }
}
