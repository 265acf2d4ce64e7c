using System.Globalization;

namespace AiaiaiDashboard.Benchmarks.Store;

/// <summary>The store against the bare file system, both measured in the same run on the same disk.</summary>
internal static class StoreBenchmark
{
    /// <summary>Appending to a log, compared with writing the same bytes with the same number of fsyncs.</summary>
    private const double AppendLimit = 1.5;

    /// <summary>Opening and indexing a ledger, compared with reading its bytes.</summary>
    private const double IndexLimit = 4;

    public static int Run(TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("aiaiai-bench-").FullName;
        try
        {
            AppendResult append = AppendComparison.Measure(folder);
            Print(output, $"append: {append.Log.TotalMilliseconds:F0} ms through the log, {append.Raw.TotalMilliseconds:F0} ms through a FileStream ({append.Appends} appends of {append.BatchBytes:N0} bytes, one fsync each)");
            bool appendOk = Verdict(output, append.Log / append.Raw, AppendLimit);

            IndexResult index = IndexComparison.Measure(folder);
            Print(output, $"index: {index.Index.TotalMilliseconds:F0} ms to open and index, {index.Raw.TotalMilliseconds:F0} ms to read the bytes ({index.Bytes / 1e6:F0} MB, {index.Lines:N0} lines, {index.Keys:N0} keys)");
            bool indexOk = Verdict(output, index.Index / index.Raw, IndexLimit);
            Print(output, $"  the first of them, before the code was optimised: {index.First.TotalMilliseconds:F0} ms, ratio {index.First / index.Raw:F2} (no limit)");
            Print(output, $"  memory held: {index.HeldBytes / 1e6:F1} MB, {index.HeldBytes / (double)index.Keys:F0} bytes per key; {index.AllocatedBytes / 1e6:F1} MB allocated on the way");
            Print(output, $"  streaming the bytes through a small buffer and forgetting them: {index.Streamed.TotalMilliseconds:F0} ms, ratio {index.Index / index.Streamed:F2} (no limit)");
            Print(output, $"question: {index.Question.TotalMilliseconds:F0} ms to sort all rows and sum them by month and model");
            Print(output, $"rows: {index.Rows.TotalMilliseconds:F0} ms to make every row an object");
            return appendOk && indexOk ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Verdict(TextWriter output, double ratio, double limit)
    {
        Print(output, $"  ratio {ratio:F2}, limit {limit}: {(ratio <= limit ? "ok" : "too slow")}");
        return ratio <= limit;
    }

    private static void Print(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
