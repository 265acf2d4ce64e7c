using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>
/// Tokens and cost of a range of days by kind of token, and what the prompt cache saved. The ledger knows the cost of a row as a whole: it is divided by what the
/// tokens of each kind cost at list price, so that the kinds always add up to the cost.
/// </summary>
public sealed record TokenSplit
{
    /// <summary>The kinds, as charts and cards name them: Cache read, Cache write, Output, Input.</summary>
    public static readonly IReadOnlyList<string> Kinds = ["Cache read", "Cache write", "Output", "Input"];

    /// <summary>First day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Tokens of each of <see cref="Kinds"/>.</summary>
    public required IReadOnlyList<long> Tokens { get; init; }

    /// <summary>USD of each of <see cref="Kinds"/>.</summary>
    public required IReadOnlyList<decimal> Cost { get; init; }

    /// <summary>USD per kind and day, from <see cref="From"/> to today or the end of the range.</summary>
    public required IReadOnlyList<IReadOnlyList<decimal>> CostPerDay { get; init; }

    /// <summary>Cache reads in percent of all input, per day; null for a day without input.</summary>
    public required IReadOnlyList<decimal?> HitRatePerDay { get; init; }

    /// <summary>Tokens read from the cache, per day.</summary>
    public required IReadOnlyList<decimal> ReadPerDay { get; init; }

    /// <summary>All tokens of input, cached or not, per day.</summary>
    public required IReadOnlyList<decimal> InputPerDay { get; init; }

    /// <summary>
    /// USD that the cache saved: what its reads would have cost as plain input, minus what they did cost, minus the premium of the writes. Negative where more was
    /// written than read. Models without a price do not count.
    /// </summary>
    public required decimal Saving { get; init; }

    /// <summary>The saving of each day, from <see cref="From"/> to today or the end of the range.</summary>
    public required IReadOnlyList<decimal> SavingPerDay { get; init; }

    /// <summary>False where tokens went through the cache and none of their models has a price: what that saved is not known.</summary>
    public required bool IsSavingKnown { get; init; }

    /// <summary>A range without usage.</summary>
    public static readonly TokenSplit Empty = new()
    {
        From = default,
        Tokens = [0, 0, 0, 0],
        Cost = [0, 0, 0, 0],
        CostPerDay = [[], [], [], []],
        HitRatePerDay = [],
        ReadPerDay = [],
        InputPerDay = [],
        Saving = 0,
        SavingPerDay = [],
        IsSavingKnown = true,
    };

    /// <summary>What the charts show per day, by week.</summary>
    public TokenWeeks ByWeek()
    {
        var weeks = DayGroups.Weeks(From, SavingPerDay.Count);
        return new TokenWeeks(
            weeks.Starts,
            [.. CostPerDay.Select(weeks.Sum)],
            [.. weeks.Sum(ReadPerDay).Zip(weeks.Sum(InputPerDay), HitRate)],
            weeks.Sum(SavingPerDay));
    }

    /// <summary>Computes it.</summary>
    /// <param name="snapshot">Ledger and prices.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day; days after today have nothing.</param>
    /// <param name="project">One project id, or null for all.</param>
    public static TokenSplit Of(DashboardSnapshot snapshot, DateOnly from, DateOnly to, string? project = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        DateOnly last = to < snapshot.Today ? to : snapshot.Today;
        int days = Math.Max(0, last.DayNumber - from.DayNumber + 1);
        UsageColumns columns = snapshot.Usage.Columns;
        int only = project is null ? -1 : columns.Projects.CodeOf(project);
        long[] tokens = new long[4];
        decimal[] cost = new decimal[4];
        decimal[][] perDay = [new decimal[days], new decimal[days], new decimal[days], new decimal[days]];
        decimal[] reads = new decimal[days];
        decimal[] inputs = new decimal[days];
        decimal[] saving = new decimal[days];
        long cached = 0;
        bool priced = false;
        Span<decimal> weights = stackalloc decimal[4];
        foreach (UsageDay day in snapshot.Usage.Days)
        {
            int index = day.Date.DayNumber - from.DayNumber;
            if (index < 0 || index >= days)
            {
                continue;
            }

            long read = 0;
            long input = 0;
            foreach (ref readonly UsageCell cell in day.Cells.AsSpan())
            {
                if (project is not null && cell.Project != only)
                {
                    continue;
                }

                read += cell.CacheRead;
                input += cell.CacheRead + cell.CacheWrite + cell.TokensIn;
                ModelPrice? price = snapshot.Prices.Price(columns.Models[cell.Model], day.Date);
                Weigh(cell, price, weights);
                decimal whole = weights[0] + weights[1] + weights[2] + weights[3];
                ReadOnlySpan<long> counts = [cell.CacheRead, cell.CacheWrite, cell.TokensOut, cell.TokensIn];
                for (int kind = 0; kind < 4; kind++)
                {
                    // A cost without tokens, typed by hand, is taken as input.
                    decimal part = whole > 0 ? cell.Cost * weights[kind] / whole : kind == 3 ? cell.Cost : 0;
                    tokens[kind] += counts[kind];
                    cost[kind] += part;
                    perDay[kind][index] += part;
                }

                cached += cell.CacheRead + cell.CacheWrite;
                if (price is not null)
                {
                    priced |= cell.CacheRead + cell.CacheWrite > 0;
                    saving[index] += ((cell.CacheRead + cell.CacheWrite) * price.Plain.Input / 1_000_000) - weights[0] - weights[1];
                }
            }

            (reads[index], inputs[index]) = (read, input);
        }

        return new TokenSplit
        {
            From = from,
            Tokens = tokens,
            Cost = cost,
            CostPerDay = perDay,
            HitRatePerDay = [.. reads.Zip(inputs, HitRate)],
            ReadPerDay = reads,
            InputPerDay = inputs,
            Saving = saving.Sum(),
            SavingPerDay = saving,
            IsSavingKnown = priced || cached == 0,
        };
    }

    private static decimal? HitRate(decimal read, decimal input) => input > 0 ? read / input * 100 : null;

    // What the tokens of each kind cost at list price; without one, by their number.
    private static void Weigh(in UsageCell cell, ModelPrice? price, Span<decimal> weights)
    {
        if (price is null)
        {
            (weights[0], weights[1], weights[2], weights[3]) = (cell.CacheRead, cell.CacheWrite, cell.TokensOut, cell.TokensIn);
            return;
        }

        weights[0] = price.Cost(new UsageCounters { CacheRead = cell.CacheRead }, false, false, false, false);
        weights[1] = price.Cost(new UsageCounters { CacheWrite = cell.CacheWrite, CacheWrite1h = cell.CacheWrite1h }, false, false, false, false);
        weights[2] = price.Cost(new UsageCounters { TokensOut = cell.TokensOut }, false, false, false, false);
        weights[3] = price.Cost(new UsageCounters { TokensIn = cell.TokensIn }, false, false, false, false);
    }
}

/// <summary>What <see cref="TokenSplit"/> says per day, by week.</summary>
/// <param name="Starts">The days the weeks begin with.</param>
/// <param name="Cost">USD per kind and week.</param>
/// <param name="HitRate">Cache reads in percent of all input; null for a week without input.</param>
/// <param name="Saving">USD that the cache saved.</param>
public sealed record TokenWeeks(IReadOnlyList<DateOnly> Starts, IReadOnlyList<IReadOnlyList<decimal>> Cost, IReadOnlyList<decimal?> HitRate, IReadOnlyList<decimal> Saving);
