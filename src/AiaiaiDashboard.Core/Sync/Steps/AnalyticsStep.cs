using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Core.Projects;

namespace AiaiaiDashboard.Core.Sync.Steps;

/// <summary>The step <c>analytics</c>: the ledger's figures into analytics.json.</summary>
public sealed class AnalyticsStep : ISyncStep
{
    /// <inheritdoc/>
    public string Name => SyncStepNames.Analytics;

    /// <inheritdoc/>
    public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
    {
        if (context.Usage is not { } usage)
        {
            // Zeroes would be wrong figures: the document stays as it is until usage can be read again.
            throw new InvalidOperationException("There is no usage to compute from, because the step tokens failed. The figures stay as they were.");
        }

        ProjectList projects = context.Catalogue.ToList();
        ForecastWidths widths = ForecastWidths.Load(context.Directory, context.Today);
        context.Analytics = AnalyticsCalculator.Compute(
            usage,
            ProjectLimits.ById(context.Config.Alerts, projects.Select(p => (p.Id, p.DisplayName))),
            context.Today,
            context.Zone,
            [.. projects.Where(p => !p.IsHidden).Select(p => p.Id)],
            widths);
        widths.Save();
        context.Report(1, 1, "documents");
        await context.Store.WriteAsync(AnalyticsDocuments.Analytics, context.Analytics.ForFile(), ct);
        return new SyncStepResult(SyncOutcome.Success, usage.RowCount);
    }
}
