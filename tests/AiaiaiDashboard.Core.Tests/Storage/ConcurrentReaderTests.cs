using System.Text;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.CrashHarness;

namespace AiaiaiDashboard.Core.Tests.Storage;

public sealed class ConcurrentReaderTests : IDisposable
{
    private const int Replaces = 10_000;

    /// <summary>How often the reader must have read before the writer may stop: the two overlap however the machine divides its time.</summary>
    private const int ReadsDuringWrites = 100;

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_During10000Replaces_SeesWholeVersionsThatRise()
    {
        var store = new DocumentStore(folder.Data);
        await store.WriteAsync(EndlessWriter.Derived, Stamp.Of(1));
        using var done = new CancellationTokenSource();
        int reads = 0;
        Task reader = Task.Run(() =>
        {
            // A store of its own: another process that reads.
            var other = new DocumentStore(folder.Data);
            int last = 0;
            do
            {
                DocumentRead<Stamp> read = other.Read(EndlessWriter.Derived);
                Assert.Null(read.Problem);
                Assert.True(read.Value!.Version >= last, $"{read.Value.Version} after {last}");
                Assert.True(read.Value.Payload == Stamp.PayloadOf(read.Value.Version), "a mixture");
                last = read.Value.Version;
                Interlocked.Increment(ref reads);
            }
            while (!done.IsCancellationRequested);
        });

        int version = 1;
        while (version < Replaces || (Volatile.Read(ref reads) < ReadsDuringWrites && !reader.IsCompleted))
        {
            await store.WriteAsync(EndlessWriter.Derived, Stamp.Of(++version));
        }

        await done.CancelAsync();
        await reader;
        Assert.Equal(version, store.Read(EndlessWriter.Derived).Value!.Version);
        Assert.Equal(["stamp.json"], folder.Files());
    }

    [Fact]
    public async Task Read_DuringAppendsAndCompactions_SeesWholeLinesOnly()
    {
        JsonlLog log = folder.Data.Log("history/tokens-2026-11.jsonl");
        log.Append("{\"a\":0,\"v\":0}\n"u8);
        using var done = new CancellationTokenSource();
        int reads = 0;
        Task reader = Task.Run(() =>
        {
            JsonlLog other = folder.Data.Log("history/tokens-2026-11.jsonl");
            do
            {
                LogReport report = other.Read((line, _, _) => JsonlLogTests.Value(line));
                Assert.Equal(0, report.BadLines);
                Assert.True(report.Lines > 0);
                Interlocked.Increment(ref reads);
            }
            while (!done.IsCancellationRequested);
        });

        for (int round = 1; round <= 300 || (Volatile.Read(ref reads) < ReadsDuringWrites && !reader.IsCompleted); round++)
        {
            log.Append(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 20).Select(key => $"{{\"a\":{key},\"v\":{round},\"pad\":\"{new string('é', key * 50)}\"}}\n"))));
            if (round % 10 == 0)
            {
                log.Compact(line => JsonlLogTests.Value(line));
            }
        }

        await done.CancelAsync();
        await reader;
        log.Compact(line => JsonlLogTests.Value(line));
        Assert.Equal(20, log.Read((_, _, _) => { }).Lines);
    }
}
