using AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

namespace AiaiaiDashboard.Benchmarks.Forecasting;

/// <summary>
/// Histories of invented people: how they work differs by kind, and within a kind by level, weekdays, spread and chance. None is made by the model that
/// the forecast fits: levels jump between phases, days are lognormal, absences and outliers come unannounced.
/// </summary>
internal static class GeneratedHistories
{
    private const int Days = 300;

    /// <summary>The kinds.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["office week", "every day", "now and then", "growing", "phases", "absences", "outliers", "team"];

    /// <summary>So many histories of each kind.</summary>
    public static IEnumerable<SpendHistory> All(ulong seed, int perKind)
    {
        for (int kind = 0; kind < Kinds.Count; kind++)
        {
            for (int i = 0; i < perKind; i++)
            {
                yield return One(Kinds[kind], new SeededRandom(seed + ((ulong)kind * 1_000_003) + ((ulong)i * 7_919)));
            }
        }
    }

    private static SpendHistory One(string kind, SeededRandom random)
    {
        DateOnly first = new DateOnly(2025, 1, 1).AddDays(random.Between(0, 365));
        double[] days = kind == "team" ? Team(random, first) : Person(kind, random, first);
        return new SpendHistory(kind, first, Array.ConvertAll(days, d => Math.Round((decimal)d, 6)));
    }

    private static double[] Team(SeededRandom random, DateOnly first)
    {
        double[] sum = new double[Days];
        int people = random.Between(3, 7);
        for (int person = 0; person < people; person++)
        {
            double[] one = Person(random.Pick(["office week", "phases", "absences", "every day"]), random, first);
            for (int day = 0; day < Days; day++)
            {
                sum[day] += one[day];
            }
        }

        return sum;
    }

    private static double[] Person(string kind, SeededRandom random, DateOnly first)
    {
        double level = Math.Exp(0.5 + (1.5 * random.Fraction()));
        double spread = 0.4 + (0.6 * random.Fraction());
        double weekend = kind == "every day" ? 0.6 + (0.6 * random.Fraction()) : kind == "now and then" ? 0.5 * random.Fraction() : 0.15 * random.Fraction();
        double busy = kind == "now and then" ? 0.25 + (0.3 * random.Fraction()) : 0.85 + (0.14 * random.Fraction());
        double growth = kind == "growing" ? 0.003 + (0.005 * random.Fraction()) : 0;
        double[] weekday = [.. Enumerable.Range(0, 7).Select(_ => 0.75 + (0.5 * random.Fraction()))];
        double phase = 1;
        int phaseLeft = 0;
        int away = 0;
        double[] days = new double[Days];
        for (int i = 0; i < Days; i++)
        {
            if (kind == "phases" && phaseLeft-- <= 0)
            {
                phaseLeft = random.Between(15, 50);
                phase = Math.Exp(0.55 * Normal(random));
            }

            away = away > 0 ? away - 1 : kind == "absences" && random.Chance(0.02) ? random.Between(4, 15) : 0;
            DayOfWeek name = first.AddDays(i).DayOfWeek;
            double share = weekday[(int)name] * (name is DayOfWeek.Saturday or DayOfWeek.Sunday ? weekend : 1);
            bool works = away == 0 && random.Chance(name is DayOfWeek.Saturday or DayOfWeek.Sunday ? busy * Math.Sqrt(weekend) : busy);
            double value = works ? level * share * phase * Math.Exp((growth * i) + (spread * Normal(random)) - (spread * spread / 2)) : 0;
            days[i] = kind == "outliers" && random.Chance(0.02) ? (value + level) * (5 + (10 * random.Fraction())) : value;
        }

        return days;
    }

    // Box and Muller.
    private static double Normal(SeededRandom random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.Fraction())) * Math.Cos(2 * Math.PI * random.Fraction());
}
