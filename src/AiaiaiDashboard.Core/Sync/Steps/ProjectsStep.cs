using AiaiaiDashboard.Core.History;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.GitHub;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Sync.Steps;

/// <summary>The step <c>projects</c>: facts of all known projects into projects.json, and what is known of them today into history/.</summary>
/// <param name="environment">Environment variables by name; null for none.</param>
public sealed class ProjectsStep(Func<string, string?>? environment = null) : ISyncStep
{
    private readonly GitHubSource gitHub = new(environment ?? (_ => null));
    private DailySnapshots<ProjectSnapshot>? history;

    /// <inheritdoc/>
    public string Name => SyncStepNames.Projects;

    /// <inheritdoc/>
    public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
    {
        var progress = new Progress(context);
        ProjectScan scan = ProjectDiscovery.Refresh(context.Catalogue, context.Config.Sources, context.Time, context.Zone, progress, context.Projects, ct);
        (scan, SyncSourceStatus? onGitHub) = await gitHub.RunAsync(context, scan, ct);
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
        string? missing = Sentences.Join(
            scan.Warnings.Count == 0 ? null : string.Join(" ", scan.Warnings), onGitHub?.Status == SyncOutcome.Warning ? onGitHub.Error : null);
        string? remark = Sentences.Join(Sentences.Join(error, missing), badLines.Count == 0 ? null : string.Join(" ", badLines));
        string status = error is null ? SyncOutcome.Success : SyncOutcome.Error;
        var git = new SyncSourceStatus { Name = "git", Status = status, Items = scan.Repositories, Error = error };
        return new SyncStepResult(
            error is null && remark is not null ? SyncOutcome.Warning : status, written.Count, remark, onGitHub is null ? [git] : [git, onGitHub]);
    }

    // Not System.Progress: that posts to the pool and may report after the step has ended.
    private sealed class Progress(SyncContext context) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => context.Report(value.Done, value.Total, "projects");
    }
}
