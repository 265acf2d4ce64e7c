using System.Runtime.InteropServices;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>Which source files are frontend and which backend. What is neither counts in the whole only; what is both is frontend.</summary>
internal sealed record CoverageRules(PathRules Frontend, PathRules Backend);

/// <summary>Puts the coverage of several reports together by source file, so that no line counts twice.</summary>
internal static class CoverageMerge
{
    /// <summary>Merges. Of a file in several reports the newest counts; reports of one run complete each other line by line.</summary>
    public static TestCoverage Of(string root, IReadOnlyList<ReadReport> reports, CoverageRules rules, Func<IEnumerable<string>> tracked, CancellationToken cancel)
    {
        SourcePaths? paths = null;
        var files = new Dictionary<string, (FileCoverage Coverage, DateTimeOffset At)>(StringComparer.Ordinal);
        foreach (ReadReport report in reports.OrderByDescending(r => r.WrittenAt).ThenBy(r => r.At.Path, StringComparer.Ordinal))
        {
            CoverageData data = report.Content.Coverage!;
            foreach ((string written, FileCoverage coverage) in data.Files)
            {
                cancel.ThrowIfCancellationRequested();
                paths ??= new SourcePaths(root, tracked());
                Add(files, paths.Resolve(written, report.At.Package, data.Folders), coverage, report.WrittenAt);
            }

            if (data.Files.Count == 0 && data.Stated is { } stated)
            {
                // Only a sum: it belongs to the folder it was found in.
                var whole = new FileCoverage();
                whole.Set(stated.Covered, stated.Total);
                Add(files, $"{report.At.Package}/*".TrimStart('/'), whole, report.WrittenAt);
            }
        }

        return Result(files, reports, rules);
    }

    private static void Add(Dictionary<string, (FileCoverage Coverage, DateTimeOffset At)> files, string path, FileCoverage coverage, DateTimeOffset at)
    {
        ref (FileCoverage Coverage, DateTimeOffset At) held = ref CollectionsMarshal.GetValueRefOrAddDefault(files, path, out bool exists);
        if (!exists)
        {
            held = (coverage, at);
        }
        else if (held.At - at <= ProjectReports.RunSpan)
        {
            held.Coverage = held.Coverage.With(coverage);
        }
    }

    private static TestCoverage Result(Dictionary<string, (FileCoverage Coverage, DateTimeOffset At)> files, IReadOnlyList<ReadReport> reports, CoverageRules rules)
    {
        (long Covered, long Total) frontend = default;
        (long Covered, long Total) backend = default;
        (long Covered, long Total) all = default;
        foreach ((string path, (FileCoverage coverage, _)) in files)
        {
            (long covered, long total) = (coverage.Covered, coverage.Total);
            all = (all.Covered + covered, all.Total + total);
            if (rules.Frontend.Match(path))
            {
                frontend = (frontend.Covered + covered, frontend.Total + total);
            }
            else if (rules.Backend.Match(path))
            {
                backend = (backend.Covered + covered, backend.Total + total);
            }
        }

        // A single report's own sum is what its tool shows people; several add up by lines.
        CoverageData? only = reports is [{ Content.Coverage: { } data }] ? data : null;
        all = only?.Stated ?? all;
        return new TestCoverage
        {
            Frontend = Percent(frontend),
            Backend = Percent(backend),
            Overall = Percent(all) ?? only?.StatedPercent ?? MeanOfPercents(reports),
            Lines = all.Total > 0 ? all.Total : null,
        };
    }

    private static decimal? MeanOfPercents(IReadOnlyList<ReadReport> reports) =>
        reports.Select(r => r.Content.Coverage!.StatedPercent).Average() is { } mean ? Math.Round(mean, 2) : null;

    private static decimal? Percent((long Covered, long Total) lines) => lines.Total > 0 ? Math.Round(lines.Covered * 100m / lines.Total, 2, MidpointRounding.AwayFromZero) : null;
}
