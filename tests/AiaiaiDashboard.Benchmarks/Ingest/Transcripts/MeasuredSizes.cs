namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>What was measured on 200 public transcripts of Claude Code 1.0.17 to 2.1.63; sizes in bytes, the rest in tokens.</summary>
internal static class MeasuredSizes
{
    public static readonly Quantiles File = new((0, 1200), (.5, 105_000), (.75, 234_000), (.9, 654_000), (.95, 1_505_000), (.99, 5_384_000), (1, 40_000_000));

    /// <summary>A whole line with the result of a tool, which holds the result twice.</summary>
    public static readonly Quantiles ToolResult = new((0, 900), (.25, 1600), (.5, 2800), (.75, 7300), (.9, 23_000), (.99, 83_000), (1, 300_000));

    public static readonly Quantiles Text = new((0, 20), (.5, 330), (.9, 1200), (.99, 4500), (1, 60_000));

    public static readonly Quantiles CacheRead = new((0, 0), (.1, 28_800), (.5, 66_100), (.75, 100_300), (.9, 125_800), (.99, 432_000), (1, 560_000));

    public static readonly Quantiles CacheWrite = new((0, 0), (.1, 198), (.5, 480), (.75, 967), (.9, 3185), (.99, 28_700), (1, 300_000));

    public static readonly Quantiles Output = new((0, 1), (.25, 60), (.5, 180), (.75, 420), (.9, 1200), (.99, 6000), (1, 32_000));

    /// <summary>Lines one call is written in, all with its ids and usage: 2.0 in the mean.</summary>
    public static readonly (int Item, double Weight)[] LinesPerCall = [(1, 241), (2, 408), (3, 62), (4, 23), (5, 8), (6, 4), (8, 3), (10, 1)];
}
