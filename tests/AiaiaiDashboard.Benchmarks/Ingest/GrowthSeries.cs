using System.Globalization;
using AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

namespace AiaiaiDashboard.Benchmarks.Ingest;

/// <summary>What a sync costs on one set that grows eightfold: with the bytes appended, not with those already read.</summary>
internal static class GrowthSeries
{
    private static readonly double[] Steps = [.25, .5, 1, 2];

    /// <param name="output">Gets the table.</param>
    /// <param name="options">Size and runs.</param>
    /// <param name="set">An empty set.</param>
    /// <param name="contenders">On that set.</param>
    public static void Run(TextWriter output, IngestOptions options, TranscriptSet set, Contenders contenders)
    {
        output.WriteLine();
        output.WriteLine("### Growth, real-shaped");
        output.WriteLine();
        output.WriteLine("| size | files | nothing changed | CPU | 1 MB appended | CPU | ccusage |");
        output.WriteLine("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (double step in Steps)
        {
            set.GrowTo((long)(step * options.Megabytes * IngestBenchmark.Mebibyte));
            string size = string.Create(CultureInfo.InvariantCulture, $"{set.Bytes / (double)IngestBenchmark.Mebibyte:N0} MB | {set.Files:N0}");
            contenders.ColdSync();
            Comparison nothing = Comparison.Measure(contenders, options.Runs, c => c.Sync());
            Comparison appended = Comparison.Measure(contenders, options.Runs, c => c.Sync(), () => set.Append(IngestBenchmark.Mebibyte));
            output.WriteLine($"| {size} | {IngestTable.Seconds(nothing.Wall)} | {IngestTable.Seconds(nothing.Processor)} | {IngestTable.Seconds(appended.Wall)} | {IngestTable.Seconds(appended.Processor)} | {IngestTable.Seconds(nothing.PeerWall)} |");
        }
    }
}
