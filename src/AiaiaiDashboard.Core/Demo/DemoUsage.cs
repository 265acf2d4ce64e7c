using System.Globalization;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Demo;

/// <summary>The ledger of the sample data: sessions whose tokens cost, at the built-in prices, what the day is meant to cost.</summary>
/// <param name="zone">Zone of the days.</param>
/// <param name="now">Time of day at which the sample data is made: no call of today is later. From eight on it makes no difference.</param>
internal sealed class DemoUsage(TimeZoneInfo zone, TimeOnly now)
{
    private const string Opus = "claude-opus-5";
    private const string Sonnet = "claude-sonnet-5";
    private const string Haiku = "claude-haiku-4-5";
    private const string EarlierOpus = "claude-opus-4-8";

    /// <summary>Rows of all days up to today.</summary>
    public IEnumerable<UsageRow> Rows(DateOnly today)
    {
        foreach ((DemoProject project, DateOnly day, double usd) in DemoSpend.Of(today))
        {
            DemoRandom random = DemoRandom.For(project.Id + "/sessions", day);
            int sessions = usd < 1.2 ? 1 : usd < 3 ? 2 : 3;
            double left = usd;
            for (int i = 0; i < sessions; i++)
            {
                double share = i == sessions - 1 ? left : left * random.Between(0.35, 0.65);
                left -= share;
                foreach (UsageRow row in Session(project, day, today, share, random))
                {
                    yield return row;
                }
            }
        }
    }

    private IEnumerable<UsageRow> Session(DemoProject project, DateOnly day, DateOnly today, double usd, DemoRandom random)
    {
        string id = NewSession(random);
        int first = day == today ? HourOfToday(random.Whole(6, 7)) : random.Whole(8, 16);
        int hours = day == today ? 1 : random.Whole(1, 3);
        string main = !random.Chance(project.Share > 10 ? 0.58 : 0.35) ? Sonnet
            : day.DayNumber < today.DayNumber - 55 && random.Chance(0.5) ? EarlierOpus : Opus;
        double side = random.Chance(0.55) ? random.Between(0.04, 0.14) : 0;
        yield return Row(project, day, today, id, main, usd * (1 - side), first, hours, random);
        if (side > 0)
        {
            yield return Row(project, day, today, id, Haiku, usd * side, first, hours, random);
        }
    }

    private UsageRow Row(DemoProject project, DateOnly day, DateOnly today, string session, string model, double usd, int firstHour, int hours, DemoRandom random)
    {
        ModelPrice price = PriceTable.BuiltIn.Price(model, day) ?? throw new InvalidOperationException($"{model} has no price.");
        bool small = model == Haiku;
        double tokensIn = random.Between(6, 60);
        double tokensOut = small ? random.Between(120, 400) : random.Between(280, 950);
        double written = small ? random.Between(700, 2_400) : random.Between(2_200, 7_500);
        double read = small ? random.Between(9_000, 26_000) : random.Between(48_000, 115_000);
        double long1h = !small && random.Chance(0.3) ? random.Between(0.2, 0.6) : 0;

        // One call costs so much; the number of calls gives the amount, and a last factor on the tokens the rest of it.
        double each = (double)price.Cost(Counters(1, 1), false, false, false, false);
        long calls = Math.Max(1, (long)Math.Round(usd / each));
        UsageCounters counters = Counters(calls, usd / each);
        decimal cost = price.Cost(counters, false, false, false, false);
        return new UsageRow
        {
            Date = day,
            Project = project.Id,
            Session = session,
            Model = model,
            Source = UsageSource.ClaudeCode,
            Calls = counters.Calls,
            TokensIn = counters.TokensIn,
            TokensOut = counters.TokensOut,
            CacheWrite = counters.CacheWrite,
            CacheWrite1h = counters.CacheWrite1h,
            CacheRead = counters.CacheRead,
            Cost = cost,
            FirstAt = Instant(day, firstHour, random.Whole(0, 25), random.Whole(0, 59), day == today),
            LastAt = Instant(day, firstHour + hours - 1, random.Whole(30, 59), random.Whole(0, 59), day == today),
            Hours = Hours(cost, firstHour, hours, random),
            IncompleteCalls = DemoEvidence.Incomplete(day, today, counters.Calls),
        };

        UsageCounters Counters(long n, double times) => new()
        {
            Calls = n,
            TokensIn = Math.Max(1, (long)(tokensIn * times)),
            TokensOut = Math.Max(1, (long)(tokensOut * times)),
            CacheWrite = (long)(written * times),
            CacheWrite1h = (long)(written * times * long1h),
            CacheRead = (long)(read * times),
        };
    }

    private static SortedDictionary<string, decimal> Hours(decimal cost, int first, int count, DemoRandom random)
    {
        var hours = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        decimal left = cost;
        for (int i = 0; i < count; i++)
        {
            decimal part = i == count - 1 ? left : decimal.Round(left * (decimal)random.Between(0.25, 0.75), 10);
            hours[(first + i).ToString("00", CultureInfo.InvariantCulture)] = part;
            left -= part;
        }

        return hours;
    }

    // The hours of today end before the present one: sample data made at three o'clock has the calls of one and two.
    private int HourOfToday(int usual) => Math.Max(0, Math.Min(usual, now.Hour - 8 + usual));

    // Working hours, in which no zone changes its clock; where one does all the same, the standard offset is as good.
    private DateTimeOffset Instant(DateOnly day, int hour, int minute, int second, bool isToday)
    {
        var time = new TimeOnly(hour, minute, second);
        if (isToday && now.Hour == 0)
        {
            // Just after midnight: the same order, within the minutes there were.
            time = TimeOnly.FromTimeSpan(now.ToTimeSpan() * (time.ToTimeSpan() / TimeSpan.FromHours(1)));
        }

        DateTime local = day.ToDateTime(time, DateTimeKind.Unspecified);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static string NewSession(DemoRandom random)
    {
        Span<byte> bytes = stackalloc byte[16];
        BitConverter.TryWriteBytes(bytes, random.Next());
        BitConverter.TryWriteBytes(bytes[8..], random.Next());
        return new Guid(bytes).ToString("D");
    }
}
