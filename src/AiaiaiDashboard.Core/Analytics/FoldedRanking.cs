namespace AiaiaiDashboard.Core.Analytics;

/// <summary>A ranking short enough to read: the dearest by name, and what the others add up to.</summary>
/// <param name="Named">The dearest, in order.</param>
/// <param name="Rest">The others as one, named <see cref="SpendSeries.Other"/>; null where all are named.</param>
/// <param name="RestCount">How many that is.</param>
public sealed record FoldedRanking(IReadOnlyList<NamedCost> Named, NamedCost? Rest, int RestCount)
{
    /// <summary>Folds a ranking. A rest of one is named: it takes no more room.</summary>
    /// <param name="ranking">Dearest first.</param>
    /// <param name="most">How many are named.</param>
    public static FoldedRanking Of(IReadOnlyList<NamedCost> ranking, int most = SpendSeries.MaxSeries)
    {
        ArgumentNullException.ThrowIfNull(ranking);
        if (ranking.Count <= most + 1)
        {
            return new FoldedRanking(ranking, null, 0);
        }

        List<NamedCost> rest = [.. ranking.Skip(most)];
        return new FoldedRanking(
            [.. ranking.Take(most)],
            new NamedCost(SpendSeries.Other, rest.Sum(r => r.Cost), rest.Sum(r => r.Tokens), rest.Sum(r => r.Calls)),
            rest.Count);
    }
}
