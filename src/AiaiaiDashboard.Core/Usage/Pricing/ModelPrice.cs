namespace AiaiaiDashboard.Core.Usage.Pricing;

/// <summary>Prices of one model, USD per million tokens.</summary>
/// <param name="Input">Uncached input.</param>
/// <param name="Output">Output.</param>
/// <param name="CacheRead">Cache reads; already filled in where none is published (rule R22).</param>
/// <param name="CacheWrite5m">Cache writes that live five minutes; filled in likewise. One-hour writes are always twice the input.</param>
public readonly record struct TokenRates(decimal Input, decimal Output, decimal CacheRead, decimal CacheWrite5m);

/// <summary>The prices in force for one model on one day.</summary>
public sealed record ModelPrice
{
    /// <summary>Key of the price table.</summary>
    public required string Key { get; init; }

    /// <summary>The plain rates.</summary>
    public required TokenRates Plain { get; init; }

    /// <summary>Rates of a whole request above <see cref="LongContextThreshold"/>; null where the price is flat.</summary>
    public TokenRates? LongContext { get; init; }

    /// <summary>Tokens (input, cache reads, cache writes) above which <see cref="LongContext"/> applies.</summary>
    public long LongContextThreshold { get; init; } = long.MaxValue;

    /// <summary>Factor of fast mode, 1 where the model has none.</summary>
    public decimal FastMultiplier { get; init; } = 1;

    /// <summary>Factor of inference bound to the US, 1 where it costs the same.</summary>
    public decimal UsMultiplier { get; init; } = 1;

    /// <summary>USD for one web search, whatever the model (rule R26).</summary>
    public const decimal WebSearch = 0.01m;

    /// <summary>Factor of the batch tier (rule R28).</summary>
    public const decimal BatchMultiplier = 0.5m;

    /// <summary>Whether a request of this size is priced as long context (rule R24).</summary>
    public bool IsLongContext(long tokensIn, long cacheWrite, long cacheRead) =>
        LongContext is not null && tokensIn + cacheWrite + cacheRead > LongContextThreshold;

    /// <summary>Cost in USD of tokens at these rates, without web searches. Exact: every operation is decimal.</summary>
    public decimal Cost(UsageCounters tokens, bool longContext, bool fast, bool us, bool batch)
    {
        TokenRates rates = longContext && LongContext is { } higher ? higher : Plain;
        decimal cost = ((tokens.TokensIn * rates.Input)
            + (tokens.TokensOut * rates.Output)
            + ((tokens.CacheWrite - tokens.CacheWrite1h) * rates.CacheWrite5m)
            + (tokens.CacheWrite1h * 2 * rates.Input)
            + (tokens.CacheRead * rates.CacheRead)) / 1_000_000m;
        cost = fast ? cost * FastMultiplier : cost;
        cost = us ? cost * UsMultiplier : cost;
        return batch ? cost * BatchMultiplier : cost;
    }
}
