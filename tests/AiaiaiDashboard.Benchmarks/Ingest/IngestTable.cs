using System.Globalization;

namespace AiaiaiDashboard.Benchmarks.Ingest;

/// <summary>Prints comparisons as a Markdown table and keeps whether all met their bar.</summary>
internal sealed class IngestTable(TextWriter output)
{
    private const string Missing = "-";

    public bool AllMet { get; private set; } = true;

    public void Heading(string title)
    {
        output.WriteLine();
        output.WriteLine($"### {title}");
        output.WriteLine();
        output.WriteLine("| work | ours | ccusage | reading the bytes | ours / ccusage | bar | aim | met | CPU ours | CPU ccusage | CPU ratio |");
        output.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |");
    }

    /// <summary>One work. Bar and aim are shares of the peer's time.</summary>
    public void Row(string work, Comparison measured, double bar, double aim)
    {
        double? ratio = measured.Wall / measured.PeerWall;
        AllMet &= ratio is null || ratio <= bar;
        Write(work, Seconds(measured.Wall), Seconds(measured.PeerWall), Seconds(measured.Reading), Times(ratio), Times(bar), Times(aim), Verdict(ratio is null ? null : ratio <= bar),
            Seconds(measured.Processor), Seconds(measured.PeerProcessor), Times(measured.Processor / measured.PeerProcessor));
    }

    /// <summary>Memory of the cold runs. Bar and aim are in MB.</summary>
    public void Memory(Comparison cold, int bar, int aim)
    {
        double peak = cold.PeakBytes / 1e6;
        AllMet &= peak <= bar;
        Write("peak memory, cold", Megabytes(peak), cold.PeerPeakBytes == 0 ? Missing : Megabytes(cold.PeerPeakBytes / 1e6), Missing, Missing, Megabytes(bar), Megabytes(aim), Verdict(peak <= bar), Missing, Missing, Missing);
    }

    public static string Seconds(TimeSpan? time) => time is null ? Missing : string.Create(CultureInfo.InvariantCulture, $"{time.Value.TotalSeconds:0.000} s");

    private static string Times(double? ratio) => ratio is null ? Missing : string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00#}x");

    private static string Megabytes(double size) => string.Create(CultureInfo.InvariantCulture, $"{size:0} MB");

    private static string Verdict(bool? isMet) => isMet switch
    {
        true => "yes",
        false => "**no**",
        null => Missing,
    };

    private void Write(params string[] cells) => output.WriteLine($"| {string.Join(" | ", cells)} |");
}
