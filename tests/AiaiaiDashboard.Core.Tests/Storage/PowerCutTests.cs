using System.Text;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>The power cut at every operation of a run, with many ways to lose what was not flushed.</summary>
public sealed class PowerCutTests
{
    private const int Seeds = 40;
    private const string LogName = "history/tokens-2026-11.jsonl";

    private static readonly DataDirectory Directory = new("/data");

    [SkippableFact]
    public async Task WriteAsync_PowerCutAtAnyOperation_HasTheAcknowledgedVersionOrTheNext()
    {
        Skip.If(OperatingSystem.IsWindows(), "paths of the disk in memory");
        int total = await CountOperations((files, _) => WriteVersions(files, Note.Person, []));
        Assert.True(total > 30, $"{total}");
        for (int cut = 1; cut <= total; cut++)
        {
            for (int seed = 0; seed < Seeds; seed++)
            {
                var files = new LossyFileSystem { CutAt = cut };
                List<int> acknowledged = [];
                await Assert.ThrowsAsync<PowerCutException>(() => WriteVersions(files, Note.Person, acknowledged));

                files.Restart(new Random(seed));
                var store = new DocumentStore(Directory, files);
                DocumentRead<Note> read = store.Read(Note.Person);
                int version = read.Value?.Version ?? 0;
                Assert.True(read.Problem is null, $"cut {cut}, seed {seed}: {read.Problem}");
                Assert.True(version == acknowledged.LastOrDefault() || version == acknowledged.LastOrDefault() + 1, $"cut {cut}, seed {seed}: {version} after {acknowledged.LastOrDefault()}");

                TempFiles.Sweep(Directory, files);
                await store.WriteAsync(Note.Person, new Note { Version = 99 });
                Assert.Equal(99, store.Read(Note.Person).Value!.Version);
                Assert.DoesNotContain(files.Files("/data/config"), f => f.EndsWith(".tmp", StringComparison.Ordinal));
            }
        }
    }

    [SkippableFact]
    public async Task Append_PowerCutAtAnyOperation_HasEveryAcknowledgedLineInOrder()
    {
        Skip.If(OperatingSystem.IsWindows(), "paths of the disk in memory");
        int total = await CountOperations((files, _) =>
        {
            AppendBatches(files, []);
            return Task.CompletedTask;
        });
        for (int cut = 1; cut <= total; cut++)
        {
            for (int seed = 0; seed < Seeds; seed++)
            {
                var files = new LossyFileSystem { CutAt = cut };
                List<int> acknowledged = [];
                Assert.Throws<PowerCutException>(() => AppendBatches(files, acknowledged));

                files.Restart(new Random(seed));
                JsonlLog log = Directory.Log(LogName, files);
                log.Recover();
                log.Append("{\"a\":99}\n"u8);
                List<int> values = Values(Directory.Log(LogName, files));

                Assert.Equal(99, values[^1]);
                Assert.Equal(Enumerable.Range(1, values.Count - 1), values[..^1]);
                Assert.InRange(values.Count - 1, acknowledged.Count, acknowledged.Count + 3);
            }
        }
    }

    [SkippableFact]
    public async Task Compact_PowerCutAtAnyOperation_LosesAndDoublesNoKey()
    {
        Skip.If(OperatingSystem.IsWindows(), "paths of the disk in memory");
        int total = await CountOperations((files, _) =>
        {
            CompactOnce(files);
            return Task.CompletedTask;
        });
        for (int cut = 1; cut <= total; cut++)
        {
            for (int seed = 0; seed < Seeds; seed++)
            {
                var files = new LossyFileSystem { CutAt = cut };
                bool wrote = false;
                Assert.Throws<PowerCutException>(() => CompactOnce(files, () => wrote = true));

                files.Restart(new Random(seed));
                Directory.Log(LogName, files).Recover();
                List<int> values = Values(Directory.Log(LogName, files));
                Assert.True(!wrote || values.SequenceEqual([1, 2, 1, 3]) || values.SequenceEqual([2, 1, 3]), $"cut {cut}, seed {seed}: {string.Join(',', values)}");
            }
        }
    }

    [SkippableFact]
    public async Task WriteAsync_BrokenDerivedDocumentAndPowerCut_NeverMixes()
    {
        Skip.If(OperatingSystem.IsWindows(), "paths of the disk in memory");
        for (int cut = 1; cut < 40; cut++)
        {
            for (int seed = 0; seed < Seeds; seed++)
            {
                var files = new LossyFileSystem();
                AtomicFile.Replace(files, "/data/note.json", output => output.Write("{broken"u8));
                files.CutAt = cut;
                var store = new DocumentStore(Directory, files);
                Exception? error = await Record.ExceptionAsync(() => store.WriteAsync(Note.Derived, new Note { Version = 1 }));

                files.Restart(new Random((cut * 1000) + seed));
                DocumentRead<Note> read = store.Read(Note.Derived);
                bool oldThere = read.Problem is not null;
                Assert.True(oldThere || files.FileExists("/data/note.json.broken"), $"cut {cut}, seed {seed}");
                Assert.True(error is not null || read.Value is { Version: 1 }, $"cut {cut}, seed {seed}");
            }
        }
    }

    private static async Task<int> CountOperations(Func<LossyFileSystem, List<int>, Task> run)
    {
        var files = new LossyFileSystem();
        await run(files, []);
        return files.Operations;
    }

    private static async Task WriteVersions(LossyFileSystem files, DocumentType<Note> type, List<int> acknowledged)
    {
        var store = new DocumentStore(Directory, files);
        for (int version = 1; version <= 4; version++)
        {
            await store.WriteAsync(type, new Note { Version = version, Text = new string('x', version * 100) });
            acknowledged.Add(version);
        }
    }

    private static void AppendBatches(LossyFileSystem files, List<int> acknowledged)
    {
        int next = 1;
        for (int batch = 1; batch <= 4; batch++)
        {
            // A new object each time, as after a restart, so that the folder of an existing file is flushed again.
            int[] values = [.. Enumerable.Range(next, batch == 2 ? 3 : 1)];
            Directory.Log(LogName, files).Append(Encoding.UTF8.GetBytes(string.Concat(values.Select(v => $"{{\"a\":{v},\"text\":\"日本 {v}\"}}\n"))));
            acknowledged.AddRange(values);
            next += values.Length;
        }
    }

    private static void CompactOnce(LossyFileSystem files, Action? written = null)
    {
        JsonlLog log = Directory.Log(LogName, files);
        log.Append("{\"a\":1,\"v\":1}\n{\"a\":2}\n{\"a\":1,\"v\":2}\n{\"a\":3}\n"u8);
        written?.Invoke();
        log.Compact(line => JsonlLogTests.Value(line));
    }

    private static List<int> Values(JsonlLog log)
    {
        List<int> values = [];
        LogReport report = log.Read((line, _, _) => values.Add(JsonlLogTests.Value(line)));
        Assert.Equal(0, report.BadLines);
        return values;
    }
}
