using System.Diagnostics;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Benchmarks.Store;

/// <summary>Median times of the same appends through the log and through a FileStream.</summary>
internal sealed record AppendResult(TimeSpan Log, TimeSpan Raw, int Appends, int BatchBytes);

internal static class AppendComparison
{
    private const int Rounds = 7;
    private const int Appends = 200;
    private const int RowsPerAppend = 40;

    public static AppendResult Measure(string folder)
    {
        byte[] batch = SampleLedger.Rows(RowsPerAppend);
        List<TimeSpan> log = [];
        List<TimeSpan> raw = [];
        for (int round = 0; round <= Rounds; round++)
        {
            // Taking turns within the round, so that a disk that slows down slows both; the first round warms up.
            TimeSpan logTime = Time(() => ThroughLog(Path.Combine(folder, $"log-{round}.jsonl"), batch));
            TimeSpan rawTime = Time(() => ThroughStream(Path.Combine(folder, $"raw-{round}.jsonl"), batch));
            if (round > 0)
            {
                log.Add(logTime);
                raw.Add(rawTime);
            }
        }

        return new AppendResult(Median(log), Median(raw), Appends, batch.Length);
    }

    public static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    public static TimeSpan Time(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begin);
    }

    private static void ThroughLog(string path, byte[] batch)
    {
        var log = new JsonlLog(path);
        for (int i = 0; i < Appends; i++)
        {
            log.Append(batch);
        }
    }

    private static void ThroughStream(string path, byte[] batch)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (int i = 0; i < Appends; i++)
        {
            stream.Write(batch);
            stream.Flush(flushToDisk: true);
        }
    }
}
