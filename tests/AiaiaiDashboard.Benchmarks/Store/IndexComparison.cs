using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Benchmarks.Store;

/// <summary>Median times of reading a ledger's bytes, of opening and indexing it, of answering a question, and of making every row an object.</summary>
internal sealed record IndexResult(
    TimeSpan Raw, TimeSpan Streamed, TimeSpan First, TimeSpan Index, TimeSpan Question, TimeSpan Rows, long Bytes, long Lines, int Keys, long HeldBytes, long AllocatedBytes);

internal static class IndexComparison
{
    private const int Rounds = 9;
    private const long LogBytes = 100_000_000;
    private const int BufferBytes = 256 * 1024;

    public static IndexResult Measure(string folder)
    {
        var directory = new DataDirectory(Path.Combine(folder, "data"));
        JsonlLog log = directory.Log(DataFiles.History("tokens", "2026-01"));
        SampleLedger.Write(log, LogBytes);
        List<TimeSpan> raw = [];
        List<TimeSpan> streamed = [];
        List<TimeSpan> indexed = [];
        List<TimeSpan> asked = [];
        List<TimeSpan> made = [];
        long bytes = 0;
        long held = 0;
        long allocated = 0;
        UsageLedger? ledger = null;
        for (int round = 0; round < Rounds; round++)
        {
            ledger = null;
            // Memory goes back to the system, so that both begin with none, as a program does that has just been started.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            raw.Add(AppendComparison.Time(() => bytes = ReadBytes(log.Path)));
            streamed.Add(AppendComparison.Time(() => StreamBytes(log.Path)));
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
            long before = GC.GetTotalMemory(forceFullCollection: true);
            long allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
            indexed.Add(AppendComparison.Time(() => ledger = UsageLedger.Load(directory, repair: true)));
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
            held = GC.GetTotalMemory(forceFullCollection: true) - before;
            asked.Add(AppendComparison.Time(() => Ask(ledger!)));
            made.Add(AppendComparison.Time(() => _ = ledger!.Rows.Sum(r => r.Calls)));
        }

        return new IndexResult(
            AppendComparison.Median(raw), AppendComparison.Median(streamed), indexed[0], AppendComparison.Median(indexed), AppendComparison.Median(asked),
            AppendComparison.Median(made), bytes, File.ReadLines(log.Path).LongCount(), ledger!.Rows.Count, held, allocated);
    }

    private static void Ask(UsageLedger ledger) =>
        new UsageReadModel(ledger, new DateOnly(2027, 1, 1)).Query(new UsageQuery([UsageGrouping.Month, UsageGrouping.Model]));

    // The plain way to read a file's bytes: all of them into one array.
    private static long ReadBytes(string path) => File.ReadAllBytes(path).LongLength;

    // The least the system can do: copy them through one small buffer and forget them.
    private static void StreamBytes(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        byte[] buffer = new byte[BufferBytes];
        while (stream.Read(buffer) > 0)
        {
        }
    }
}
