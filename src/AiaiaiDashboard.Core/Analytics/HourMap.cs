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

    /// <summary>Divides the sums of a scope by the days they come from: those since its first entry.</summary>
    public static HourMap Of(ScopeFigures scope, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.CostByHour.Count == 0)
        {
            return new HourMap { PerHour = [], Peak = 0 };
        }

        DateOnly from = today.AddDays(1 - AnalyticsCalculator.DailyDays);
        from = scope.FirstDay is { } first && first > from ? first : from;
        int[] days = new int[7];
        for (DateOnly day = from; day <= today; day = day.AddDays(1))
        {
            days[((int)day.DayOfWeek + 6) % 7]++;
        }

        decimal[] average = [.. scope.CostByHour.Select((cost, position) => cost / Math.Max(1, days[position / 24]))];
        return new HourMap { PerHour = average, Peak = average.Index().MaxBy(v => v.Item).Index };
    }
}
