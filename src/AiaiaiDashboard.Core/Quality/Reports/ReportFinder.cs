using System.IO.Enumeration;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>A report file that was found.</summary>
/// <param name="Path">Relative to the project, with <c>/</c>.</param>
/// <param name="Package">The folder its pattern belongs to, relative to the project; empty for the project itself.</param>
/// <param name="Identity">What the file system says of it.</param>
internal readonly record struct FoundReport(string Path, string Package, FileIdentity Identity);

/// <summary>
/// Looks for reports at the places where tools leave them: in the project's folder and in the folders up to <see cref="MaxDepth"/> below it. Never above
/// the project, and through no link but one of a file to another file of the project.
/// </summary>
internal sealed class ReportFinder
{
    /// <summary>Levels of folders that are looked into.</summary>
    public const int MaxDepth = 3;

    /// <summary>Most folders that are looked into.</summary>
    public const int MaxFolders = 500;

    /// <summary>Most entries of one folder that are looked at.</summary>
    public const int MaxEntries = 5_000;

    /// <summary>Most reports of one project.</summary>
    public const int MaxReports = 500;

    /// <summary>The documented places, relative to a folder of the project. <c>*</c> is anything within one name.</summary>
    public static readonly IReadOnlyList<string> Places =
    [
        // Coverage
        "coverage/coverage-summary.json", "coverage/lcov.info", "coverage/cobertura-coverage.xml", "coverage/cobertura.xml", "coverage/coverage.cobertura.xml", "coverage/coverage.xml",
        "coverage-summary.json", "lcov.info", "coverage.xml", "cobertura.xml", "cobertura-coverage.xml", "coverage.cobertura.xml", "coverage.info",
        "TestResults/coverage.cobertura.xml", "TestResults/*/coverage.cobertura.xml", "TestResults/*.cobertura.xml",
        "target/site/jacoco/jacoco.xml", "target/site/jacoco-aggregate/jacoco.xml", "build/reports/jacoco/test/jacocoTestReport.xml", "build/reports/jacoco/*/*.xml", "jacoco.xml",
        "coverage.out", "cover.out", "cover.profile", "target/llvm-cov/lcov.info", "target/tarpaulin/cobertura.xml", "target/coverage/lcov.info",
        // Lighthouse
        "lighthouse-report.json", "lighthouse.report.json", ".lighthouseci/*.json",
        // Tests
        "TestResults/*.trx", "TestResults/*/*.trx", "junit.xml", "test-results.xml", "test-results/*.xml", "test-results/*/*.xml", "reports/junit.xml", "reports/junit/*.xml",
        "target/surefire-reports/TEST-*.xml", "target/failsafe-reports/TEST-*.xml", "build/test-results/*/TEST-*.xml", "target/nextest/*/junit.xml",
    ];

    // Written beside Lighthouse's own results, and no results.
    private static readonly HashSet<string> Companions = new(StringComparer.OrdinalIgnoreCase) { "assertion-results.json", "links.json", "manifest.json" };

    private static readonly HashSet<string> NoPackages = new(StringComparer.OrdinalIgnoreCase)
    {
        "node_modules", "bower_components", "bin", "obj", "vendor", "venv", "__pycache__", "TestResults", "coverage", "target", "build", "dist",
    };

    private readonly string root;
    private readonly string[][] places;
    private readonly List<string> reasons = [];
    private readonly List<FoundReport> found = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly CancellationToken cancel;
    private int folders;

    private ReportFinder(string root, IEnumerable<string> places, CancellationToken cancel)
    {
        this.root = root;
        this.places = [.. places.Select(p => p.Split('/'))];
        this.cancel = cancel;
    }

    /// <summary>Looks for reports.</summary>
    /// <param name="root">Real path of the project.</param>
    /// <param name="more">Further places from the configuration, relative to the project itself.</param>
    /// <param name="cancel">Stops between two folders.</param>
    /// <returns>The files in a fixed order, and what was not followed and why.</returns>
    public static (IReadOnlyList<FoundReport> Reports, IReadOnlyList<string> Reasons) Find(string root, IReadOnlyList<string> more, CancellationToken cancel)
    {
        var finder = new ReportFinder(root, Places, cancel);
        finder.Walk();
        foreach (string place in more)
        {
            finder.Descend("", place.Replace('\\', '/').Split('/'), 0, "");
        }

        if (finder.found.Count > MaxReports)
        {
            finder.reasons.Insert(0, $"There are more than {MaxReports} reports: the newest were read.");
        }

        return (
            [.. finder.found.OrderByDescending(r => r.Identity.ModifiedTicks).Take(MaxReports).OrderBy(r => r.Path, StringComparer.Ordinal)],
            [.. finder.reasons.Take(QualityRecord.MaxReasons)]);
    }

    private void Walk()
    {
        var level = new List<string> { "" };
        for (int depth = 0; depth <= MaxDepth && level.Count > 0; depth++)
        {
            var next = new List<string>();
            foreach (string folder in level)
            {
                if (folders >= MaxFolders)
                {
                    return;
                }

                List<Entry> entries = Entries(folder);
                Match(folder, entries);
                next.AddRange(entries.Where(e => e is { IsFolder: true, IsLink: false } && e.Name[0] != '.' && !NoPackages.Contains(e.Name)).Select(e => Join(folder, e.Name)));
            }

            next.Sort(StringComparer.Ordinal);
            level = next;
        }
    }

    private void Match(string package, List<Entry> entries)
    {
        foreach (Entry entry in entries)
        {
            foreach (string[] place in places)
            {
                if (FileSystemName.MatchesSimpleExpression(place[0], entry.Name, ignoreCase: false))
                {
                    Take(Join(package, entry.Name), entry, place, 0, package);
                }
            }
        }
    }

    private void Take(string path, Entry entry, string[] place, int position, string package)
    {
        bool isLast = position == place.Length - 1;
        if (!isLast)
        {
            if (entry is { IsFolder: true, IsLink: true })
            {
                Refuse(path);
            }
            else if (entry.IsFolder)
            {
                Descend(path, place, position + 1, package);
            }
        }
        else if (!entry.IsFolder || entry.IsLink)
        {
            TakeFile(path, entry.IsLink, package);
        }
    }

    private void Descend(string folder, string[] place, int position, string package)
    {
        // A name without a wild card need not be searched for.
        if (!place[position].Contains('*'))
        {
            string path = Join(folder, place[position]);
            var info = new FileInfo(Path.Join(root, path));
            FileAttributes attributes = info.Attributes;
            if ((int)attributes != -1 && place[position] is not (".." or "." or ""))
            {
                Take(path, new Entry(place[position], (attributes & FileAttributes.Directory) != 0, (attributes & FileAttributes.ReparsePoint) != 0), place, position, package);
            }

            return;
        }

        foreach (Entry entry in Entries(folder).Where(e => FileSystemName.MatchesSimpleExpression(place[position], e.Name, ignoreCase: false)))
        {
            Take(Join(folder, entry.Name), entry, place, position, package);
        }
    }

    private void TakeFile(string path, bool isLink, string package)
    {
        string full = Path.Join(root, path);
        if (Companions.Contains(Path.GetFileName(path)) || !seen.Add(path))
        {
            return;
        }

        if (isLink && !FileIdentity.RealPath(full).StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            Refuse(path);
            return;
        }

        if (FileIdentity.TryRead(full, out FileIdentity identity))
        {
            found.Add(new FoundReport(path, package, identity));
        }
    }

    private void Refuse(string path)
    {
        string reason = $"{path} is a link that leaves the project; it was not followed.";
        if (reasons.Count < QualityRecord.MaxReasons && !reasons.Contains(reason, StringComparer.Ordinal))
        {
            reasons.Add(reason);
        }
    }

    private List<Entry> Entries(string folder)
    {
        cancel.ThrowIfCancellationRequested();
        folders++;
        try
        {
            var entries = new FileSystemEnumerable<Entry>(
                Path.Join(root, folder),
                (ref FileSystemEntry e) => new Entry(e.FileName.ToString(), e.IsDirectory, (e.Attributes & FileAttributes.ReparsePoint) != 0),
                new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true });
            return [.. entries.Take(MaxEntries).OrderBy(e => e.Name, StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private readonly record struct Entry(string Name, bool IsFolder, bool IsLink);
}
