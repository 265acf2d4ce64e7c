namespace AiaiaiDashboard.Benchmarks.Ingest;

/// <summary>The same work by us, by the peer, and at the least it can take; one entry per run.</summary>
internal sealed class Comparison
{
    private readonly List<ProcessRun> ours = [];
    private readonly List<ProcessRun> peer = [];
    private readonly List<TimeSpan> reading = [];

    public TimeSpan Wall => Median(ours.Select(r => r.Wall)) ?? TimeSpan.Zero;

    /// <summary>Null where the system does not tell.</summary>
    public TimeSpan? Processor => Median(ours.Select(r => r.Processor).OfType<TimeSpan>());

    /// <summary>Null without the peer.</summary>
    public TimeSpan? PeerWall => Median(peer.Select(r => r.Wall));

    public TimeSpan? PeerProcessor => Median(peer.Select(r => r.Processor).OfType<TimeSpan>());

    public TimeSpan Reading => Median(reading) ?? TimeSpan.Zero;

    /// <summary>The most memory any of our runs had, in bytes.</summary>
    public long PeakBytes => ours.Max(r => r.PeakBytes);

    public long PeerPeakBytes => peer.Count == 0 ? 0 : peer.Max(r => r.PeakBytes);

    /// <summary>Runs all, taking turns, so that a machine that slows down slows all.</summary>
    /// <param name="contenders">On one set.</param>
    /// <param name="runs">How often.</param>
    /// <param name="sync">Our work.</param>
    /// <param name="prepare">Before each turn, not measured.</param>
    public static Comparison Measure(Contenders contenders, int runs, Func<Contenders, ProcessRun> sync, Action? prepare = null)
    {
        var comparison = new Comparison();
        // The first turn only brings programs and files into the page cache.
        for (int run = 0; run <= runs; run++)
        {
            prepare?.Invoke();
            ProcessRun our = sync(contenders);
            ProcessRun? their = contenders.Peer();
            TimeSpan read = contenders.ReadBytes();
            if (run > 0)
            {
                comparison.ours.Add(our);
                comparison.reading.Add(read);
                if (their is not null)
                {
                    comparison.peer.Add(their);
                }
            }
        }

        return comparison;
    }

    private static TimeSpan? Median(IEnumerable<TimeSpan> times)
    {
        List<TimeSpan> sorted = [.. times.Order()];
        return sorted.Count == 0 ? null : (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
