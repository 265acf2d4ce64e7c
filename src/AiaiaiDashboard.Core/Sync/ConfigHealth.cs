using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// Which configuration files a step depends on, and what a broken one means for it: the step fails with the file's message. Where
/// the file was good earlier in this process the step still does its work with those values; where it never was it does nothing,
/// since defaults in place of what a person wrote would give wrong figures.
/// </summary>
internal sealed class ConfigHealth
{
    // The original dashboard's budget is in force where there is no alerts.json: what is wrong with it counts for the same steps.
    private static readonly string[] BudgetFiles = [DataFiles.Alerts, DataFiles.Budget, DataFiles.Tokens];
    private static readonly string[] Files = [DataFiles.Sources, DataFiles.Sync, .. BudgetFiles];

    private readonly HashSet<string> goodOnce = [];
    private List<FileProblem> problems = [];

    /// <summary>Takes in a freshly loaded configuration.</summary>
    public void Observe(DashboardConfig config)
    {
        problems = [.. config.Problems];
        foreach (string file in Files)
        {
            if (!problems.Exists(p => p.File == file))
            {
                goodOnce.Add(file);
            }
        }
    }

    /// <summary>Whether the step may run, and the message with which it fails; null when its files are good.</summary>
    public (bool MayRun, string? Problem) For(string step)
    {
        string[] needed = step switch
        {
            SyncStepNames.Tokens => [DataFiles.Sources, DataFiles.Sync],
            SyncStepNames.Projects => [DataFiles.Sources],
            SyncStepNames.Analytics => [DataFiles.Sync],
            SyncStepNames.Alerts => [.. BudgetFiles, DataFiles.Sync],
            _ => [],
        };
        List<FileProblem> hit = problems.FindAll(p => Array.IndexOf(needed, p.File) >= 0);
        // Analytics holds percentages of a budget: with an alerts.json that was never good it has none to use.
        if (step == SyncStepNames.Analytics)
        {
            hit.AddRange(problems.Where(p => Array.IndexOf(BudgetFiles, p.File) >= 0 && !goodOnce.Contains(p.File)));
        }

        return hit.Count == 0 ? (true, null) : (hit.TrueForAll(p => goodOnce.Contains(p.File)), string.Join(" ", hit));
    }
}
