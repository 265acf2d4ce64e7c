using System.Diagnostics;
using System.Globalization;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Benchmarks.Analytics;

/// <summary>Figures of two years of ledger: from scratch, and again after an append; size of analytics.json.</summary>
internal static class AnalyticsBenchmark
{
    public const string Usage = "analytics [--rows N] [--projects N]";

    private const int Runs = 9;
    private const double ScratchLimit = 1000;
    private const double AppendLimit = 50;
    private const int SizeLimit = 300_000;

    private static readonly DateOnly Today = new(2026, 11, 25);

    public static int Run(TextWriter output, ReadOnlySpan<string> args)
    {
        int count = Option(args, "--rows", 500_000);
        int projects = Option(args, "--projects", 50);
        string[] ids = [.. Enumerable.Range(0, projects).Select(LargeLedger.ProjectName)];
        var alerts = new AlertsConfig();
        AnalyticsDocument document = new();
        // As the program does: the ledger is in its files, and rows are no objects.
        string folder = Directory.CreateTempSubdirectory("aiaiai-bench-").FullName;
        var directory = new DataDirectory(folder);
        directory.EnsureCreated();
        UsageLedger.Load(directory, repair: true).Apply(LargeLedger.Rows(count, projects, Today));
        (double read, UsageLedger ledger) = Median(() => UsageLedger.Load(directory, repair: false));
        Directory.Delete(folder, recursive: true);
        UsageReadModel model = UsageReadModel.Empty;
        (double index, _) = Median(() => new UsageReadModel(ledger, Today));
        UsageRow last = LargeLedger.Rows(count, projects, Today).Last();
        // Each time of a new model: one that computed its figures once knows them.
        (double scratch, document) = Median(() => AnalyticsCalculator.Compute(model = new UsageReadModel(ledger, Today), alerts, Today, TimeZoneInfo.Utc, ids));
        int number = 0;
        (double append, document) = Median(() =>
        {
            UsageRow row = last with { Session = $"new-{number++}", Cost = 1 };
            model = model.With([row]);
            return AnalyticsCalculator.Compute(model, alerts, Today, TimeZoneInfo.Utc, ids);
        });

        int bytes = DocumentBytes(document);
        Print(output, $"{model.RowCount:N0} rows, {projects} projects, {LargeLedger.Days} days");
        Print(output, $"reading the files of the ledger: {read:F0} ms, not part of what follows");
        Print(output, $"from scratch: {scratch:F0} ms (of these {index:F0} ms index), limit {ScratchLimit}");
        Print(output, $"after an append: {append:F1} ms (index and figures), limit {AppendLimit}");
        Print(output, $"analytics.json: {bytes:N0} bytes, limit {SizeLimit:N0}");
        bool ok = scratch < ScratchLimit && append < AppendLimit && bytes < SizeLimit;
        output.WriteLine(ok ? "ok" : "outside its limits");
        return ok ? 0 : 1;
    }

    private static int DocumentBytes(AnalyticsDocument document)
    {
        string folder = Directory.CreateTempSubdirectory("aiaiai-bench-").FullName;
        try
        {
            var store = new DocumentStore(new DataDirectory(folder));
            store.Directory.EnsureCreated();
            store.WriteAsync(AnalyticsDocuments.Analytics, document.ForFile()).GetAwaiter().GetResult();
            return (int)new FileInfo(Path.Combine(folder, "analytics.json")).Length;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double Milliseconds, T Result) Median<T>(Func<T> work)
    {
        T result = work();
        var times = new List<double>();
        for (int run = 0; run < Runs; run++)
        {
            GC.Collect();
            var clock = Stopwatch.StartNew();
            result = work();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        return (times[Runs / 2], result);
    }

    private static int Option(ReadOnlySpan<string> args, string name, int missing)
    {
        int at = args.IndexOf(name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : missing;
    }

    private static void Print(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
