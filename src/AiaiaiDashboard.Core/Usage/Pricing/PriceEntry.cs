namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>One model of the price table as it is written: null means not stated.</summary>
internal sealed class PriceEntry
{
    /// <summary>Models whose inference bound to the US costs more, with or without date and suffix (R27): also those a user adds.</summary>
    private static readonly HashSet<string> InUs = new(StringComparer.Ordinal)
    {
        "claude-opus-4-6", "claude-opus-4-7", "claude-opus-4-8", "claude-opus-5", "claude-opus-5-5",
        "claude-sonnet-4-6", "claude-sonnet-5", "claude-sonnet-5-5", "claude-haiku-5-5",
        "claude-fable-5", "claude-fable-5-1", "claude-mythos-5", "claude-mythos-5-1", "claude-mythos-preview",
    };

    public decimal? Input { get; set; }

    public decimal? Output { get; set; }

    public decimal? CacheRead { get; set; }

    public decimal? CacheWrite5m { get; set; }

    public decimal? FastMultiplier { get; set; }

    public decimal? UsMultiplier { get; set; }

    public long? ThresholdTokens { get; set; }

    public PriceEntry? LongContext { get; set; }

    /// <summary>Earlier prices: what differed, and the last day it was in force.</summary>
    public List<PricePeriod> History { get; set; } = [];

    /// <summary>Whether a property of the document is a price or a factor.</summary>
    public static bool IsPrice(string name) => name is "input" or "output" or "cacheRead" or "cacheWrite5m" or "fastMultiplier" or "usMultiplier"
        or "thresholdTokens" or "inputAbove200k" or "outputAbove200k" or "cacheReadAbove200k" or "cacheWrite5mAbove200k";

    /// <summary>States a price or factor by its name in the document; any other name states nothing.</summary>
    public void Set(string name, decimal? value)
    {
        switch (name)
        {
            case "input": Input = value; break;
            case "output": Output = value; break;
            case "cacheRead": CacheRead = value; break;
            case "cacheWrite5m": CacheWrite5m = value; break;
            case "fastMultiplier": FastMultiplier = value; break;
            case "usMultiplier": UsMultiplier = value; break;
            case "thresholdTokens": ThresholdTokens = (long?)value; break;
            case "inputAbove200k": Above200k.Input = value; break;
            case "outputAbove200k": Above200k.Output = value; break;
            case "cacheReadAbove200k": Above200k.CacheRead = value; break;
            case "cacheWrite5mAbove200k": Above200k.CacheWrite5m = value; break;
            default: break;
        }
    }

    private PriceEntry Above200k => LongContext ??= new PriceEntry { ThresholdTokens = 200_000 };

    /// <summary>The prices of a day: the history entry that ends soonest on or after it lies over the current row (R23).</summary>
    public ModelPrice On(string key, DateOnly day)
    {
        PriceEntry? past = PastOf(day);
        bool claude = key.StartsWith("claude-", StringComparison.Ordinal);
        PriceEntry? longContext = past?.LongContext ?? LongContext;
        return new ModelPrice
        {
            Key = key,
            Plain = Rates(past, this, claude),
            LongContext = longContext is null ? null : Above(Rates(past, this, claude), longContext, claude),
            LongContextThreshold = longContext?.ThresholdTokens ?? long.MaxValue,
            FastMultiplier = past?.FastMultiplier ?? FastMultiplier ?? 1,
            UsMultiplier = past?.UsMultiplier ?? UsMultiplier ?? (InUs.Contains(ModelName.Family(key)) ? 1.1m : 1),
        };
    }

    private PriceEntry? PastOf(DateOnly day)
    {
        PricePeriod? soonest = null;
        foreach (PricePeriod period in History)
        {
            // Of two that end on the same day the first counts.
            if (day <= period.Until && (soonest is null || period.Until < soonest.Until))
            {
                soonest = period;
            }
        }

        return soonest?.Prices;
    }

    /// <summary>Where only some prices above the threshold are stated, the others stay what they are.</summary>
    private static TokenRates Above(TokenRates plain, PriceEntry above, bool claude) =>
        Rates(new PriceEntry { Input = above.Input ?? plain.Input, Output = above.Output ?? plain.Output }, above, claude);

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

/// <summary>Earlier prices.</summary>
/// <param name="Until">The last day they were in force.</param>
/// <param name="Prices">What differed.</param>
internal sealed record PricePeriod(DateOnly Until, PriceEntry Prices);
