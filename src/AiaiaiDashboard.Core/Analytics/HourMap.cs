using System.Globalization;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>Average spend per weekday and hour over the last 90 days, for the heat map.</summary>
public sealed record HourMap
{
    /// <summary>Shades besides "nothing".</summary>
    public const int Levels = 6;

    /// <summary>USD per hour, 7 times 24 values, Monday 00:00 first; empty where no hours are known.</summary>
    public required IReadOnlyList<decimal> PerHour { get; init; }

    /// <summary>Position of the highest value.</summary>
    public required int Peak { get; init; }

    /// <summary>The highest value.</summary>
    public decimal Highest => PerHour.Count == 0 ? 0 : PerHour[Peak];

    /// <summary>0 for nothing, else 1 to <see cref="Levels"/> by its share of the highest.</summary>
    public int Level(int position) => PerHour[position] <= 0 ? 0 : Math.Clamp((int)Math.Ceiling(PerHour[position] / Highest * Levels), 1, Levels);

    /// <summary>Adds up the hours of the rows and divides by the days they come from: those since the first entry.</summary>
    /// <param name="usage">The ledger.</param>
    /// <param name="today">Today.</param>
    /// <param name="project">One project id, or null for all.</param>
    public static HourMap Of(UsageReadModel usage, DateOnly today, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(usage);
        UsageColumns columns = usage.Columns;
        int only = project is null ? -1 : columns.Projects.CodeOf(project);
        DateOnly start = today.AddDays(1 - AnalyticsCalculator.DailyDays);
        decimal[] sums = new decimal[7 * 24];
        (int from, int to) = usage.Range(start, today);
        int first = 0;
        while (first < to && project is not null && columns.Project[first] != only)
        {
            first++;
        }

        for (int row = from; row < to; row++)
        {
            if ((project is null || columns.Project[row] == only) && usage.Hours(row) is { } hours)
            {
                int weekday = ((int)DateOnly.FromDayNumber(columns.Facts[row].Day).DayOfWeek + 6) % 7;
                foreach ((string hour, decimal cost) in hours)
                {
                    sums[(weekday * 24) + int.Parse(hour, NumberStyles.None, CultureInfo.InvariantCulture)] += cost;
                }
            }
        }

        if (first == to || !sums.Any(s => s > 0))
        {
            return new HourMap { PerHour = [], Peak = 0 };
        }

        DateOnly begin = DateOnly.FromDayNumber(Math.Max(start.DayNumber, columns.Facts[first].Day));
        int[] days = new int[7];
        for (DateOnly day = begin; day <= today; day = day.AddDays(1))
        {
            days[((int)day.DayOfWeek + 6) % 7]++;
        }

        decimal[] average = [.. sums.Select((cost, position) => cost / Math.Max(1, days[position / 24]))];
        return new HourMap { PerHour = average, Peak = average.Index().MaxBy(v => v.Item).Index };
    }
}
