using System.Globalization;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>Days as people write them in commands and addresses.</summary>
public static class UsageDays
{
    /// <summary>Most days back: a hundred years.</summary>
    private const int MaxDays = 36_500;

    /// <summary>Reads <c>2026-11-23</c>, or <c>7d</c>: the first of the last 7 calendar dates, today included.</summary>
    public static bool TryParse(string text, DateOnly today, out DateOnly day)
    {
        if (text.EndsWith('d') && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int days) && days is > 0 and <= MaxDays)
        {
            day = today.AddDays(1 - days);
            return true;
        }

        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }
}
