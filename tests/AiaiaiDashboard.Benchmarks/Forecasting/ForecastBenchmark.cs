using System.Globalization;
using AiaiaiDashboard.Core.Analytics.Forecasting;

namespace AiaiaiDashboard.Benchmarks.Forecasting;

/// <summary>The forecast against how months really ended: does the 80 % interval hold, and is it better than "burn rate x days left".</summary>
internal static class ForecastBenchmark
{
    public const string Usage = "forecast [--seed N] [--data DIR]";

    private const double LowestCoverage = 0.75;
    private const double HighestCoverage = 0.85;
    private const int MiddleOfMonth = 15;

    public static int Run(TextWriter output, ReadOnlySpan<string> args)
    {
        ulong seed = Option(args, "--seed") is { } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : 20261125;
        var test = new BackTest(ForecastTuning.InUse);
        bool ok = Report(output, "generated", [.. GeneratedHistories.All(seed, 60).SelectMany((h, i) => test.Run(h, 20, seed + (ulong)i))]);
        ok &= Report(output, "real", [.. RealHistories.All().SelectMany((h, i) => test.Run(h, 20, seed + (ulong)i))]);
        if (Option(args, "--data") is { } directory)
        {
            Report(output, "your ledger", [.. RealHistories.OfLedger(directory).SelectMany((h, i) => test.Run(h, 20, seed + (ulong)i))]);
        }

        ForecastCase[] young = [.. GeneratedHistories.All(seed + 1, 60).SelectMany((h, i) => Young(h, test, seed + (ulong)i))];
        Report(output, "first days (under 7 days of history)", [.. young.Where(c => c.Forecast.State == "short")]);
        output.WriteLine(ok ? "ok" : "outside its limits");
        return ok ? 0 : 1;
    }

    // The same histories, each cut so that it begins some days before one of the days that are tested.
    private static IEnumerable<ForecastCase> Young(SpendHistory history, BackTest test, ulong seed)
    {
        for (int cut = 0; cut < 6; cut++)
        {
            int skip = 60 + (cut * 11);
            var late = new SpendHistory(history.Kind, history.First.AddDays(skip), history.Days[skip..(skip + 70)]);
            foreach (ForecastCase result in test.Run(late, 4, seed))
            {
                yield return result;
            }
        }
    }

    private static bool Report(TextWriter output, string title, IReadOnlyList<ForecastCase> cases)
    {
        if (cases.Count == 0)
        {
            output.WriteLine($"{title}: no whole month with enough history");
            return false;
        }

        output.WriteLine($"{title}: {cases.Count.ToString("N0", CultureInfo.InvariantCulture)} forecasts");
        output.WriteLine("| history | forecasts | inside 80 % interval | mean error, mid-month | naive, mid-month | below naive |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (IGrouping<string, ForecastCase> kind in cases.GroupBy(c => c.Kind))
        {
            Line(output, kind.Key, [.. kind]);
        }

        (double coverage, double error, double naive) = Line(output, "**all**", cases);
        output.WriteLine("  by day of month: " + string.Join(", ", cases.GroupBy(c => c.Day).OrderBy(g => g.Key).Select(g => FormattableString.Invariant($"{g.Key}: {g.Average(c => c.Covered ? 1.0 : 0):P1}"))));
        output.WriteLine(FormattableString.Invariant($"  below: {cases.Average(c => c.Actual < c.Forecast.Low ? 1.0 : 0):P1}, above: {cases.Average(c => c.Actual > c.Forecast.High ? 1.0 : 0):P1}"));
        return coverage is >= LowestCoverage and <= HighestCoverage && error < naive;
    }

    // Errors in percent of an average month of their history, so that rich and poor histories count alike.
    private static (double Coverage, double Error, double Naive) Line(TextWriter output, string name, IReadOnlyList<ForecastCase> cases)
    {
        double coverage = cases.Average(c => c.Covered ? 1.0 : 0);
        ForecastCase[] middle = [.. cases.Where(c => c.Day == MiddleOfMonth)];
        double error = middle.Average(c => (double)(Math.Abs(c.Forecast.Expected!.Value - c.Actual) / c.Usual));
        double naive = middle.Average(c => (double)(Math.Abs(c.Naive - c.Actual) / c.Usual));
        output.WriteLine(FormattableString.Invariant($"| {name} | {cases.Count:N0} | {coverage:P1} | {error:P1} | {naive:P1} | {1 - (error / naive):P0} |"));
        return (coverage, error, naive);
    }

    private static string? Option(ReadOnlySpan<string> args, string name)
    {
        int at = args.IndexOf(name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
