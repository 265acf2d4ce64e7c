namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>Reads the reports of one project and puts together what they say: the newest wins.</summary>
internal static class ProjectReports
{
    /// <summary>Reports of one test run of a whole repository are written within this time.</summary>
    public static readonly TimeSpan RunSpan = TimeSpan.FromMinutes(30);

    /// <summary>Reads and merges.</summary>
    /// <param name="root">Real path of the project.</param>
    /// <param name="found">Its reports.</param>
    /// <param name="rules">Which paths are frontend and backend.</param>
    /// <param name="tracked">Tracked files; asked only where a report names source files.</param>
    /// <param name="cancel">Stops within a report.</param>
    public static ReportFindings Read(string root, IReadOnlyList<FoundReport> found, CoverageRules rules, Func<IEnumerable<string>> tracked, CancellationToken cancel)
    {
        var reasons = new List<string>();
        var read = new List<ReadReport>();
        foreach (FoundReport at in Newest(root, found))
        {
            try
            {
                Report report = ReportReader.Read(Path.Join(root, at.Path), cancel);
                read.Add(new ReadReport(at, report));
                if (report.Remark is { } remark)
                {
                    reasons.Add($"{at.Path}: {remark}");
                }
            }
            catch (InvalidDataException e)
            {
                reasons.Add($"{at.Path} {e.Message}");
            }
        }

        List<ReadReport> coverage = [.. OfNewestFormat(read.Where(r => r.Content.Coverage is not null))];
        List<ReadReport> tests = [.. OfNewestFormat(read.Where(r => r.Content.Tests is not null)).GroupBy(r => r.Content.TestedUnit is { } unit ? $"{r.At.Package}\n{unit}" : r.At.Path).Select(g => g.MaxBy(r => r.WrittenAt)!)];
        ReadReport? lighthouse = read.Where(r => r.Content.Lighthouse is not null).OrderByDescending(r => r.WrittenAt).ThenBy(r => r.At.Path, StringComparer.Ordinal).FirstOrDefault();
        return new ReportFindings
        {
            Coverage = coverage.Count == 0 ? null : CoverageMerge.Of(root, coverage, rules, tracked, cancel),
            Tests = tests.Count == 0 ? null : tests.Select(r => r.Content.Tests!).Aggregate((all, one) => all.Plus(one)),
            Lighthouse = lighthouse?.Content.Lighthouse,
            Sources = [.. coverage.Concat(tests).Append(lighthouse).OfType<ReadReport>().OrderBy(r => r.At.Path, StringComparer.Ordinal).Take(QualityRecord.MaxSources).Select(Source)],
            Reasons = reasons,
        };
    }

    private static QualitySource Source(ReadReport report) => new()
    {
        Kind = report.Content.Kind,
        File = report.At.Path,
        Format = report.Content.Format,
        MeasuredAt = report.WrittenAt,
    };

    // Tools that write every run into a folder of its own leave the earlier ones behind. A project's own folder holds the runs of that project only,
    // so that one of them counts; in a solution's folder the projects of one run lie side by side.
    private static IEnumerable<FoundReport> Newest(string root, IReadOnlyList<FoundReport> found) =>
        from report in found
        group report by (report.Package, Name: NameOf(report.Path)) into runs
        let newest = runs.Max(r => Stamp.TimeOf(r.Identity.ModifiedTicks))
        let span = runs.Count() > 1 && runs.Key.Name != ".trx" && IsProjectFolder(Path.Join(root, runs.Key.Package)) ? TimeSpan.Zero : RunSpan
        from report in runs
        where newest - Stamp.TimeOf(report.Identity.ModifiedTicks) <= span
        orderby report.Path
        select report;

    private static string NameOf(string path) => path.EndsWith(".trx", StringComparison.OrdinalIgnoreCase) ? ".trx" : Path.GetFileName(path);

    private static bool IsProjectFolder(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder, "*.*proj").Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // One run may leave the same figures in several formats: per folder only the newest format counts, and of it only the newest run.
    private static IEnumerable<ReadReport> OfNewestFormat(IEnumerable<ReadReport> reports) =>
        from report in reports
        group report by report.At.Package into package
        let newest = package.OrderByDescending(r => r.At.Identity.ModifiedTicks).ThenBy(r => r.At.Path, StringComparer.Ordinal).First()
        from report in package
        where report.Content.Format == newest.Content.Format && newest.WrittenAt - report.WrittenAt <= RunSpan
        select report;
}
