using System.Globalization;

namespace AiaiaiDashboard.Core;

/// <summary>Days as documents, addresses and transcripts write them: <c>2026-11-25</c>.</summary>
public static class IsoDay
{
    /// <summary>Reads a day of exactly this form. By hand: what the framework asks of its tables of cultures for it takes longer than many a command.</summary>
    /// <param name="text">The text.</param>
    /// <param name="day">The day; the default where it is none.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out DateOnly day)
    {
        day = default;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-')
        {
            return false;
        }

        int year = Number(text[..4]);
        int month = Number(text[5..7]);
        int number = Number(text[8..]);
        if (year < 1 || month is < 1 or > 12 || number < 1 || number > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, number);
        return true;
    }

    /// <summary>A day, <c>2026-11-25</c>.</summary>
    public static string Text(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The month of a day, <c>2026-11</c>.</summary>
    public static string Month(DateOnly day) => string.Concat(day.Year.ToString("D4", CultureInfo.InvariantCulture), "-", day.Month.ToString("D2", CultureInfo.InvariantCulture));

    // -1 where it holds anything but digits.
    private static int Number(ReadOnlySpan<char> digits)
    {
        int number = 0;
        foreach (char digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return -1;
            }

            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
