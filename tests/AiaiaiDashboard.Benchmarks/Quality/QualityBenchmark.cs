using System.Diagnostics;
using System.Globalization;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Benchmarks.Quality;

/// <summary>Counting 20,000 tracked source files in 50 repositories, compared with reading their bytes, and once more with nothing changed.</summary>
internal static class QualityBenchmark
{
    private const int Repositories = 50;
    private const int FilesEach = 400;
    private const int Rounds = 5;

    /// <summary>First run, in times of reading the bytes.</summary>
    private const double FirstLimit = 3;

    /// <summary>Unchanged run, milliseconds.</summary>
    private const double AgainLimit = 300;

    public static int Run(TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("aiaiai-quality-").FullName;
        try
        {
            IReadOnlyList<string> repositories = SampleRepositories.Create(folder, Repositories, FilesEach);
            string[] files = [.. repositories.SelectMany(r => Directory.EnumerateFiles(Path.Join(r, "src"), "*", SearchOption.AllDirectories))];
            long bytes = files.Sum(f => new FileInfo(f).Length);
            QualityPlace[] places = [.. repositories.Select(r => new QualityPlace(r, Path.Join(r, ".git"), new QualitySettings().For("sample")))];
            var store = new DocumentStore(new DataDirectory(Path.Join(folder, "data")));

            // In turns, so that a busy machine is busy for all of them.
            var read = new List<double>();
            var first = new List<double>();
            var again = new List<double>();
            for (int round = 0; round < Rounds; round++)
            {
                read.Add(Milliseconds(() => Array.ForEach(files, f => File.ReadAllBytes(f))));
                QualityCache filled = new();
                first.Add(Milliseconds(() => filled = Collect(places, new QualityCache())));
                store.WriteAsync(QualityCache.Document, filled).GetAwaiter().GetResult();
                again.Add(Milliseconds(() => Collect(places, store.Read(QualityCache.Document).Value!)));
            }

            double ratio = Median(first) / Median(read);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"quality: {files.Length:N0} tracked files in {Repositories} repositories, {bytes / 1e6:F0} MB, medians of {Rounds}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  reading the bytes: {Median(read):F0} ms; first run: {Median(first):F0} ms, ratio {ratio:F2}, limit {FirstLimit}: {Word(ratio <= FirstLimit)}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  unchanged, cache read from disk: {Median(again):F0} ms, limit {AgainLimit} ms: {Word(Median(again) <= AgainLimit)}"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  cache: {new FileInfo(store.Directory.PathOf("cache/quality.json")).Length / 1e6:F1} MB"));
            return ratio <= FirstLimit && Median(again) <= AgainLimit ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static QualityCache Collect(QualityPlace[] places, QualityCache known)
    {
        ProjectQualityCache?[] results = QualityCollector.CollectAll([.. places.Select(p => (p, known.Projects.GetValueOrDefault(p.Path)))], _ => { }, CancellationToken.None);
        var now = new QualityCache { Version = QualityCache.CurrentVersion };
        for (int i = 0; i < places.Length; i++)
        {
            now.Projects[places[i].Path] = results[i]!;
        }

        return now;
    }

    private static double Milliseconds(Action work)
    {
        long started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Word(bool ok) => ok ? "ok" : "too slow";
}
