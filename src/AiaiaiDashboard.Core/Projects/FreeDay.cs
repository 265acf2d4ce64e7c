using System.Globalization;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>
/// Reads days as people write them: <c>2026-11-23</c> (also with a time), <c>2026/11/23</c>, <c>23.11.2026</c>, <c>23 November 2026</c>,
/// <c>Nov 23rd, 2026</c>, <c>23 de noviembre de 2026</c>. What could mean two days (<c>03/04/2026</c>), or no single one (<c>Q2 2026</c>), is none.
/// </summary>
public static class FreeDay
{
    private const int MaxLength = 60;

    // The first three letters tell every month apart, in English and in Spanish, the language of the original dashboard.
    private static readonly string[][] Months =
    [
        ["january", "enero"], ["february", "febrero"], ["march", "marzo"], ["april", "abril"], ["may", "mayo"], ["june", "junio"],
        ["july", "julio"], ["august", "agosto"], ["september", "septiembre", "sept", "setiembre"], ["october", "octubre"], ["november", "noviembre"], ["december", "diciembre"],
    ];

    private static readonly HashSet<string> Fillers = new(StringComparer.OrdinalIgnoreCase)
    {
        "de", "del", "of", "the",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
        "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo",
    };

    /// <summary>The day; null for any other text.</summary>
    public static DateOnly? Parse(string? text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed.Length > MaxLength)
        {
            return null;
        }

        if (trimmed.Length > 11 && trimmed[10] is 'T' or ' ' && char.IsAsciiDigit(trimmed[11]) && Iso(trimmed[..10]) is { } withTime)
        {
            return withTime;
        }

        return Iso(trimmed) ?? OfParts(trimmed.ToString());
    }

    private static DateOnly? Iso(ReadOnlySpan<char> text) =>
        IsoDay.TryParse(text, out DateOnly day) ? day : null;

    private static DateOnly? OfParts(string text)
    {
        string[] parts = [.. text.Split([' ', ',', '.', '/', '-'], StringSplitOptions.RemoveEmptyEntries).Where(p => !Fillers.Contains(p))];
        if (parts.Length != 3)
        {
            return null;
        }

        int[] numbers = Array.ConvertAll(parts, Number);
        int[] months = Array.ConvertAll(parts, Month);
        return (months[0], months[1]) switch
        {
            // November 23, 2026
            (not 0, 0) when months[2] == 0 && IsYear(parts[2]) => Day(numbers[2], months[0], numbers[1]),
            // 23 November 2026, 2026 November 23
            (0, not 0) when months[2] == 0 && IsYear(parts[2]) => Day(numbers[2], months[1], numbers[0]),
            (0, not 0) when months[2] == 0 && IsYear(parts[0]) => Day(numbers[0], months[1], numbers[2]),
            (0, 0) when months[2] == 0 => OfNumbers(text, parts, numbers),
            _ => null,
        };
    }

    private static DateOnly? OfNumbers(string text, string[] parts, int[] numbers)
    {
        if (IsYear(parts[0]))
        {
            return Day(numbers[0], numbers[1], numbers[2]);
        }

        if (!IsYear(parts[2]))
        {
            return null;
        }

        DateOnly? dayFirst = Day(numbers[2], numbers[1], numbers[0]);
        DateOnly? monthFirst = Day(numbers[2], numbers[0], numbers[1]);
        // With points the day stands first wherever people write so; with strokes that depends on the country.
        return text.Contains('.', StringComparison.Ordinal) || dayFirst == monthFirst || monthFirst is null ? dayFirst : dayFirst is null ? monthFirst : null;
    }

    private static bool IsYear(string part) => part.Length == 4 && Number(part) is >= 1900 and <= 9999;

    // 23, 1st, 2nd, 3rd, 4th, 1º; 0 for no number.
    private static int Number(string part)
    {
        ReadOnlySpan<char> digits = part.AsSpan().TrimEnd("stndrhSTNDRHº");
        return part.Length - digits.Length <= 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    private static int Month(string part)
    {
        for (int month = 0; month < Months.Length; month++)
        {
            foreach (string name in Months[month])
            {
                if (part.Equals(name, StringComparison.OrdinalIgnoreCase) || (part.Length == 3 && name.StartsWith(part, StringComparison.OrdinalIgnoreCase)))
                {
                    return month + 1;
                }
            }
        }

        return 0;
    }

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= 1900 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
}
