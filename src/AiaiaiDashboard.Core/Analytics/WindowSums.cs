using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>Adds up the cells of one window of days.</summary>
internal sealed class WindowSums(DateOnly from, DateOnly to)
{
    private NamedSum[] byModel = [];
    private NamedSum[] byProject = [];
    private decimal cost;
    private DateOnly lastActive;
    private int activeDays;
    private long calls;
    private long tokensIn;
    private long tokensOut;
    private long cacheWrite;
    private long cacheRead;

    /// <summary>First day.</summary>
    public DateOnly From => from;

    /// <summary>Adds a cell if its day lies in the window. Days come in order.</summary>
    public void Add(DateOnly day, in UsageCell cell, bool splitByProject)
    {
        if (day < from || day > to)
        {
            return;
        }

        if (cell.Cost != 0 && day > lastActive)
        {
            lastActive = day;
            activeDays++;
        }

        cost += cell.Cost;
        calls += cell.Calls;
        tokensIn += cell.TokensIn;
        tokensOut += cell.TokensOut;
        cacheWrite += cell.CacheWrite;
        cacheRead += cell.CacheRead;
        Add(ref byModel, cell.Model, cell);
        if (splitByProject)
        {
            Add(ref byProject, cell.Project, cell);
        }
    }

    /// <summary>The figures.</summary>
    /// <param name="firstDay">Day of the scope's first entry ever: days before it do not count for the rate.</param>
    /// <param name="previousCost">Cost of the window before; null where there is nothing to compare with.</param>
    /// <param name="sessions">Distinct sessions.</param>
    /// <param name="columns">Turns codes into names.</param>
    public WindowFigures ToFigures(DateOnly? firstDay, decimal? previousCost, long sessions, UsageColumns columns)
    {
        DateOnly counted = firstDay > from ? firstDay.Value : from;
        int days = to.DayNumber - counted.DayNumber + 1;
        return new WindowFigures
        {
            From = from,
            To = to,
            Days = days,
            Cost = Money.Plain(cost),
            BurnRate = Money.Plain(cost / days),
            PreviousCost = previousCost,
            ActiveDays = activeDays,
            Calls = calls,
            Sessions = sessions,
            TokensIn = tokensIn,
            TokensOut = tokensOut,
            CacheWrite = cacheWrite,
            CacheRead = cacheRead,
            ByModel = Names(byModel, columns.Models),
            ByProject = Names(byProject, columns.Projects),
        };
    }

    // By code: codes are small numbers without gaps.
    private static void Add(ref NamedSum[] sums, int code, in UsageCell cell)
    {
        if (code >= sums.Length)
        {
            var larger = new NamedSum[Math.Max(code + 1, sums.Length * 2)];
            Array.Copy(sums, larger, sums.Length);
            sums = larger;
        }

        ref NamedSum sum = ref sums[code];
        sum.IsUsed = true;
        sum.Cost += cell.Cost;
        sum.Tokens += cell.Tokens;
        sum.Calls += cell.Calls;
    }

    private static List<NamedCost> Names(NamedSum[] sums, NameTable names)
    {
        var costs = new List<NamedCost>();
        for (int code = 0; code < sums.Length; code++)
        {
            ref readonly NamedSum sum = ref sums[code];
            if (sum.IsUsed)
            {
                costs.Add(new NamedCost(names[code], Money.Plain(sum.Cost), sum.Tokens, sum.Calls));
            }
        }

        costs.Sort(static (a, b) => a.Cost != b.Cost ? b.Cost.CompareTo(a.Cost) : string.CompareOrdinal(a.Name, b.Name));
        return costs;
    }

    private struct NamedSum
    {
        public bool IsUsed;
        public decimal Cost;
        public long Tokens;
        public long Calls;
    }
}
