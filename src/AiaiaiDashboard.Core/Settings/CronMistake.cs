using Cronos;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>Says what is wrong with a cron expression: which of its fields, and what is allowed there.</summary>
public static class CronMistake
{
    private static readonly (string Name, string Allowed)[] Fields =
    [
        ("minute", "0 to 59"),
        ("hour", "0 to 23"),
        ("day of the month", "1 to 31, or L for the last"),
        ("month", "1 to 12, or JAN to DEC"),
        ("day of the week", "0 to 7, where 0 and 7 are Sunday, or SUN to SAT"),
    ];

    /// <summary>The sentence about a mistake; null for an expression that can be used.</summary>
    /// <param name="cron">Five fields, or a macro such as <c>@daily</c>.</param>
    public static string? Of(string cron)
    {
        string[] fields = cron.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (Parse(cron) is { } expression)
        {
            // "0 0 30 2 *" is well formed and never comes true: a schedule that never runs is a mistake.
            return expression.GetNextOccurrence(DateTime.UnixEpoch) is null ? $"{SettingsText.Of(cron)} is not allowed: it never comes true. There is no such day." : null;
        }

        if (fields is [] or [['@', ..]])
        {
            return $"{SettingsText.Of(cron)} is not allowed: use five fields (minute, hour, day of the month, month, day of the week), or @hourly, @daily, @weekly or @monthly.";
        }

        if (fields.Length != Fields.Length)
        {
            return $"{SettingsText.Of(cron)} is not allowed: it has {fields.Length} field{(fields.Length == 1 ? "" : "s")} and needs five: minute, hour, day of the month, month, day of the week.";
        }

        for (int i = 0; i < Fields.Length; i++)
        {
            string[] alone = ["*", "*", "*", "*", "*"];
            alone[i] = fields[i];
            if (Parse(string.Join(' ', alone)) is null)
            {
                return $"{SettingsText.Of(fields[i])} is not allowed as the {Fields[i].Name}: {Fields[i].Allowed}; also * for every one, lists (1,5), ranges (1-5) and steps (*/5).";
            }
        }

        return $"{SettingsText.Of(cron)} is not allowed: its fields do not go together.";
    }

    private static CronExpression? Parse(string cron) => CronExpression.TryParse(cron, out CronExpression? expression) ? expression : null;
}
