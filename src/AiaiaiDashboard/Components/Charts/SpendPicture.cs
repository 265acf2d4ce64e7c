using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>The spend of one range and split with its plots: computed once per snapshot, however many tabs show it.</summary>
/// <param name="Series">The spend.</param>
/// <param name="Plots">The plots.</param>
/// <param name="Budget">Budget, or the project's limit, where the range is the current month.</param>
internal sealed record SpendPicture(SpendSeries Series, SpendPlots Plots, decimal? Budget)
{
    // The usual ranges of all projects. Whatever else is looked at is not kept.
    private const int MaxPerSnapshot = 64;

    private static readonly ConditionalWeakTable<DashboardSnapshot, ConcurrentDictionary<Range, SpendPicture>> made = [];

    /// <summary>What is looked at.</summary>
    /// <param name="Split">What days are split by.</param>
    /// <param name="Window">The last so many days; 0 for a month.</param>
    /// <param name="Month">The month.</param>
    /// <param name="Project">One project; null for all.</param>
    internal readonly record struct Range(SpendSplit Split, int Window, (int Year, int Month) Month, string? Project);

    /// <summary>The picture of a range.</summary>
    /// <param name="snapshot">Where the figures come from.</param>
    /// <param name="split">What days are split by.</param>
    /// <param name="window">The last so many days; 0 for a month.</param>
    /// <param name="month">Any day of the month; counts where there is no window.</param>
    /// <param name="projectId">One project; null for all.</param>
    public static SpendPicture Of(DashboardSnapshot snapshot, SpendSplit split, int window, DateOnly month, string? projectId)
    {
        var range = new Range(split, window, window > 0 ? default : (month.Year, month.Month), projectId);
        ConcurrentDictionary<Range, SpendPicture> known = made.GetOrCreateValue(snapshot);
        if (known.TryGetValue(range, out SpendPicture? picture))
        {
            return picture;
        }

        picture = Make(snapshot, split, window, month, projectId);
        if (known.Count < MaxPerSnapshot)
        {
            known[range] = picture;
        }

        return picture;
    }

    private static SpendPicture Make(DashboardSnapshot snapshot, SpendSplit split, int window, DateOnly month, string? projectId)
    {
        bool isCurrent = window == 0 && month.Year == snapshot.Today.Year && month.Month == snapshot.Today.Month;
        SpendSeries series = window > 0 ? SpendSeries.ForWindow(snapshot, window, split, projectId) : SpendSeries.ForMonth(snapshot, month, split, projectId);
        ScopeFigures scope = snapshot.Scope(projectId);
        decimal? budget = isCurrent ? scope.Month.Budget : null;
        return new SpendPicture(series, SpendPlots.Of(snapshot, series, split == SpendSplit.Project, budget, projectId is null ? "Budget" : "Limit", isCurrent ? scope.Forecast : null), budget);
    }
}
