namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>A distribution given by some of its quantiles, straight lines between them.</summary>
/// <param name="points">Share (0 first, 1 last) and the value at it.</param>
internal sealed class Quantiles(params (double Share, double Value)[] points)
{
    public int Draw(SeededRandom random)
    {
        double share = random.Fraction();
        int upper = Array.FindIndex(points, p => p.Share > share);
        (double fromShare, double from) = points[upper - 1];
        (double toShare, double to) = points[upper];
        return (int)(from + ((to - from) * (share - fromShare) / (toShare - fromShare)));
    }
}
