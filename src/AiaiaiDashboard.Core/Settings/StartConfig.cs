using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>The configuration as a program that is about to use all of it looks at it first.</summary>
public static class StartConfig
{
    /// <summary>Loads the settings and checks config/pricing.json with them, so that every mistake is told at once.</summary>
    public static DashboardConfig Load(DocumentStore store)
    {
        DashboardConfig config = DashboardConfig.Load(store, null);
        var prices = new PriceSource(store.Directory);
        prices.Load(out FileProblem? problem);
        return problem is null ? config : config with { Problems = [.. config.Problems, .. prices.Problems] };
    }
}
