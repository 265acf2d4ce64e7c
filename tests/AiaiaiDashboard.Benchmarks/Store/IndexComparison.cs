using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Benchmarks.Store;

/// <summary>Median times of reading a log's bytes, of indexing it, and of loading every row.</summary>
internal sealed record IndexResult(TimeSpan Raw, TimeSpan Streamed, TimeSpan Index, TimeSpan Ledger, long Bytes, long Lines, int Keys, long HeldBytes, long PeakBytes);

internal static class IndexComparison
{
    private const int Rounds = 7;
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
        long lines = 0;
        long bytes = 0;
        long held = 0;
        long allocated = 0;
        Dictionary<UInt128, long> index = [];
        for (int round = 0; round <= Rounds; round++)
        {
            index = [];
            TimeSpan rawTime = AppendComparison.Time(() => bytes = ReadBytes(log.Path));
            TimeSpan streamedTime = AppendComparison.Time(() => StreamBytes(log.Path));
            long before = GC.GetTotalMemory(forceFullCollection: true);
            long allocatedBefore = GC.GetTotalAllocatedBytes(precise: true);
            TimeSpan indexTime = AppendComparison.Time(() => lines = Index(log, index));
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocatedBefore;
            held = GC.GetTotalMemory(forceFullCollection: true) - before;
            if (round > 0)
            {
                raw.Add(rawTime);
                streamed.Add(streamedTime);
                indexed.Add(indexTime);
            }
        }

        int keys = index.Count;
        index = [];
        TimeSpan ledger = AppendComparison.Time(() => UsageLedger.Load(directory, repair: true));
        return new IndexResult(AppendComparison.Median(raw), AppendComparison.Median(streamed), AppendComparison.Median(indexed), ledger, bytes, lines, keys, held, allocated);
    }

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

    private static long Index(JsonlLog log, Dictionary<UInt128, long> index)
    {
        log.Recover();
        return log.Read((line, _, offset) => index[LedgerKeyReader.Read(line)] = offset).Lines;
    }
}
