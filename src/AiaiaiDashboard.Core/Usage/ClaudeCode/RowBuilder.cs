using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Adds calls up to one ledger row.</summary>
internal sealed class RowBuilder
{
    private readonly Tally all = new();
    private Tally?[]? parts;
    private decimal[]? hours;
    private decimal cost;
    private bool unpriced;
    private long firstTicks = long.MaxValue;
    private long lastTicks = long.MinValue;
    private long incomplete;
    private ModelPrice? price;

    /// <summary>Number of the model whose price counts for the next call; -1 for none yet. Nearly always the same in all calls of a row.</summary>
    public int PricedModel { get; private set; } = -1;

    /// <summary>Sets the price of a model on the row's day; null when unpriced.</summary>
    public void SetPrice(int model, ModelPrice? ofDay)
    {
        PricedModel = model;
        price = ofDay;
    }

    /// <summary>Adds one call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="hour">Hour of the day in the configured zone.</param>
    public void Add(in CallRecord call, int hour)
    {
        all.Add(call);
        bool hasCost = (call.Flags & CallFlags.HasCost) != 0;
        bool longContext = price?.IsLongContext(call.TokensIn, call.CacheWrite5m + call.CacheWrite1h, call.CacheRead) ?? false;
        var kind = new PartKind(
            longContext, (call.Flags & CallFlags.Fast) != 0, (call.Flags & CallFlags.Us) != 0, (call.Flags & CallFlags.Batch) != 0, hasCost);
        if (kind.Rank != 0 || call.WebSearches > 0)
        {
            parts ??= new Tally?[PartKind.Ranks];
            (parts[kind.Rank] ??= new Tally()).Add(call);
        }

        decimal callCost = hasCost ? call.CostUsd : Cost(call, price, kind);
        unpriced |= !hasCost && price is null;
        cost += callCost;
        if (callCost > 0)
        {
            hours ??= new decimal[24];
            hours[hour] += callCost;
        }

        firstTicks = Math.Min(firstTicks, call.Ticks);
        lastTicks = Math.Max(lastTicks, call.Ticks);
        incomplete += call.IsIncomplete ? 1 : 0;
    }

    /// <summary>The row.</summary>
    public UsageRow Build(UsageKey key) => new()
    {
        Date = key.Date,
        Project = key.Project,
        Session = key.Session,
        Model = key.Model,
        Source = key.Source,
        Calls = all.Calls,
        TokensIn = all.TokensIn,
        TokensOut = all.TokensOut,
        CacheWrite = all.CacheWrite,
        CacheWrite1h = all.CacheWrite1h,
        CacheRead = all.CacheRead,
        Cost = cost,
        Unpriced = unpriced,
        FirstAt = new DateTimeOffset(firstTicks, TimeSpan.Zero),
        LastAt = new DateTimeOffset(lastTicks, TimeSpan.Zero),
        Hours = hours is null ? null : Costs(hours),
        IncompleteCalls = incomplete,
        Parts = parts is null ? null : PartsOf(parts),
    };

    private static decimal Cost(in CallRecord call, ModelPrice? price, PartKind kind)
    {
        if (price is null)
        {
            return 0;
        }

        var tally = new UsageCounters
        {
            TokensIn = call.TokensIn,
            TokensOut = call.TokensOut,
            CacheWrite = call.CacheWrite5m + call.CacheWrite1h,
            CacheWrite1h = call.CacheWrite1h,
            CacheRead = call.CacheRead,
        };
        return price.Cost(tally, kind.LongContext, kind.Fast, kind.Us, kind.Batch) + (call.WebSearches * ModelPrice.WebSearch);
    }

    private static HourCosts Costs(decimal[] hours)
    {
        var costs = new HourCosts();
        for (int hour = 0; hour < hours.Length; hour++)
        {
            if (hours[hour] > 0)
            {
                costs.Set(hour, hours[hour]);
            }
        }

        return costs;
    }

    private static List<UsagePart> PartsOf(Tally?[] tallies)
    {
        var parts = new List<UsagePart>();
        for (int rank = 0; rank < tallies.Length; rank++)
        {
            if (tallies[rank] is { } tally)
            {
                parts.Add(tally.Part(PartKind.OfRank(rank)));
            }
        }

        return parts;
    }

    /// <summary>Calls that are priced alike. Numbered, so that a row always lists its parts in the same order.</summary>
    private readonly record struct PartKind(bool LongContext, bool Fast, bool Us, bool Batch, bool Fixed)
    {
        public const int Ranks = 32;

        public int Rank => (LongContext ? 1 : 0) | (Fast ? 2 : 0) | (Us ? 4 : 0) | (Batch ? 8 : 0) | (Fixed ? 16 : 0);

        public static PartKind OfRank(int rank) => new((rank & 1) != 0, (rank & 2) != 0, (rank & 4) != 0, (rank & 8) != 0, (rank & 16) != 0);
    }

    private sealed class Tally
    {
        private long webSearches;
        private decimal fixedCost;

        public long Calls { get; private set; }

        public long TokensIn { get; private set; }

        public long TokensOut { get; private set; }

        public long CacheWrite { get; private set; }

        public long CacheWrite1h { get; private set; }

        public long CacheRead { get; private set; }

        public void Add(in CallRecord call)
        {
            Calls++;
            TokensIn = Sum(TokensIn, call.TokensIn);
            TokensOut = Sum(TokensOut, call.TokensOut);
            CacheWrite = Sum(CacheWrite, call.CacheWrite5m + call.CacheWrite1h);
            CacheWrite1h = Sum(CacheWrite1h, call.CacheWrite1h);
            CacheRead = Sum(CacheRead, call.CacheRead);
            webSearches = Sum(webSearches, call.WebSearches);
            fixedCost += (call.Flags & CallFlags.HasCost) != 0 ? call.CostUsd : 0;
        }

        public UsagePart Part(PartKind kind) => new()
        {
            LongContext = kind.LongContext,
            Fast = kind.Fast,
            Us = kind.Us,
            Batch = kind.Batch,
            Calls = Calls,
            TokensIn = TokensIn,
            TokensOut = TokensOut,
            CacheWrite = CacheWrite,
            CacheWrite1h = CacheWrite1h,
            CacheRead = CacheRead,
            WebSearches = webSearches,
            CostUsd = kind.Fixed ? fixedCost : null,
        };

        /// <summary>Adds without wrapping round: hostile counters stop at the largest number.</summary>
        private static long Sum(long left, long right) => left > long.MaxValue - right ? long.MaxValue : left + right;
    }
}
