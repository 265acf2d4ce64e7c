using System.Globalization;
using AiaiaiDashboard.Core.History;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Git;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Sync.Steps;

/// <summary>The step <c>quality</c>: what reports and source code of every project say, into quality.json and history/.</summary>
public sealed class QualityStep : ISyncStep
{
    private const int ShownReasons = 3;

    private DailySnapshots<QualitySnapshot>? history;
    private QualityHistory? days;
    private QualityCache? cache;

    /// <inheritdoc/>
    public string Name => SyncStepNames.Quality;

    /// <inheritdoc/>
    public async Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
    {
        DocumentRead<QualityList> read = context.Store.Read(QualityDocuments.Quality);
        context.Problems.AddRange(read.Problems);
        ProjectRecord[] projects = [.. context.Catalogue.ToList().Where(p => !p.IsHidden)];
        var rows = new Dictionary<string, Func<QualityRecord?, QualityRecord?>>(StringComparer.Ordinal);
        var reasons = new List<string>();
        (long Reports, long Repositories) items = Collect(context, projects, rows, reasons, out QualityCache next, ct);
        if (!IsSame(cache!, next))
        {
            await context.Store.WriteAsync(QualityCache.Document, next, ct);
            cache = next;
        }

        QualityList list = await WriteAsync(context, read, rows, ct);
        // The write set a broken file aside, which is told once by whoever runs the step.
        context.Problems.RemoveAll(p => p == read.Problem);
        if (list.Count == 0 && !read.Exists)
        {
            return new SyncStepResult(SyncOutcome.Skipped, 0, "Nothing is measured: no project has a report, or source code in a repository.");
        }

        context.Set(list);
        Dictionary<string, QualityRecord> latest = QualityFigures.Latest(list);
        QualitySnapshot[] snapshots = [.. projects.Select(p => latest.GetValueOrDefault(p.Id)).OfType<QualityRecord>().Select(q => QualitySnapshot.Of(q, context.Today))];
        history ??= SnapshotRows.Quality(context.Directory);
        IReadOnlyList<FileProblem> badLines = history.Write(context.Today, snapshots, context.KeepFrom);
        context.Problems.AddRange(badLines);
        days = (days ?? QualityHistory.Load(context.Directory, context.Today)).With(context.Today, snapshots);
        context.Set(days);
        return Result(latest.Count, items, reasons, [.. read.Problems.Skip(1), .. badLines]);
    }

    private (long Reports, long Repositories) Collect(
        SyncContext context,
        ProjectRecord[] projects,
        Dictionary<string, Func<QualityRecord?, QualityRecord?>> rows,
        List<string> reasons,
        out QualityCache next,
        CancellationToken ct)
    {
        cache ??= context.Store.Read(QualityCache.Document).Value is { Version: QualityCache.CurrentVersion } held ? held : new QualityCache();
        next = new QualityCache { Version = QualityCache.CurrentVersion };
        (long Reports, long Repositories) items = default;
        var found = new List<ProjectPlace>();
        foreach (ProjectRecord project in projects)
        {
            if (PlaceOf(project, context) is { } place)
            {
                found.Add(new ProjectPlace(project, place));
            }
        }

        ProjectQualityCache?[] results = found.Count == 0 ? [] : QualityCollector.CollectAll(
            [.. found.Select(f => (f.Place, cache.Projects.GetValueOrDefault(f.Project.Id)))], done => context.Report(done, found.Count, "projects"), ct);
        for (int i = 0; i < found.Count; i++)
        {
            (ProjectRecord project, QualityPlace place) = found[i];
            ProjectQualityCache? now = results[i];
            string[] late = now is null ? [$"{place.Path} did not answer in time and was not measured."] : [];
            rows[project.Id] = before => QualityMerge.Row(project.Id, before, now, late, context.Today);
            reasons.AddRange(late.Concat(now?.Findings.Reasons ?? []).Append(now?.CodeReason).OfType<string>().Select(r => $"{project.DisplayName}: {ProjectNames.OneLine(r, 400)}"));
            items = (items.Reports + (now?.Findings.Sources.Count ?? 0), items.Repositories + (now?.Code is null ? 0 : 1));
            if ((now ?? cache.Projects.GetValueOrDefault(project.Id)) is { } keep)
            {
                next.Projects[project.Id] = keep;
            }
        }

        return items;
    }

    private static async Task<QualityList> WriteAsync(
        SyncContext context, DocumentRead<QualityList> read, Dictionary<string, Func<QualityRecord?, QualityRecord?>> rows, CancellationToken ct)
    {
        QualityList list = QualityMerge.Apply(read.Value, rows);
        return list.Count == 0 && !read.Exists ? list : await context.Store.UpdateAsync(QualityDocuments.Quality, current => QualityMerge.Apply(current, rows), ct);
    }

    private static QualityPlace? PlaceOf(ProjectRecord project, SyncContext context)
    {
        WorkingDirectory directory = WorkingDirectory.Parse(project.Path);
        if (string.IsNullOrEmpty(project.Path) || !directory.CanProbe || !Directory.Exists(directory.Text))
        {
            return null;
        }

        RepositoryFinder finder = context.Catalogue.Finder;
        bool isRepository = finder.Find(directory)?.Directory.Key == directory.Key && RepositoryFence.WhyClosed(directory, finder) is null;
        string git = Path.Join(directory.Text, ".git");
        string? data = !isRepository ? null : File.Exists(git) ? WorktreeLink.GitDirectory(directory, finder)?.Text : git;
        return new QualityPlace(directory.Text, data, context.Config.Sources.Quality.For(project.Id));
    }

    // What was not read again is the same object.
    private static bool IsSame(QualityCache before, QualityCache now) =>
        before.Version == now.Version && before.Projects.Count == now.Projects.Count
        && now.Projects.All(p => ReferenceEquals(before.Projects.GetValueOrDefault(p.Key), p.Value));

    private static SyncStepResult Result(int measured, (long Reports, long Repositories) items, List<string> reasons, IReadOnlyList<FileProblem> problems)
    {
        string status = reasons.Count == 0 ? SyncOutcome.Success : SyncOutcome.Warning;
        string? shown = reasons.Count == 0 ? null : string.Join(" ", reasons.Take(ShownReasons));
        string? rest = reasons.Count <= ShownReasons ? null : string.Create(CultureInfo.InvariantCulture, $"And {reasons.Count - ShownReasons} more.");
        SyncSourceStatus[] sources =
        [
            new() { Name = "reports", Status = status, Items = items.Reports, Error = shown, Details = reasons.Count == 0 ? null : [.. reasons.Take(SyncSourceStatus.MaxDetails)] },
            new() { Name = "source-code", Status = SyncOutcome.Success, Items = items.Repositories },
        ];
        string? remark = Sentences.Join(Sentences.Join(shown, rest), problems.Count == 0 ? null : string.Join(" ", problems));
        return new SyncStepResult(remark is null ? SyncOutcome.Success : SyncOutcome.Warning, measured, remark, sources);
    }

    private sealed record ProjectPlace(ProjectRecord Project, QualityPlace Place);
}
