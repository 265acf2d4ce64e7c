using AiaiaiDashboard.Core.Quality;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>One value of a <see cref="TrendLine"/>.</summary>
public readonly record struct TrendPoint(DateOnly Day, decimal Value)
{
    /// <summary>The days on which a value was known.</summary>
    public static IReadOnlyList<TrendPoint> Of(IReadOnlyList<QualityPoint> history, Func<QualityPoint, decimal?> value) =>
        [.. history.Select(p => (p.Day, Value: value(p))).Where(p => p.Value is not null).Select(p => new TrendPoint(p.Day, p.Value!.Value))];

    /// <summary>The points from a day on, beginning with what was known on that day.</summary>
    public static IReadOnlyList<TrendPoint> Within(IReadOnlyList<TrendPoint> points, DateOnly from)
    {
        int first = 0;
        while (first < points.Count && points[first].Day < from)
        {
            first++;
        }

        return first == 0 ? points
            : first < points.Count && points[first].Day == from ? [.. points.Skip(first)]
            : [new TrendPoint(from, points[first - 1].Value), .. points.Skip(first)];
    }

    /// <summary>The last value minus the one known on a day; null with fewer than two.</summary>
    public static decimal? Change(IReadOnlyList<TrendPoint> points, DateOnly from) =>
        Within(points, from) is { Count: > 1 } shown ? shown[^1].Value - shown[0].Value : null;
}
