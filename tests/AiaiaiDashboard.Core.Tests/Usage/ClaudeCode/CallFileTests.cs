using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

public sealed class CallFileTests : IDisposable
{
    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Save_LedgerThatCouldNotBeWritten_LeavesTheCallsAsTheyWere()
    {
        new CallFile(bench.Data).Save(StoreOf(1), isLoaded: false, 1, Task.CompletedTask);

        IOException error = Assert.Throws<IOException>(
            () => new CallFile(bench.Data).Save(StoreOf(3), isLoaded: false, 2, Task.FromException(new IOException("No space left on device"))));

        Assert.Contains("No space left", error.Message, StringComparison.Ordinal);
        using CallStore? kept = new CallFile(bench.Data).Load(out long generation);
        Assert.Equal((1, 1L), (kept!.Count, generation));
        Assert.DoesNotContain(Directory.GetFiles(bench.Data.PathOf("cache")), f => f.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_BegunBefore_GivesWhatIsThere()
    {
        new CallFile(bench.Data).Save(StoreOf(2), isLoaded: false, 7, Task.CompletedTask);
        var file = new CallFile(bench.Data);
        file.BeginLoad();

        using CallStore? loaded = file.Load(out long generation);

        Assert.Equal((2, 7L), (loaded!.Count, generation));
    }

    [Fact]
    public void Load_BegunWhereNothingIs_GivesNothing()
    {
        var file = new CallFile(bench.Data);
        file.BeginLoad();

        Assert.Null(file.Load(out long generation));
        Assert.Equal(0, generation);
    }

    private static CallStore StoreOf(int count)
    {
        var store = new CallStore(new NameTable());
        int name = store.Names.Id("a");
        var calls = new CallList();
        for (int i = 1; i <= count; i++)
        {
            calls.Add(new CallRecord { MessageLow = (ulong)i, MessageHigh = (ulong)i, Session = name, Directory = name, Model = name, Version = name });
        }

        store.Merge(calls);
        return store;
    }
}
