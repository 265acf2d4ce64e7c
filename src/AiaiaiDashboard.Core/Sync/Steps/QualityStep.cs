using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Sync.Steps;

/// <summary>The step <c>quality</c>: reads the measurements of quality.json. Nothing is collected yet.</summary>
public sealed class QualityStep : ISyncStep
{
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
        return Task.FromResult(new SyncStepResult(SyncOutcome.Success, list.Select(q => q.Project).Distinct(StringComparer.Ordinal).Count()));
    }
}
