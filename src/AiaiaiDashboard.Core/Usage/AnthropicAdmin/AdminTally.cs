namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>What decides the price of tokens besides their model and day.</summary>
/// <param name="LongContext">Requests over 200,000 input tokens.</param>
/// <param name="Fast">Fast mode.</param>
/// <param name="Us">Inference bound to the US.</param>
/// <param name="Batch">Batch tier.</param>
internal readonly record struct AdminRate(bool LongContext, bool Fast, bool Us, bool Batch)
{
    /// <summary>The rate of one result of the usage report. Priority and other tiers have no list price of their own: they count at the plain rate.</summary>
    public static AdminRate Of(AdminUsage usage) => new(
        usage.ContextWindow == "200k-1M", usage.Speed == "fast", usage.InferenceGeo == "us", usage.ServiceTier == "batch");

    /// <summary>Order of the parts of a row: the same answer gives the same bytes.</summary>
    public int Order => (LongContext ? 8 : 0) + (Fast ? 4 : 0) + (Us ? 2 : 0) + (Batch ? 1 : 0);
}

/// <summary>Adds up results of the usage report.</summary>
internal sealed class AdminTally
{
    /// <summary>Largest counter that is believed: what JSON numbers hold exactly.</summary>
    private const long MaxCount = (1L << 53) - 1;

    private long tokensIn;
    private long tokensOut;
    private long write5m;
    private long write1h;
    private long cacheRead;

    /// <summary>Web searches.</summary>
    public long WebSearches { get; private set; }

    /// <summary>Whether nothing was used.</summary>
    public bool IsEmpty => tokensIn + tokensOut + write5m + write1h + cacheRead + WebSearches == 0;

    /// <summary>Adds one result.</summary>
    /// <exception cref="AdminApiException">A counter is negative or too large.</exception>
    public void Add(AdminUsage usage)
    {
        tokensIn = Sum(tokensIn, usage.UncachedInputTokens);
        tokensOut = Sum(tokensOut, usage.OutputTokens);
        write5m = Sum(write5m, usage.CacheCreation?.Minutes5);
        write1h = Sum(write1h, usage.CacheCreation?.Hour1);
        cacheRead = Sum(cacheRead, usage.CacheReadInputTokens);
        WebSearches = Sum(WebSearches, usage.ServerToolUse?.WebSearchRequests);
    }

    /// <summary>Adds what another one holds.</summary>
    /// <exception cref="AdminApiException">A counter is too large.</exception>
    public void Add(AdminTally other)
    {
        tokensIn = Sum(tokensIn, other.tokensIn);
        tokensOut = Sum(tokensOut, other.tokensOut);
        write5m = Sum(write5m, other.write5m);
        write1h = Sum(write1h, other.write1h);
        cacheRead = Sum(cacheRead, other.cacheRead);
        WebSearches = Sum(WebSearches, other.WebSearches);
    }

    /// <summary>The tokens. Requests are not in the report, so that calls are 0.</summary>
    public UsageCounters Counters() => new()
    {
        TokensIn = tokensIn,
        TokensOut = tokensOut,
        CacheWrite = write5m + write1h,
        CacheWrite1h = write1h,
        CacheRead = cacheRead,
    };

    /// <summary>The tokens at a rate as a part of a row; at the plain rate only what the row's own counters cannot say.</summary>
    public UsagePart Part(AdminRate rate) => rate == default
        ? new UsagePart { WebSearches = WebSearches }
        : new UsagePart
        {
            LongContext = rate.LongContext,
            Fast = rate.Fast,
            Us = rate.Us,
            Batch = rate.Batch,
            TokensIn = tokensIn,
            TokensOut = tokensOut,
            CacheWrite = write5m + write1h,
            CacheWrite1h = write1h,
            CacheRead = cacheRead,
            WebSearches = WebSearches,
        };

    /// <summary>The sum of a counter so far and what an answer says of it; missing is 0.</summary>
    /// <exception cref="AdminApiException">The counter is negative or too large.</exception>
    public static long Sum(long sum, long? count) => count is null or (>= 0 and <= MaxCount) && sum + (count ?? 0) is >= 0 and <= MaxCount and long total
        ? total
        : throw new AdminApiException("The answer of the Anthropic Admin API could not be used: a counter is negative or too large.");
}
