using System.Globalization;
using System.IO.Hashing;
using System.Text;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality.Reports;
using AiaiaiDashboard.Core.Quality.Source;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Quality;

/// <summary>Where the quality of one project is read.</summary>
/// <param name="Path">Its folder.</param>
/// <param name="GitDirectory">The repository's data; null where the folder is no repository, or its data must not be read.</param>
/// <param name="Rules">Frontend, backend and further reports.</param>
internal sealed record QualityPlace(
    string Path, string? GitDirectory, (IReadOnlyList<string> Frontend, IReadOnlyList<string> Backend, IReadOnlyList<string> Reports) Rules);

/// <summary>Reads the reports and counts the source code of one project. What has not changed since the last time is not read again.</summary>
internal static class QualityCollector
{
    /// <summary>Longest look at one project, see <see cref="TimeBound"/>. What was counted until then is lost: the next sync begins anew.</summary>
    public static readonly TimeSpan MaxTimePerProject = TimeSpan.FromMinutes(2);

    private const int MaxAtOnce = 4;

    /// <summary>Reads and counts many projects, several at once; in the place of one that did not answer in time stands null.</summary>
    /// <param name="work">Where, and what is known of each from the last time.</param>
    /// <param name="progress">Told the number of projects done; from any thread.</param>
    /// <param name="cancel">Stops within a file.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ProjectQualityCache?[] CollectAll(IReadOnlyList<(QualityPlace Place, ProjectQualityCache? Known)> work, Action<int> progress, CancellationToken cancel)
    {
        var results = new ProjectQualityCache?[work.Count];
        int done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(MaxAtOnce, Environment.ProcessorCount), CancellationToken = cancel };
        Parallel.For(0, work.Count, options, i =>
        {
            (QualityPlace place, ProjectQualityCache? known) = work[i];
            results[i] = TimeBound.Run($"quality {place.Path}", stop => Collect(place, known, stop), MaxTimePerProject, cancel);
            progress(Interlocked.Increment(ref done));
        });
        return results;
    }

    /// <summary>Reads and counts. Whatever is wrong with the project becomes a reason.</summary>
    /// <param name="place">Where.</param>
    /// <param name="known">What is known from the last time; null for nothing.</param>
    /// <param name="cancel">Stops within a file.</param>
    /// <returns><paramref name="known"/> itself where nothing has changed.</returns>
    public static ProjectQualityCache Collect(QualityPlace place, ProjectQualityCache? known, CancellationToken cancel)
    {
        string root = FileIdentity.RealPath(place.Path);
        known = known?.Path == root ? known : null;
        string? index = IndexStamp(place.GitDirectory);
        // The tracked files are asked for twice where the index changed: it is opened once.
        IReadOnlyList<TrackedFile>? tracked = null;
        ProjectQualityCache now = known is not null && known.Index == index
            ? known
            : Count(root, place.GitDirectory, index, known, out tracked, cancel);

        (IReadOnlyList<FoundReport> found, IReadOnlyList<string> notFollowed) = ReportFinder.Find(root, place.Rules.Reports, cancel);
        string reports = ReportsStamp(found, notFollowed, place, index);
        if (now.Reports == reports)
        {
            return now;
        }

        ReportFindings findings = ProjectReports.Read(
            root, found, new CoverageRules(PathRules.Of(place.Rules.Frontend), PathRules.Of(place.Rules.Backend)), () => tracked?.Select(f => f.Path) ?? TrackedPaths(root, place.GitDirectory, index, cancel), cancel);
        return now with { Reports = reports, Findings = findings with { Reasons = [.. findings.Reasons, .. notFollowed] } };
    }

    private static ProjectQualityCache Count(string root, string? gitDirectory, string? index, ProjectQualityCache? known, out IReadOnlyList<TrackedFile>? files, CancellationToken cancel)
    {
        files = null;
        var now = new ProjectQualityCache { Path = root, Index = index, Reports = known?.Reports ?? "", Findings = known?.Findings ?? new ReportFindings() };
        if (index is null)
        {
            return now;
        }

        try
        {
            using TrackedFiles tracked = TrackedFiles.Open(root, gitDirectory!, cancel);
            files = tracked.Files;
            CodeCounts code = SourceScan.Count(tracked, known?.Blobs, out byte[] blobs, cancel);
            return now with
            {
                // Without a source file there is nothing to count issues in.
                Code = code.Files > 0 ? code : null,
                Blobs = blobs,
                CodeReason = tracked.IsCut ? "More than 200,000 files are tracked: the rest was not counted." : null,
            };
        }
        catch (InvalidDataException e)
        {
            return now with { CodeReason = $"Source code was not counted: {e.Message}" };
        }
    }

    private static IEnumerable<string> TrackedPaths(string root, string? gitDirectory, string? index, CancellationToken cancel)
    {
        if (index is null)
        {
            return [];
        }

        try
        {
            using TrackedFiles tracked = TrackedFiles.Open(root, gitDirectory!, cancel);
            return [.. tracked.Files.Select(f => f.Path)];
        }
        catch (InvalidDataException)
        {
            // The reason stands beside the count already.
            return [];
        }
    }

    private static string? IndexStamp(string? gitDirectory) =>
        gitDirectory is not null && FileIdentity.TryRead(Path.Join(gitDirectory, "index"), out FileIdentity index) && index.IsRegular && index.Length <= TrackedFiles.MaxIndexBytes
            ? Text(index)
            : null;

    private static string ReportsStamp(IReadOnlyList<FoundReport> found, IReadOnlyList<string> notFollowed, QualityPlace place, string? index)
    {
        var text = new StringBuilder(index).Append('\n');
        foreach (FoundReport report in found)
        {
            text.Append(report.Path).Append('\0').Append(Text(report.Identity)).Append('\n');
        }

        text.AppendJoin('\n', notFollowed).Append('\n').AppendJoin('\n', place.Rules.Frontend).Append("\n\n").AppendJoin('\n', place.Rules.Backend);
        return XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text.ToString())).ToString("x16", CultureInfo.InvariantCulture);
    }

    private static string Text(FileIdentity file) => string.Create(CultureInfo.InvariantCulture, $"{file.Length}:{file.ModifiedTicks}:{file.Inode}");
}
