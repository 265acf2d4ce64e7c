using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>The facts that alerts follow from.</summary>
public sealed record AlertInputs
{
    /// <summary>Budget, thresholds and limits by project id.</summary>
    public required AlertsConfig Config { get; init; }

    /// <summary>Figures of today; null where there are none that can be trusted.</summary>
    public required AnalyticsDocument? Figures { get; init; }

    /// <summary>Today in the configured zone.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Display name of a project id.</summary>
    public required Func<string, string> NameOf { get; init; }

    /// <summary>What the steps of the last syncs did.</summary>
    public IReadOnlyList<SyncStepStatus> Steps { get; init; } = [];

    /// <summary>Files that are damaged.</summary>
    public IReadOnlyList<FileProblem> Problems { get; init; } = [];

    /// <summary>How long ago usage was last read; null where that is not known, or never happened.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>Age from which data counts as stale.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromHours(12);

    /// <summary>
    /// Whether an alert that was true, and is not by these figures, stays true all the same: where a file of usage, projects or settings is
    /// damaged or a source fails the figures may be too low. It goes where its limit was raised. Null where the figures are sound.
    /// </summary>
    public Func<ActiveAlert, bool>? Stays()
    {
        if (Config.IsBudgetUnknown || Problems.Any(p => p.File == DataFiles.Alerts))
        {
            return _ => true;
        }

        bool sound = Figures is not null
            && !Problems.Any(p => p.File.StartsWith("history", StringComparison.Ordinal) || p.File is DataFiles.Tokens or DataFiles.Projects or DataFiles.Sync)
            && !Steps.Any(s => s is { Name: SyncStepNames.Tokens, Status: SyncOutcome.Error });
        return sound ? null : IsStillReached;
    }

    private bool IsStillReached(ActiveAlert alert)
    {
        decimal? budget = alert.Project is { } id ? Budgets.Limit(Config, id) : Budgets.Global(Config);
        decimal threshold = BudgetEvaluator.ThresholdOf(alert);
        return alert.Type switch
        {
            AlertType.Global or AlertType.Project => budget is { } amount && (alert.Spend is null || alert.Spend >= amount * threshold / 100)
                && (threshold == BudgetLevels.Full || Config.GlobalThresholds.Any(t => t.Percent == threshold)),
            AlertType.Forecast => Config.EffectiveRules.Forecast && alert.Budget == budget,
            AlertType.Spike => Config.EffectiveRules.Spike,
            _ => false,
        };
    }
}
