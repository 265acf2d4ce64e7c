using System.Globalization;

namespace AiaiaiDashboard.Core.Usage;

/// <summary>Reads questions as people type them in commands and addresses.</summary>
public static class UsageQueryText
{
    /// <summary>Most days of a <c>7d</c> form: a hundred years.</summary>
    private const int MaxDays = 36_525;

    /// <summary>Builds a question; all mistakes at once.</summary>
    /// <param name="by">Groupings with commas between, such as <c>day,model</c>; null or empty for the total only.</param>
    /// <param name="since">First day: <c>2026-11-01</c>, or <c>7d</c> for the last seven dates, today included; null for no bound.</param>
    /// <param name="until">Last day, the same forms; null for today.</param>
    /// <param name="project">Project id; null or empty for all.</param>
    /// <param name="today">Today.</param>
    /// <returns>The question, or null and the mistakes: name of the parameter and a sentence.</returns>
    public static (UsageQuery? Query, IReadOnlyDictionary<string, string> Errors) Parse(
        string? by, string? since, string? until, string? project, DateOnly today)
    {
        var errors = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var groupings = new List<UsageGrouping>();
        foreach (string name in (by ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            UsageGrouping? grouping = name switch
            {
                "day" => UsageGrouping.Day,
                "month" => UsageGrouping.Month,
                "project" => UsageGrouping.Project,
                "model" => UsageGrouping.Model,
                "session" => UsageGrouping.Session,
                _ => null,
            };
            if (grouping is { } known && !groupings.Contains(known))
            {
                groupings.Add(known);
            }
            else
            {
                errors["by"] = $"\"{name}\" is not allowed{(grouping is null ? "" : " twice")}: use day, month, project, model or session.";
            }
        }

        DateOnly? from = Day("since", since, today, errors);
        DateOnly? to = Day("until", until, today, errors);
        if (from > to)
        {
            errors["until"] = $"\"{until}\" is not allowed: it lies before \"{since}\".";
        }

        return errors.Count > 0 ? (null, errors) : (new UsageQuery(groupings, from, to, string.IsNullOrEmpty(project) ? null : project), errors);
    }

    private static DateOnly? Day(string name, string? text, DateOnly today, SortedDictionary<string, string> errors)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (IsoDay.TryParse(text, out DateOnly day))
        {
            return day;
        }

        if (text[^1] is 'd' && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int days)
            && days is >= 1 and <= MaxDays && days <= today.DayNumber)
        {
            return today.AddDays(1 - days);
        }

        errors[name] = $"\"{text}\" is not allowed: use a day such as 2026-11-01, or 7d for the last seven days.";
        return null;
    }
}
