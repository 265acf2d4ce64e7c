using AiaiaiDashboard.Benchmarks.Ingest.Transcripts;
using AiaiaiDashboard.Core.Analytics.Forecasting;

namespace AiaiaiDashboard.Benchmarks.Forecasting;

/// <summary>
/// Forecasts past months from days of theirs, knowing only what was known then, and compares with how they ended. Of the day of the forecast a random
/// part is known, as for a reader who looks at some hour.
/// </summary>
internal sealed class BackTest(ForecastTuning tuning)
{
    private static readonly int[] DaysOfMonth = [5, 10, 15, 20, 25];

    /// <summary>Tests every whole month of a history; those before <paramref name="minDays"/> days of history are left out.</summary>
    public IEnumerable<ForecastCase> Run(SpendHistory history, int minDays, ulong seed)
    {
        var random = new SeededRandom(seed);
        DateOnly last = history.First.AddDays(history.Days.Length - 1);
        for (var month = new DateOnly(history.First.Year, history.First.Month, 1); month.AddMonths(1) <= last.AddDays(1); month = month.AddMonths(1))
        {
            foreach (int day in DaysOfMonth)
            {
                int known = month.AddDays(day - 1).DayNumber - history.First.DayNumber + 1;
                double part = random.Fraction();
                if (known >= Math.Max(minDays, 1) && One(history, month, day, known, part) is { } result)
                {
                    yield return result;
                }
            }
        }
    }

    private ForecastCase? One(SpendHistory history, DateOnly month, int day, int known, double part)
    {
        int from = Math.Max(0, known - 180);
        decimal[] seen = history.Days[from..known];
        seen[^1] *= (decimal)part;
        int monthStart = month.DayNumber - history.First.DayNumber;
        decimal spent = seen[Math.Max(0, seen.Length - day)..].Sum();
        DateOnly today = month.AddDays(day - 1);
        MonthForecast forecast = SpendForecaster.Forecast(seen, today, spent, null, tuning);
        if (forecast.State == "none")
        {
            return null;
        }

        int monthDays = DateTime.DaysInMonth(month.Year, month.Month);
        decimal actual = history.Days[Math.Max(0, monthStart)..(monthStart + monthDays)].Sum();
        decimal[] window = seen[Math.Max(0, seen.Length - 30)..];
        decimal naive = spent + (window.Sum() / window.Length * (monthDays - day));
        decimal usual = history.Days.Average() * monthDays;
        return new ForecastCase(history.Kind, day, usual, actual, naive, forecast);
    }
}

/// <summary>One forecast and how the month ended; <paramref name="Usual"/> is an average month of its history.</summary>
internal sealed record ForecastCase(string Kind, int Day, decimal Usual, decimal Actual, decimal Naive, MonthForecast Forecast)
{
    public bool Covered => Forecast.Low <= Actual && Actual <= Forecast.High;
}
