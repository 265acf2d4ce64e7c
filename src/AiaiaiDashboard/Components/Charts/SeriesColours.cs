using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>
/// Gives models and projects their colour, the same on every page and in every range: the eight most expensive of 90 days have one, handed out in the order in which
/// they were first used, so that it stays theirs when another overtakes them. The rest is grey.
/// </summary>
public static class SeriesColours
{
    /// <summary>Colour of everything that has none of its own.</summary>
    public const string Other = "c-other";

    private const int Colours = 8;

    /// <summary>Token name (<c>c1</c> to <c>c8</c>) of a model.</summary>
    public static string OfModel(DashboardSnapshot snapshot, string model) => ByFirstUse(Ranking(snapshot, window => window.ByModel), model, snapshot.Usage.AgeOfModel);

    /// <summary>Token name of a project.</summary>
    public static string OfProject(DashboardSnapshot snapshot, string id) => ByFirstUse(Ranking(snapshot, window => window.ByProject), id, snapshot.Usage.AgeOfProject);

    private static IReadOnlyList<NamedCost> Ranking(DashboardSnapshot snapshot, Func<WindowFigures, IReadOnlyList<NamedCost>> of) =>
        snapshot.Analytics.Total.Windows.TryGetValue("90d", out WindowFigures? window) ? of(window) : [];

    private static string ByFirstUse(IReadOnlyList<NamedCost> ranking, string name, Func<string, int> ageOf)
    {
        int age = ageOf(name);
        int older = 0;
        bool coloured = false;
        foreach (NamedCost held in ranking.Take(Colours))
        {
            coloured |= held.Name == name;
            older += ageOf(held.Name) < age ? 1 : 0;
        }

        return coloured ? $"c{older + 1}" : Other;
    }
}
