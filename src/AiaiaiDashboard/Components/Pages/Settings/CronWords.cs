using System.Globalization;

namespace AiaiaiDashboard.Components.Pages.Settings;

/// <summary>The usual cron expressions in words. What is not usual is described by its next runs alone.</summary>
public static class CronWords
{
    private static readonly string[] Days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary><c>Every 15 minutes</c>, <c>Every day at 06:00</c>, ...; "At the times below" for others.</summary>
    public static string Of(string cron)
    {
        string[] f = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return f switch
        {
            ["*", "*", "*", "*", "*"] => "Every minute",
            [var m, "*", "*", "*", "*"] when Step(m) is { } step => step == 1 ? "Every minute" : $"Every {step} minutes{(60 % step == 0 ? "" : ", from the full hour on")}",
            [var m, "*", "*", "*", "*"] when Number(m, 59) is { } minute => minute == 0 ? "Every hour, on the hour" : $"Every hour at minute {minute}",
            [var m, var h, "*", "*", "*"] when Number(m, 59) is { } minute && Step(h) is { } step => $"Every {step} hours at minute {minute}",
            [var m, var h, "*", "*", "*"] when Time(m, h) is { } time => $"Every day at {time}",
            [var m, var h, "*", "*", "1-5" or "MON-FRI"] when Time(m, h) is { } time => $"Monday to Friday at {time}",
            [var m, var h, "*", "*", var d] when Time(m, h) is { } time && Number(d, 7) is { } day => $"Every {Days[day]} at {time}",
            [var m, var h, var d, "*", "*"] when Time(m, h) is { } time && Number(d, 31) is > 0 and var day => $"On day {day} of every month at {time}",
            _ => "At the times below",
        };
    }

    private static int? Number(string field, int max) => int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value <= max ? value : null;

    private static int? Step(string field) => field.StartsWith("*/", StringComparison.Ordinal) && Number(field[2..], 59) is > 0 and var step ? step : null;

    private static string? Time(string minute, string hour) =>
        Number(minute, 59) is { } m && Number(hour, 23) is { } h ? string.Create(CultureInfo.InvariantCulture, $"{h:00}:{m:00}") : null;
}
