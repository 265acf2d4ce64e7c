using AiaiaiDashboard.Core.History;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Sync.Steps;

/// <summary>The step <c>projects</c>: facts of all known projects into projects.json, and what is known of them today into history/.</summary>
public sealed class ProjectsStep : ISyncStep
{
    private DailySnapshots<ProjectSnapshot>? history;

    /// <inheritdoc/>
    public string Name => SyncStepNames.Projects;

    /// <inheritdoc/>
    public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
    {
        var progress = new Progress(context);
        ProjectScan scan = ProjectDiscovery.Refresh(context.Catalogue, context.Config.Sources, context.Time, context.Zone, progress, context.Projects, ct);
        context.Projects = scan;
        context.Searched.AddRange(scan.Searched);
        context.Problems.AddRange(scan.Problems);
        ProjectList written = await context.Store.UpdateAsync(ProjectDocuments.Projects, context.Catalogue.ApplyTo, ct);
        await context.Store.WriteAsync(ProjectDocuments.Facts, ProjectFacts.Of(scan), ct);
        history ??= SnapshotRows.Projects(context.Directory);
        IReadOnlyList<FileProblem> badLines = history.Write(
            context.Today, written.Where(p => !p.IsHidden).Select(p => ProjectSnapshot.Of(p, context.Today)), context.KeepFrom);
        context.Problems.AddRange(badLines);
        string? error = scan.Problems.Count == 0 ? null : string.Join(" ", scan.Problems);
        string? missing = scan.Warnings.Count == 0 ? null : string.Join(" ", scan.Warnings);
        string? remark = Sentences.Join(Sentences.Join(error, missing), badLines.Count == 0 ? null : string.Join(" ", badLines));
        string status = error is null ? SyncOutcome.Success : SyncOutcome.Error;
        return new SyncStepResult(error is null && remark is not null ? SyncOutcome.Warning : status, written.Count, remark, [new SyncSourceStatus { Name = "git", Status = status, Items = scan.Repositories, Error = error }]);
    }

    // Not System.Progress: that posts to the pool and may report after the step has ended.
    private sealed class Progress(SyncContext context) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => context.Report(value.Done, value.Total, "projects");
    }
}
