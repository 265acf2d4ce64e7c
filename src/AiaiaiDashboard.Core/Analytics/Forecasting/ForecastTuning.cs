namespace AiaiaiDashboard.Core.Analytics.Forecasting;

/// <summary>
/// The constants of the forecast, set by hand with <c>AiaiaiDashboard.Benchmarks -- forecast</c>. Which seeds they were chosen on was
/// not recorded and no real history was held back; on the seeds 1, 2 and 3, drawn afterwards, 82.8 to 83.1 % of generated months end inside the interval, as on the printed one.
/// </summary>
internal sealed record ForecastTuning
{
    /// <summary>The values in use.</summary>
    public static readonly ForecastTuning InUse = new();

    /// <summary>Days after which a day counts half for the level.</summary>
    public double LevelHalfLife { get; init; } = 9;

    /// <summary>Days after which a day counts half for the weekdays and for the long-run level.</summary>
    public double WeekdayHalfLife { get; init; } = 56;

    /// <summary>Average weeks mixed into each weekday, so that one Monday does not make Mondays.</summary>
    public double WeekdayPrior { get; init; } = 1.5;

    /// <summary>Days at the long-run level mixed into the level.</summary>
    public double LevelPrior { get; init; } = 6;

    /// <summary>A day counts at most this many medians of the days with spend: one $10,000 day is no trend.</summary>
    public double OutlierMedians { get; init; } = 10;

    /// <summary>Days of variance equal to the squared level that are mixed into the measured variance.</summary>
    public double VariancePrior { get; init; } = 3;

    /// <summary>How much more a sum of days varies than independent days would, before the history says it.</summary>
    public double Grouping { get; init; } = 1.4;

    /// <summary>Weeks that <see cref="Grouping"/> is worth against the measured weeks.</summary>
    public double GroupingPrior { get; init; } = 4;

    /// <summary>Largest squared error, in spreads, that a past forecast counts with.</summary>
    public double WorstMiss { get; init; } = 12;

    /// <summary>Relative variance of the level per day ahead: work comes and goes.</summary>
    public double DriftPerDay { get; init; } = 0.004;

    /// <summary>Relative variance of the level whatever the horizon.</summary>
    public double BaseDrift { get; init; } = 0.01;

    /// <summary>Past months that the assumed width of the interval is worth against the measured errors.</summary>
    public double WidthPrior { get; init; } = 4;

    /// <summary>Relative variance that a history of fewer days than <see cref="MonthForecast.ShortHistory"/> adds, per missing day.</summary>
    public double ShortPerDay { get; init; } = 0.12;
}
