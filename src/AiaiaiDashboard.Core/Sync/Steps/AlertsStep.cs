using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Projects;

namespace AiaiaiDashboard.Core.Sync.Steps;

/// <summary>The step <c>alerts</c>: which thresholds the month's spend has reached. Notifies nobody.</summary>
public sealed class AlertsStep : ISyncStep
{
    /// <inheritdoc/>
    public string Name => SyncStepNames.Alerts;

    /// <inheritdoc/>
    public Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
    {
        if (context.Analytics is not { } figures)
        {
            throw new InvalidOperationException("There are no figures to evaluate, because the step analytics failed. Alerts stay as they were.");
        }

        ProjectList projects = context.Catalogue.ToList();
        IReadOnlyList<ActiveAlert> active = BudgetEvaluator.Evaluate(figures, context.Config.Alerts, id => projects.Find(id)?.DisplayName ?? id);
        return Task.FromResult(new SyncStepResult(SyncOutcome.Success, active.Count));
    }
}
