using System.Diagnostics;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Benchmarks.Store;

/// <summary>Times of the same appends through the log and through a FileStream: the median of one, times their number.</summary>
internal sealed record AppendResult(TimeSpan Log, TimeSpan Raw, int Appends, int BatchBytes);

internal static class AppendComparison
{
    private const int WarmUp = 50;
    private const int Appends = 1000;
    private const int RowsPerAppend = 40;

    public static AppendResult Measure(string folder)
    {
        byte[] batch = SampleLedger.Rows(RowsPerAppend);
        var log = new JsonlLog(Path.Combine(folder, "log.jsonl"));
        using var stream = new FileStream(Path.Combine(folder, "raw.jsonl"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        List<TimeSpan> logTimes = [];
        List<TimeSpan> rawTimes = [];
        for (int i = 0; i < WarmUp + Appends; i++)
        {
            // Taking turns, so that a disk or a machine that slows down slows both.
            TimeSpan logTime = Time(() => log.Append(batch));
            TimeSpan rawTime = Time(() =>
            {
                stream.Write(batch);
                stream.Flush(flushToDisk: true);
            });
            if (i >= WarmUp)
            {
                logTimes.Add(logTime);
                rawTimes.Add(rawTime);
            }
        }

        return new AppendResult(Median(logTimes) * Appends, Median(rawTimes) * Appends, Appends, batch.Length);
    }

    public static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);

    public static TimeSpan Time(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(begin);
    }
}
