using AiaiaiDashboard.Core.Projects;

namespace AiaiaiDashboard.Core.Sync.Steps;

/// <summary>The step <c>projects</c>: facts of all known projects into projects.json.</summary>
public sealed class ProjectsStep : ISyncStep
{
    /// <inheritdoc/>
    public string Name => SyncStepNames.Projects;

    /// <inheritdoc/>
    public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
    {
        var progress = new Progress(context);
        ProjectScan scan = ProjectDiscovery.Refresh(context.Catalogue, context.Config.Sources, context.Time, context.Zone, progress, ct);
        context.Projects = scan;
        context.Searched.AddRange(scan.Searched);
        context.Problems.AddRange(scan.Problems);
        ProjectList written = await context.Store.UpdateAsync(ProjectDocuments.Projects, context.Catalogue.ApplyTo, ct);
        string? error = scan.Problems.Count == 0 ? null : string.Join(" ", scan.Problems);
        string status = error is null ? SyncOutcome.Success : SyncOutcome.Error;
        return new SyncStepResult(status, written.Count, error, [new SyncSourceStatus { Name = "git", Status = status, Items = scan.Repositories, Error = error }]);
    }

    // Not System.Progress: that posts to the pool and may report after the step has ended.
    private sealed class Progress(SyncContext context) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => context.Report(value.Done, value.Total, "projects");
    }
}
