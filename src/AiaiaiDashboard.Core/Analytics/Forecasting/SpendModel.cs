namespace AiaiaiDashboard.Core.Analytics.Forecasting;

/// <summary>What a day counts by its age in days, for the level and for the weekdays: halving again and again. Computed once, since the model is fitted to many past days.</summary>
internal sealed class AgeWeights(ForecastTuning tuning)
{
    /// <summary>For the level; the last complete day first.</summary>
    public double[] Level { get; } = Halving(tuning.LevelHalfLife);

    /// <summary>For weekdays, long-run level and spread.</summary>
    public double[] Weekday { get; } = Halving(tuning.WeekdayHalfLife);

    private static double[] Halving(double halfLife)
    {
        double[] weights = new double[SpendModel.MaxDays];
        for (int age = 0; age < weights.Length; age++)
        {
            weights[age] = Math.Pow(0.5, age / halfLife);
        }

        return weights;
    }
}

/// <summary>
/// Level, weekdays and spread of the daily spend of a history. Days are complete days, oldest first; days without spend count as what they are.
/// </summary>
internal readonly struct SpendModel
{
    /// <summary>Days the model looks back.</summary>
    public const int MaxDays = 180;

    private const double UsualWorkday = 7.0 / 6;
    private const double UsualWeekend = UsualWorkday / 2;

    private readonly double[] weekdays;

    private SpendModel(double[] weekdays, double level, double variance, double levelVariance, double grouping)
    {
        this.weekdays = weekdays;
        Level = level;
        Variance = variance;
        LevelVariance = levelVariance;
        Grouping = grouping;
    }

    /// <summary>Spend of an average day, USD.</summary>
    public double Level { get; }

    /// <summary>Variance of a day of factor 1.</summary>
    public double Variance { get; }

    /// <summary>Squared standard error of <see cref="Level"/>.</summary>
    public double LevelVariance { get; }

    /// <summary>How much more a sum of days varies than independent days would: busy days come in groups.</summary>
    public double Grouping { get; }

    /// <summary>How much of an average day a weekday is.</summary>
    public double Factor(int weekday) => weekdays[weekday];

    /// <summary>Fits the model.</summary>
    /// <param name="days">USD per complete day, oldest first.</param>
    /// <param name="firstWeekday">Weekday of the first of them, 0 is Sunday.</param>
    /// <param name="tuning">Constants.</param>
    /// <param name="ages">Weights of days by their age.</param>
    public static SpendModel Fit(ReadOnlySpan<double> days, int firstWeekday, ForecastTuning tuning, AgeWeights ages)
    {
        if (days.Length > MaxDays)
        {
            firstWeekday = (firstWeekday + days.Length - MaxDays) % 7;
            days = days[^MaxDays..];
        }

        double cap = tuning.OutlierMedians * MedianOfSpend(days);
        Span<double> weekdaySum = stackalloc double[7];
        Span<double> weekdayWeight = stackalloc double[7];
        double longSum = 0;
        double longWeight = 0;
        for (int i = 0; i < days.Length; i++)
        {
            double weight = ages.Weekday[days.Length - 1 - i];
            double value = Math.Min(days[i], cap);
            int weekday = (firstWeekday + i) % 7;
            weekdaySum[weekday] += weight * value;
            weekdayWeight[weekday] += weight;
            longSum += weight * value;
            longWeight += weight;
        }

        double longRun = longWeight > 0 ? longSum / longWeight : 0;
        double[] factors = Factors(weekdaySum, weekdayWeight, longRun, days.Length, tuning);

        double levelSum = tuning.LevelPrior * longRun;
        double levelWeight = tuning.LevelPrior;
        double squaredWeight = tuning.LevelPrior;
        for (int i = 0; i < days.Length; i++)
        {
            double weight = ages.Level[days.Length - 1 - i];
            double factor = factors[(firstWeekday + i) % 7];
            levelSum += weight * Math.Min(days[i], cap);
            levelWeight += weight * factor;
            squaredWeight += weight * weight * factor;
        }

        double level = levelSum / levelWeight;
        double spread = tuning.VariancePrior * level * level;
        double spreadWeight = tuning.VariancePrior;
        for (int i = 0; i < days.Length; i++)
        {
            double weight = ages.Weekday[days.Length - 1 - i];
            double factor = factors[(firstWeekday + i) % 7];
            double off = Math.Min(days[i], cap) - (level * factor);
            spread += weight * off * off;
            spreadWeight += weight * factor;
        }

        double variance = spread / spreadWeight;
        double grouping = GroupingOf(days, cap, longRun, variance, tuning);
        return new SpendModel(factors, level, variance, variance * grouping * squaredWeight / (levelWeight * levelWeight), grouping);
    }

    // Weeks from the end of the history: their variance over that of seven independent days.
    private static double GroupingOf(ReadOnlySpan<double> days, double cap, double longRun, double variance, ForecastTuning tuning)
    {
        double squares = 0;
        int weeks = 0;
        for (int end = days.Length; end >= 7; end -= 7, weeks++)
        {
            double sum = 0;
            foreach (double day in days[(end - 7)..end])
            {
                sum += Math.Min(day, cap);
            }

            squares += (sum - (7 * longRun)) * (sum - (7 * longRun));
        }

        double measured = variance > 0 ? squares / (7 * variance) : 0;
        return (measured + (tuning.GroupingPrior * tuning.Grouping)) / (weeks + tuning.GroupingPrior);
    }

    // Each weekday's share of an average day. Where weeks are missing, a weekend day counts half of a working day, as it does for most people who
    // are paid for the work; under a week that is all that is known.
    private static double[] Factors(Span<double> sum, Span<double> weight, double mean, int days, ForecastTuning tuning)
    {
        double[] factors = new double[7];
        bool known = days >= 7 && mean > 0;
        for (int weekday = 0; weekday < 7; weekday++)
        {
            double usual = weekday is 0 or 6 ? UsualWeekend : UsualWorkday;
            factors[weekday] = known
                ? (sum[weekday] + (tuning.WeekdayPrior * mean * usual)) / ((weight[weekday] + tuning.WeekdayPrior) * mean)
                : usual;
        }

        double total = 0;
        foreach (double factor in factors)
        {
            total += factor;
        }

        double average = total / factors.Length;
        for (int weekday = 0; weekday < 7; weekday++)
        {
            factors[weekday] /= average;
        }

        return factors;
    }

    private static double MedianOfSpend(ReadOnlySpan<double> days)
    {
        Span<double> spent = stackalloc double[MaxDays];
        int count = 0;
        foreach (double day in days)
        {
            if (day > 0)
            {
                spent[count++] = day;
            }
        }

        if (count == 0)
        {
            return 0;
        }

        return Smallest(spent[..count], (count - 1) / 2);
    }

    // The value that would stand at a place if they were sorted (Hoare's selection). By hand: the framework's sort of doubles is compiled when a program
    // runs, and this is called for every past day of every project.
    private static double Smallest(Span<double> values, int place)
    {
        int low = 0;
        int high = values.Length - 1;
        while (low < high)
        {
            double pivot = values[(low + high) / 2];
            int left = low;
            int right = high;
            while (left <= right)
            {
                while (values[left] < pivot)
                {
                    left++;
                }

                while (values[right] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (values[left], values[right]) = (values[right], values[left]);
                    left++;
                    right--;
                }
            }

            if (place > right && place < left)
            {
                break;
            }

            (low, high) = place <= right ? (low, right) : (left, high);
        }

        return values[place];
    }
}
