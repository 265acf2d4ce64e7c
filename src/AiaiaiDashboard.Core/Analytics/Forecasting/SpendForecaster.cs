namespace AiaiaiDashboard.Core.Analytics.Forecasting;

/// <summary>
/// Forecasts the end of the month from the spend per day. The method, step by step:
/// <list type="number">
/// <item>Level: mean of the past days, a day of nine days ago counting half; mixed with the long-run mean, so that one busy week is not the future.
/// Days without spend count as zeros. A day counts at most ten medians of the days with spend: an outlier is in the month's total, not in the trend.</item>
/// <item>Weekdays: each has a factor, its share of an average day. While few weeks are known it is drawn towards a working week whose weekend days count
/// half; under a week that is all.</item>
/// <item>Expected total: what is spent, what today's expectation has left (today is never over before it is), and level times factor of each day to come.</item>
/// <item>Spread: variance of the days about that expectation, more where busy days come in groups (measured on whole weeks), uncertainty of the level, and drift of
/// the level with the horizon.</item>
/// <item>Width: the same forecast is made from past days of this history with the same horizon; where it missed by more, or less, than its spread said,
/// the spread is scaled by that.</item>
/// <item>Interval: 10 % and 90 % quantiles of a gamma distribution of that mean and variance for what is still to come (Wilson and Hilferty 1931). Where one past span of
/// that length in ten had no spend at all, the lower end is what is spent already.</item>
/// <item>Under seven days of history each missing day widens it; below three days with spend there is none.</item>
/// </list>
/// Pure: the same days give the same forecast, whatever the time of day.
/// </summary>
public static class SpendForecaster
{
    // One past month in ten lies outside on each side.
    private const double Z = 1.2815515655446004;

    // Sums at which the shape says no more than "all or nothing".
    private const double MinShape = 0.15;

    // A lower end of so little more than nothing is nothing.
    private const double Negligible = 0.03;

    /// <summary>Forecasts the month of <paramref name="today"/>.</summary>
    /// <param name="days">USD per day, oldest first, beginning with the first entry ever (or as far back as is known), the last is today so far.</param>
    /// <param name="today">Today.</param>
    /// <param name="spent">Month-to-date spend, USD.</param>
    /// <param name="budget">Budget or limit, USD; null for none.</param>
    /// <param name="widths">What was measured on past days before; null to measure it.</param>
    public static MonthForecast Forecast(ReadOnlySpan<decimal> days, DateOnly today, decimal spent, decimal? budget, ForecastWidths? widths = null) =>
        Forecast(days, today, spent, budget, ForecastTuning.InUse, widths);

    internal static MonthForecast Forecast(
        ReadOnlySpan<decimal> days, DateOnly today, decimal spent, decimal? budget, ForecastTuning tuning, ForecastWidths? widths = null)
    {
        double[] history = new double[days.Length];
        int withSpend = 0;
        for (int i = 0; i < history.Length; i++)
        {
            history[i] = (double)days[i];
            withSpend += days[i] > 0 ? 1 : 0;
        }

        if (withSpend < MonthForecast.DaysNeeded)
        {
            return new MonthForecast { DaysOfHistory = days.Length, DaysWithSpend = withSpend };
        }

        var ages = new AgeWeights(tuning);
        int ahead = DateTime.DaysInMonth(today.Year, today.Month) - today.Day;
        int firstWeekday = Weekday(today, 1 - history.Length);
        ReadOnlySpan<double> complete = history.AsSpan(..^1);
        SpendModel model = SpendModel.Fit(complete, firstWeekday, tuning, ages);
        double width = Width(complete, firstWeekday, ahead, tuning, ages, widths);
        int missing = Math.Max(0, MonthForecast.ShortHistory - history.Length);
        (double todayRest, double todayVariance) = RestOfToday(model, (int)today.DayOfWeek, history[^1]);

        decimal[] path = new decimal[ahead + 1];
        decimal[] low = new decimal[ahead + 1];
        decimal[] high = new decimal[ahead + 1];
        bool mayRest = ShareOfSilence(complete, ahead) >= 0.1;
        double factors = 0;
        for (int day = 0; day <= ahead; day++)
        {
            factors += day == 0 ? 0 : model.Factor(Weekday(today, day));
            double mean = todayRest + (model.Level * factors);
            double variance = todayVariance + Variance(model, factors, day, tuning);
            variance = (variance * width) + (mean * mean * tuning.ShortPerDay * missing);
            (double from, double to) = Interval(mean, variance);
            from = mayRest || from < mean * Negligible ? 0 : from;
            path[day] = Cents(spent, mean);
            low[day] = Math.Max(Cents(spent, Math.Min(from, mean)), day == 0 ? 0 : low[day - 1]);
            high[day] = Math.Max(Cents(spent, Math.Max(to, mean)), day == 0 ? 0 : high[day - 1]);
        }

        return new MonthForecast
        {
            State = missing > 0 ? "short" : "ready",
            Expected = path[^1],
            Low = low[^1],
            High = high[^1],
            OverBudget = budget is { } limit ? Money.Plain(path[^1] - limit) : null,
            DaysOfHistory = days.Length,
            DaysWithSpend = withSpend,
            Path = path,
            PathLow = low,
            PathHigh = high,
        };
    }

    // How many of the past spans of so many days had no spend at all.
    private static double ShareOfSilence(ReadOnlySpan<double> days, int span)
    {
        int silent = 0;
        int run = 0;
        foreach (double day in days)
        {
            run = day > 0 ? 0 : run + 1;
            silent += run >= Math.Max(span, 1) ? 1 : 0;
        }

        int spans = days.Length - Math.Max(span, 1) + 1;
        return spans > 0 ? (double)silent / spans : 0;
    }

    private static double Variance(SpendModel model, double factors, int ahead, ForecastTuning tuning)
    {
        double sum = model.Level * factors;
        return (model.Variance * factors * model.Grouping)
            + (model.LevelVariance * factors * factors)
            + (sum * sum * (tuning.BaseDrift + (tuning.DriftPerDay * ahead)));
    }

    // What of today is still to come: the part of its distribution, taken as normal, that lies above what is spent.
    private static (double Mean, double Variance) RestOfToday(SpendModel model, int weekday, double spentToday)
    {
        double mean = model.Level * model.Factor(weekday);
        double deviation = Math.Sqrt(model.Variance * model.Factor(weekday));
        double off = mean - spentToday;
        if (deviation <= 0)
        {
            return (Math.Max(0, off), 0);
        }

        double probability = NormalBelow(off / deviation);
        double density = Math.Exp(-0.5 * off * off / (deviation * deviation)) / Math.Sqrt(2 * Math.PI);
        double rest = Math.Max(0, (off * probability) + (deviation * density));
        double square = (((off * off) + (deviation * deviation)) * probability) + (off * deviation * density);
        return (rest, Math.Max(0, square - (rest * rest)));
    }

    private static double Width(ReadOnlySpan<double> days, int firstWeekday, int ahead, ForecastTuning tuning, AgeWeights ages, ForecastWidths? widths)
    {
        double? known = null;
        ulong history = widths?.Find(days, firstWeekday, ahead, out known) ?? 0;
        if (known is { } before)
        {
            return before;
        }

        double width = Measure(days, firstWeekday, ahead, tuning, ages);
        widths?.Keep(history, width);
        return width;
    }

    // Squared: how much wider than its spread the errors of past forecasts over as many days were.
    private static double Measure(ReadOnlySpan<double> days, int firstWeekday, int ahead, ForecastTuning tuning, AgeWeights ages)
    {
        const int FirstOrigin = 14;
        int horizon = Math.Max(ahead, 1);
        int step = Math.Max(1, horizon / 4);
        double sum = 0;
        int origins = 0;
        for (int end = days.Length - horizon; end >= FirstOrigin; end -= step)
        {
            SpendModel model = SpendModel.Fit(days[..end], firstWeekday, tuning, ages);
            double factors = 0;
            double actual = 0;
            for (int day = end; day < end + horizon; day++)
            {
                factors += model.Factor((firstWeekday + day) % 7);
                actual += days[day];
            }

            double variance = Variance(model, factors, horizon, tuning);
            double off = actual - (model.Level * factors);
            if (variance > 0)
            {
                sum += Math.Min(tuning.WorstMiss, off * off / variance);
                origins++;
            }
        }

        if (origins == 0)
        {
            return 1;
        }

        // Origins overlap: they are worth the months that fit beside each other.
        double months = (double)(days.Length - FirstOrigin) / horizon;
        months = Math.Min(months, origins);
        return ((sum / origins * months) + tuning.WidthPrior) / (months + tuning.WidthPrior);
    }

    private static (double Low, double High) Interval(double mean, double variance)
    {
        if (mean <= 0 || variance <= 0)
        {
            return (Math.Max(0, mean), Math.Max(0, mean));
        }

        double part = 1 / (9 * Math.Max(mean * mean / variance, MinShape));
        return (mean * Cube(Math.Max(0, 1 - part - (Z * Math.Sqrt(part)))), mean * Cube(1 - part + (Z * Math.Sqrt(part))));
    }

    private static double Cube(double value) => value * value * value;

    // Abramowitz and Stegun 26.2.17; off by less than 1e-7.
    private static double NormalBelow(double z)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(z)));
        double tail = Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI)
            * t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return z >= 0 ? 1 - tail : tail;
    }

    private static int Weekday(DateOnly today, int offset) => (int)today.AddDays(offset).DayOfWeek;

    // Rounded up at neither end: no forecast is below what is spent.
    private static decimal Cents(decimal spent, double more) => Math.Round(spent + (decimal)Math.Min(more, 1e12), 2, MidpointRounding.AwayFromZero);
}
