using System.Runtime.InteropServices;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>Adds up the rows of one window of days.</summary>
internal sealed class WindowSums(DateOnly from, DateOnly to)
{
    private readonly Dictionary<int, NamedSum> byModel = [];
    private readonly Dictionary<int, NamedSum> byProject = [];
    private decimal cost;
    private long calls;
    private long tokensIn;
    private long tokensOut;
    private long cacheWrite;
    private long cacheRead;

    /// <summary>First day.</summary>
    public DateOnly From => from;

    /// <summary>Adds a row if it lies in the window.</summary>
    public void Add(UsageRow row, int model, int? project)
    {
        if (row.Date < from || row.Date > to)
        {
            return;
        }

        cost += row.Cost;
        calls += row.Calls;
        tokensIn += row.TokensIn;
        tokensOut += row.TokensOut;
        cacheWrite += row.CacheWrite;
        cacheRead += row.CacheRead;
        Add(byModel, model, row);
        if (project is { } code)
        {
            Add(byProject, code, row);
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

    private static void Add(Dictionary<int, NamedSum> sums, int code, UsageRow row)
    {
        ref NamedSum sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, code, out _);
        sum.Cost += row.Cost;
        sum.Tokens += row.TotalTokens;
        sum.Calls += row.Calls;
    }

    private static NamedCost[] Names(Dictionary<int, NamedSum> sums, NameTable names) =>
        [.. sums
            .Select(s => new NamedCost(names[s.Key], Money.Plain(s.Value.Cost), s.Value.Tokens, s.Value.Calls))
            .OrderByDescending(n => n.Cost).ThenBy(n => n.Name, StringComparer.Ordinal)];

    private struct NamedSum
    {
        public decimal Cost;
        public long Tokens;
        public long Calls;
    }
}
