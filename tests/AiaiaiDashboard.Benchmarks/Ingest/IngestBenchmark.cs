using System.Globalization;
using System.Runtime.InteropServices;
using AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

namespace AiaiaiDashboard.Benchmarks.Ingest;

/// <summary>Whole runs of <c>sync</c> against whole runs of ccusage and against reading the bytes, on transcripts generated for it.</summary>
internal static class IngestBenchmark
{
    public const int Mebibyte = 1024 * 1024;

    private const double RealBar = .5;
    private const double RealAim = .3;
    private const double DenseBar = .7;
    private const double DenseAim = .4;
    private const double NothingChangedBar = .06;
    private const double NothingChangedAim = .05;
    private const double AppendedBar = .07;
    private const double AppendedAim = .06;
    private const int MemoryBar = 250;
    private const int MemoryAim = 150;

    /// <returns>0 all bars met, 1 one missed, 2 the command was not understood.</returns>
    public static int Run(TextWriter output, ReadOnlySpan<string> args)
    {
        if (IngestOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine($"usage: AiaiaiDashboard.Benchmarks {IngestOptions.Usage}");
            return 2;
        }

        string folder = Directory.CreateTempSubdirectory("aiaiai-ingest-").FullName;
        try
        {
            return Run(output, options, folder);
        }
        finally
        {
            if (options.Keep)
            {
                Console.Error.WriteLine($"Kept: {folder}");
            }
            else
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static int Run(TextWriter output, IngestOptions options, string folder)
    {
        Console.Error.WriteLine("Publishing the dashboard and installing ccusage");
        string program = Programs.Publish(Path.Combine(folder, "dashboard"));
        string? peer = Programs.InstallPeer(Path.Combine(folder, "ccusage"), out string? problem);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores; medians of {options.Runs} runs of whole processes, taking turns, page cache warm."));
        if (problem is not null)
        {
            output.WriteLine($"\nccusage {Programs.PeerVersion} could not be had, so no ratio is shown: {problem}");
        }

        var table = new IngestTable(output);
        foreach (TranscriptStyle style in Enum.GetValues<TranscriptStyle>())
        {
            (TranscriptSet set, Contenders contenders) = Prepare(style, style.ToString());
            Console.Error.WriteLine($"Generating and measuring: {style}");
            set.GrowTo((long)options.Megabytes * Mebibyte);
            table.Heading(string.Create(CultureInfo.InvariantCulture, $"{style}: {set.Bytes / Mebibyte:N0} MB, {set.Files:N0} files, {set.Lines:N0} lines"));
            Comparison cold = Comparison.Measure(contenders, options.Runs, c => c.ColdSync());
            table.Row("cold `sync`", cold, style == TranscriptStyle.Real ? RealBar : DenseBar, style == TranscriptStyle.Real ? RealAim : DenseAim);
            table.Row("nothing changed", Comparison.Measure(contenders, options.Runs, c => c.Sync()), NothingChangedBar, NothingChangedAim);
            table.Row("1 MB appended to one file", Comparison.Measure(contenders, options.Runs, c => c.Sync(), () => set.Append(Mebibyte)), AppendedBar, AppendedAim);
            table.Memory(cold, MemoryBar, MemoryAim);
            Discard(set);
        }

        if (options.Growth)
        {
            Console.Error.WriteLine("Generating and measuring: growth");
            (TranscriptSet set, Contenders contenders) = Prepare(TranscriptStyle.Real, "Growth");
            GrowthSeries.Run(output, options, set, contenders);
            Discard(set);
        }

        return table.AllMet ? 0 : 1;

        (TranscriptSet, Contenders) Prepare(TranscriptStyle style, string name)
        {
            var set = new TranscriptSet(Path.Combine(folder, name, "claude"), style);
            return (set, new Contenders(program, peer, set.Root, Path.Combine(folder, name)));
        }

        // Before the next set is written: two at once may not fit.
        void Discard(TranscriptSet set)
        {
            if (!options.Keep)
            {
                Directory.Delete(set.Root, recursive: true);
            }
        }
    }
}
