using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>The colour of a model or project, the same on every page and in every range; what has none is grey.</summary>
public static class SeriesColours
{
    /// <summary>Colour of everything that has none of its own.</summary>
    public const string Other = "c-other";

    /// <summary>Token name (<c>c1</c> to <c>c8</c>) of a model.</summary>
    public static string OfModel(DashboardSnapshot snapshot, string model) => At(snapshot.Analytics.Colours.Models, model);

    /// <summary>Token name of a project.</summary>
    public static string OfProject(DashboardSnapshot snapshot, string id) => At(snapshot.Analytics.Colours.Projects, id);

    private static string At(IReadOnlyList<string> order, string name)
    {
        for (int place = 0; place < order.Count; place++)
        {
            if (order[place] == name)
            {
                return $"c{place + 1}";
            }
        }

        return Other;
    }
}
