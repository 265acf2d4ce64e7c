using System.Globalization;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Alerts.Rules;

/// <summary>
/// A day on which a project spent far more than it does: at least the configured factor times its usual day, outside the spread of its days
/// with spend, above all of them, and by an amount that matters. Today and yesterday are looked at, since a day's usage may arrive after midnight.
/// </summary>
internal static class SpikeRule
{
    /// <summary>Days before the day that make its history.</summary>
    public const int HistoryDays = 28;

    /// <summary>Days with spend without which there is no usual day.</summary>
    public const int MinDays = 5;

    /// <summary>A day is no spike for less than this above the usual one, USD.</summary>
    public const decimal MinExcess = 5;

    // Median absolute deviations to standard deviations of a normal distribution, times five.
    private const decimal Spread = 5 * 1.4826m;

    public static IEnumerable<ActiveAlert> Evaluate(AnalyticsDocument figures, AlertsConfig config, Func<string, string> nameOf)
    {
        if (!config.EffectiveRules.Spike)
        {
            return [];
        }

        return Of(figures, config, nameOf);
    }

    private static IEnumerable<ActiveAlert> Of(AnalyticsDocument figures, AlertsConfig config, Func<string, string> nameOf)
    {
        foreach (string id in figures.Projects.Keys)
        {
            for (int back = 0; back < ScopeFigures.LatestDays; back++)
            {
                if (Of(id, figures.Projects[id], back, figures.Date, config, nameOf) is { } alert)
                {
                    yield return alert;
                }
            }
        }
    }

    private static ActiveAlert? Of(string id, ScopeFigures scope, int back, DateOnly today, AlertsConfig config, Func<string, string> nameOf)
    {
        int index = scope.Daily.Count - 1 - back;
        if (index < MinDays)
        {
            return null;
        }

        decimal spend = scope.Daily[index];
        if (spend < MinExcess)
        {
            // It cannot lie so much above a usual day.
            return null;
        }

        decimal[] history = [.. scope.Daily.Skip(Math.Max(0, index - HistoryDays)).Take(Math.Min(index, HistoryDays)).Where(d => d > 0)];
        if (history.Length < MinDays)
        {
            return null;
        }

        decimal usual = Median(history);
        decimal deviation = Median([.. history.Select(d => Math.Abs(d - usual))]);
        if (spend < usual * config.EffectiveRules.SpikeFactor || spend <= usual + (Spread * deviation) || spend <= history.Max() || spend - usual < MinExcess)
        {
            return null;
        }

        DateOnly day = today.AddDays(-back);
        string name = nameOf(id);
        string date = IsoDay.Text(day);
        string model = scope.LatestTopModels.ElementAtOrDefault(back) is { } top ? $" Most of it, {AlertText.Amount(top.Cost, config)}, went to {top.Name}." : "";
        return new ActiveAlert
        {
            Key = $"spike-{id}-{date}",
            Type = AlertType.Spike,
            Level = AlertLevel.Warning,
            Title = $"Unusual spend in {name}",
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"{name} spent {AlertText.Amount(spend, config)} on {day:MMM d}, {spend / usual:0.#} times its usual {AlertText.Amount(usual, config)} per day."),
            Advice = $"Look for a session that runs away.{model}",
            Project = id,
            Spend = spend,
            Since = day,
        };
    }

    private static decimal Median(decimal[] values)
    {
        Array.Sort(values);
        int middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
