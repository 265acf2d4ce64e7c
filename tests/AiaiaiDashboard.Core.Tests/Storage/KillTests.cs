using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.CrashHarness;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>A process killed with SIGKILL at random points: what it acknowledged is there, and nothing is mixed, glued, lost or doubled.</summary>
public sealed class KillTests : IDisposable
{
    private const int FewRounds = 4;
    private const int ManyRounds = 200;

    private readonly TestFolder folder = new(onDisk: true);
    private readonly Random random = new(20261123);

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("document")]
    [InlineData("derived")]
    [InlineData("log")]
    [InlineData("compact")]
    public void Store_KilledAFewTimes_KeepsWhatWasAcknowledged(string mode) => KillRounds(mode, FewRounds);

    [Theory]
    [Trait("Category", "Long")]
    [InlineData("document")]
    [InlineData("derived")]
    [InlineData("log")]
    [InlineData("compact")]
    public void Store_Killed200Times_KeepsWhatWasAcknowledged(string mode) => KillRounds(mode, ManyRounds);

    [Fact]
    public void Acquire_HeldByAnotherProcess_IsRefusedAndFreeAfterItsDeath()
    {
        using var holder = new KilledProcess("lock", folder.Data.Root);
        Assert.Equal(holder.Id, holder.Next());

        DataDirectoryInUseException exception = Assert.Throws<DataDirectoryInUseException>(() => DataDirectoryLock.Acquire(folder.Data, new LockHolder(1, null, null)));
        Assert.Equal(holder.Id, exception.Holder!.Pid);
        using (var second = new KilledProcess("lock", folder.Data.Root))
        {
            (int exitCode, string error) = second.Finish();
            Assert.Equal(3, exitCode);
            Assert.Contains($"in use by process {holder.Id} at http://127.0.0.1:5080", error, StringComparison.Ordinal);
        }

        holder.KillAfter(0, TimeSpan.Zero);
        Assert.Equal(holder.Id, DataDirectoryLock.ReadHolder(folder.Data)!.Pid);
        using DataDirectoryLock mine = DataDirectoryLock.Acquire(folder.Data, new LockHolder(1, null, null));
        Assert.Equal(1, DataDirectoryLock.ReadHolder(folder.Data)!.Pid);
    }

    [Fact]
    public void Acquire_HolderEndsOrderly_LeavesTheFileEmpty()
    {
        using var holder = new KilledProcess("lock", folder.Data.Root);
        holder.Next();

        Assert.Equal(0, holder.Finish().ExitCode);

        Assert.Equal(0, new FileInfo(folder.Data.PathOf(DataFiles.Lock)).Length);
    }

    private void KillRounds(string mode, int rounds)
    {
        int before = 0;
        for (int round = 0; round < rounds; round++)
        {
            using var process = new KilledProcess(mode, folder.Data.Root);
            int acknowledged = Math.Max(before, process.KillAfter(random.Next(1, 8), TimeSpan.FromMicroseconds(random.Next(0, 4000))));
            before = mode switch
            {
                "document" => CheckDocument(EndlessWriter.Person, acknowledged),
                "derived" => CheckDocument(EndlessWriter.Derived, acknowledged),
                "log" => CheckLog(acknowledged),
                _ => CheckCompacted(acknowledged),
            };
        }

        Assert.True(before >= rounds, $"only {before} writes");
        TempFiles.Sweep(folder.Data);
        Assert.DoesNotContain(folder.Files(), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private int CheckDocument(DocumentType<Stamp> type, int acknowledged)
    {
        DocumentRead<Stamp> read = new DocumentStore(folder.Data).Read(type);
        Assert.Null(read.Problem);
        Assert.InRange(read.Value!.Version, acknowledged, acknowledged + 1);
        Assert.Equal(Stamp.PayloadOf(read.Value.Version), read.Value.Payload);
        return read.Value.Version;
    }

    private int CheckLog(int acknowledged)
    {
        JsonlLog log = folder.Data.Log(DataFiles.History("tokens", "2026-11"));
        log.Recover();
        int count = 0;
        LogReport report = log.Read((line, _, _) => Assert.Equal(++count, EndlessWriter.Number(line)));
        Assert.Equal(0, report.BadLines);
        Assert.InRange(count, acknowledged, acknowledged + EndlessWriter.Batch);
        return count;
    }

    private int CheckCompacted(int acknowledged)
    {
        JsonlLog log = folder.Data.Log(DataFiles.History("tokens", "2026-11"));
        log.Recover();
        Dictionary<int, int> last = [];
        HashSet<(int Key, int Number)> seen = [];
        LogReport report = log.Read((line, _, _) =>
        {
            (int key, int number) = (EndlessWriter.Key(line), EndlessWriter.Number(line));
            Assert.True(seen.Add((key, number)), $"key {key} twice in round {number}");
            last[key] = number;
        });
        Assert.Equal(0, report.BadLines);
        Assert.Equal(EndlessWriter.Batch, last.Count);
        Assert.All(last.Values, number => Assert.InRange(number, acknowledged, acknowledged + 1));
        return last.Values.Max();
    }
}
