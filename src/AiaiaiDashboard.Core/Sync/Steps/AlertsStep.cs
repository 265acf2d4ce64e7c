using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Sync.Steps;

/// <summary>The step <c>alerts</c>: what is true now into alert-state.json, and whoever is to be told is told.</summary>
public sealed class AlertsStep : ISyncStep
{
    /// <inheritdoc/>
    public string Name => SyncStepNames.Alerts;

    /// <inheritdoc/>
    public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
    {
        AlertDesk desk = context.Get<AlertDesk>() ?? throw new InvalidOperationException("There is no desk to take alerts in: the run belongs to no workspace.");
        ProjectList projects = context.Catalogue.ToList();
        AlertsConfig config = ProjectLimits.ById(context.Config.Alerts, projects.Select(p => (p.Id, p.DisplayName)));
        DateTimeOffset now = context.Time.GetUtcNow();
        TimeSpan? age = DataAge.Of(context.Steps, context.Before, now, isRunning: true);
        var inputs = new AlertInputs
        {
            Config = config,
            Figures = context.Analytics,
            Today = context.Today,
            NameOf = id => projects.Find(id)?.DisplayName ?? id,
            Steps = context.Steps,
            Problems = context.Problems,
            Age = age,
            StaleAfter = DataAge.StaleAfter(context.Config.Sync, context.Zone, now - (age ?? TimeSpan.Zero)),
        };
        AlertState state = await desk.ObserveAsync(AlertEvaluator.Evaluate(inputs), inputs.Stays(), context.Today, null, ct);
        if (desk.Delivery != AlertDelivery.Off)
        {
            await desk.DeliverAsync(config, context.Today, desk.Delivery == AlertDelivery.InSync ? null : true, ct);
        }

        return context.Analytics is null
            ? new SyncStepResult(SyncOutcome.Error, state.Conditions.Count, "There are no figures to evaluate, because the step analytics failed. Alerts of budget and limits stay as they were.")
            : new SyncStepResult(SyncOutcome.Success, state.Conditions.Count);
    }
}
