namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>One model of the price table as it is written: null means not stated.</summary>
internal sealed class PriceEntry
{
    public decimal? Input { get; set; }

    public decimal? Output { get; set; }

    public decimal? CacheRead { get; set; }

    public decimal? CacheWrite5m { get; set; }

    public decimal? FastMultiplier { get; set; }

    public decimal? UsMultiplier { get; set; }

    public long? ThresholdTokens { get; set; }

    public PriceEntry? LongContext { get; set; }

    /// <summary>Earlier prices: what differed, and the last day it was in force.</summary>
    public List<(DateOnly Until, PriceEntry Prices)> History { get; set; } = [];

    /// <summary>The prices of a day: the history entry that ends soonest on or after it lies over the current row (R23).</summary>
    public ModelPrice On(string key, DateOnly day)
    {
        PriceEntry? past = History.Where(h => day <= h.Until).OrderBy(h => h.Until).Select(h => h.Prices).FirstOrDefault();
        bool claude = key.StartsWith("claude-", StringComparison.Ordinal);
        PriceEntry? longContext = past?.LongContext ?? LongContext;
        return new ModelPrice
        {
            Key = key,
            Plain = Rates(past, this, claude),
            LongContext = longContext is null ? null : Rates(null, longContext, claude),
            LongContextThreshold = longContext?.ThresholdTokens ?? long.MaxValue,
            FastMultiplier = past?.FastMultiplier ?? FastMultiplier ?? 1,
            UsMultiplier = past?.UsMultiplier ?? UsMultiplier ?? 1,
        };
    }

    private static TokenRates Rates(PriceEntry? past, PriceEntry current, bool claude)
    {
        decimal input = past?.Input ?? current.Input ?? 0;
        return new TokenRates(
            input,
            past?.Output ?? current.Output ?? 0,
            past?.CacheRead ?? current.CacheRead ?? (claude ? input * 0.1m : input),
            past?.CacheWrite5m ?? current.CacheWrite5m ?? (claude ? input * 1.25m : input));
    }
}
