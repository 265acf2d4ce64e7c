namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>What a line carries, by the age of the program that wrote it.</summary>
internal enum LineShape
{
    /// <summary>1.0: usage in four numbers; sometimes <c>costUSD</c>.</summary>
    Plain,

    /// <summary>2.0: cache writes by lifetime.</summary>
    CacheLifetimes,

    /// <summary>2.1: the place of inference; program and directory at the end of the line.</summary>
    Geography,

    /// <summary>2.1.200 and later: iterations, speed, server tools.</summary>
    Iterations,
}

/// <summary>A time in which the same versions and models were in use.</summary>
/// <param name="From">Start, as a share of the whole span.</param>
/// <param name="Shape">Of the lines.</param>
/// <param name="Versions">Of the program.</param>
/// <param name="Models">With the weight of each.</param>
/// <param name="SmallModel">What subagents mostly use.</param>
/// <param name="HasAgentFiles">Whether a subagent writes a file of its own.</param>
internal sealed record Era(double From, LineShape Shape, string[] Versions, (string Item, double Weight)[] Models, string SmallModel, bool HasAgentFiles)
{
    private const string Haiku = "claude-haiku-4-5-20251001";

    private static readonly Era[] All =
    [
        new(0, LineShape.Plain, ["1.0.17", "1.0.43", "1.0.90"],
            [("claude-sonnet-4-20250514", 8), ("claude-opus-4-20250514", 2), ("claude-3-5-haiku-20241022", 1)], "claude-3-5-haiku-20241022", false),
        new(.20, LineShape.CacheLifetimes, ["1.0.108", "2.0.5", "2.0.28"],
            [("claude-sonnet-4-5-20250929", 7), ("claude-opus-4-1-20250805", 2), (Haiku, 2)], Haiku, false),
        new(.45, LineShape.CacheLifetimes, ["2.0.67", "2.1.14", "2.1.29"],
            [("claude-opus-4-5-20251101", 6), ("claude-sonnet-4-5-20250929", 2), (Haiku, 3)], Haiku, true),
        new(.65, LineShape.Geography, ["2.1.56", "2.1.63", "2.1.81"], [("claude-opus-4-6", 7), ("claude-sonnet-4-6", 2), (Haiku, 3)], Haiku, true),
        new(.85, LineShape.Iterations, ["2.1.202", "2.1.228", "2.1.276"],
            [("claude-opus-5", 6), ("claude-sonnet-5", 4), ("claude-fable-5", 1), (Haiku, 2)], Haiku, true),
    ];

    /// <summary>The era at a share of the span, 0 to 1.</summary>
    public static Era At(double share) => All.Last(e => e.From <= share);
}
