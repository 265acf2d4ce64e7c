using AiaiaiDashboard.Core.History;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Sync.Steps;

/// <summary>The step <c>quality</c>: reads the measurements of quality.json and writes them into history/. Nothing is collected yet.</summary>
public sealed class QualityStep : ISyncStep
{
    private DailySnapshots<QualitySnapshot>? history;

    /// <inheritdoc/>
    public string Name => SyncStepNames.Quality;

    /// <inheritdoc/>
    public Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
    {
        DocumentRead<QualityList> read = context.Store.Read(QualityDocuments.Quality);
        if (read.Problem is not null)
        {
            context.Problems.AddRange(read.Problems);
            throw new InvalidDataException(read.Problem.ToString());
        }

        if (read.Value is not { } list)
        {
            return Task.FromResult(new SyncStepResult(SyncOutcome.Skipped, 0, "Not configured: nothing is measured."));
        }

        context.Set(list);
        Dictionary<string, QualityRecord> latest = QualityFigures.Latest(list);
        history ??= SnapshotRows.Quality(context.Directory);
        IReadOnlyList<FileProblem> badLines = history.Write(context.Today, latest.Values.Where(q => q.Project.Length > 0).Select(q => QualitySnapshot.Of(q, context.Today)), context.KeepFrom);
        context.Problems.AddRange(badLines);
        return Task.FromResult(badLines.Count == 0
            ? new SyncStepResult(SyncOutcome.Success, latest.Count)
            : new SyncStepResult(SyncOutcome.Warning, latest.Count, string.Join(" ", badLines)));
    }
}
