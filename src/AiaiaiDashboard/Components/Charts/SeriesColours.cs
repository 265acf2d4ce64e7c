using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>
/// Gives models and projects their colour: the rank by cost over 90 days, so that a name has one colour on every page and in
/// every range. What has no rank there, and the rest, is grey.
/// </summary>
public static class SeriesColours
{
    /// <summary>Colour of everything that has none of its own.</summary>
    public const string Other = "c-other";

    private const int Colours = 8;

    /// <summary>Token name (<c>c1</c> to <c>c8</c>) of a model.</summary>
    public static string OfModel(DashboardSnapshot snapshot, string model) => ByRank(Ranking(snapshot, window => window.ByModel), model);

    /// <summary>Token name of a project.</summary>
    public static string OfProject(DashboardSnapshot snapshot, string id) => ByRank(Ranking(snapshot, window => window.ByProject), id);

    private static IReadOnlyList<NamedCost> Ranking(DashboardSnapshot snapshot, Func<WindowFigures, IReadOnlyList<NamedCost>> of) =>
        snapshot.Analytics.Total.Windows.TryGetValue("90d", out WindowFigures? window) ? of(window) : [];

    private static string ByRank(IReadOnlyList<NamedCost> ranking, string name)
    {
        for (int rank = 0; rank < ranking.Count && rank < Colours; rank++)
        {
            if (ranking[rank].Name == name)
            {
                return $"c{rank + 1}";
            }
        }

        return Other;
    }
}
