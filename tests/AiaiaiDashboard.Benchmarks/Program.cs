using AiaiaiDashboard.Benchmarks.Analytics;
using AiaiaiDashboard.Benchmarks.Board;
using AiaiaiDashboard.Benchmarks.Forecasting;
using AiaiaiDashboard.Benchmarks.Ingest;
using AiaiaiDashboard.Benchmarks.Quality;
using AiaiaiDashboard.Benchmarks.Store;
using AiaiaiDashboard.Benchmarks.Web;

// Whole-process comparisons: each command prints its ratios and ends with 0 when all are within their limits, else with 1.
return args.Length > 0 ? args[0] switch
{
    "board" => BoardBenchmark.Run(Console.Out, args.AsSpan(1)),
    "ingest" => IngestBenchmark.Run(Console.Out, args.AsSpan(1)),
    "analytics" => AnalyticsBenchmark.Run(Console.Out, args.AsSpan(1)),
    "forecast" => ForecastBenchmark.Run(Console.Out, args.AsSpan(1)),
    "quality" => QualityBenchmark.Run(Console.Out),
    "store" => StoreBenchmark.Run(Console.Out),
    "pages" => PagesBenchmark.Run(Console.Out, args.AsSpan(1)),
    "web" => WebBenchmark.Run(Console.Out, args.AsSpan(1)),
    _ => Usage(),
} : Usage();

static int Usage()
{
    Console.Error.WriteLine($"usage: AiaiaiDashboard.Benchmarks store | quality | {BoardBenchmark.Usage} | {AnalyticsBenchmark.Usage} | {ForecastBenchmark.Usage} | {IngestOptions.Usage} | {PagesBenchmark.Usage} | {WebOptions.Usage}");
    return 2;
}
