using System.Text;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>Every single operation failed once: the old or the new content is there, the error comes out, a retry works, a start cleans up.</summary>
public sealed class FaultTests
{
    private const string LogName = "history/tokens-2026-11.jsonl";
    private const int MoreThanAnyCount = 200;

    public static TheoryData<bool, bool> Kinds => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task WriteAsync_PersonsDocumentFailsAtAnyOperation_LosesNothing(bool staysBroken, bool shortWrite) =>
        FailEverywhere(Note.Person, "{\"version\":1}", expectOld: true, staysBroken, shortWrite);

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task WriteAsync_NewDocumentFailsAtAnyOperation_LosesNothing(bool staysBroken, bool shortWrite) =>
        FailEverywhere(Note.Person, null, expectOld: false, staysBroken, shortWrite);

    [Theory]
    [MemberData(nameof(Kinds))]
    public Task WriteAsync_BrokenDerivedDocumentFailsAtAnyOperation_KeepsTheEvidence(bool staysBroken, bool shortWrite) =>
        FailEverywhere(Note.Derived, "{broken", expectOld: false, staysBroken, shortWrite);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Append_FailsAtAnyOperation_KeepsAcknowledgedLinesAndGluesNothing(bool staysBroken, bool shortWrite) =>
        FailEverywhere("{\"a\":1}\n", log => log.Append("{\"a\":2}\n{\"a\":3}\n"u8), [1], [1, 2, 3], staysBroken, shortWrite);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Append_NewLogFailsAtAnyOperation_GluesNothing(bool staysBroken, bool shortWrite) =>
        FailEverywhere(null, log => log.Append("{\"a\":2}\n{\"a\":3}\n"u8), [], [2, 3], staysBroken, shortWrite);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Recover_FailsAtAnyOperation_KeepsWholeRecords(bool staysBroken, bool shortWrite) =>
        FailEverywhere("{\"a\":1}\n{\"a\":2}\n{\"a\":", log => log.Recover(), [1, 2], [1, 2], staysBroken, shortWrite);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Recover_MissingNewlineFailsAtAnyOperation_KeepsWholeRecords(bool staysBroken, bool shortWrite) =>
        FailEverywhere("{\"a\":1}\n{\"a\":2}", log => log.Recover(), [1, 2], [1, 2], staysBroken, shortWrite);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Compact_FailsAtAnyOperation_IsOldOrNew(bool staysBroken, bool shortWrite) =>
        FailEverywhere("{\"a\":1,\"v\":1}\n{\"a\":2}\n{\"a\":1,\"v\":2}\n", log => log.Compact(line => JsonlLogTests.Value(line)), [1, 2, 1], [2, 1], staysBroken, shortWrite);

    [Fact]
    public void Replace_TargetHeldOpenForAMoment_IsRetriedWithBoundedPauses()
    {
        const int sharingViolation = unchecked((int)0x80070020);
        using var folder = new TestFolder();
        var files = new FaultyFileSystem(PhysicalFileSystem.Instance) { Only = FileOperation.Rename, Error = () => new IOException("in use", sharingViolation) };
        List<TimeSpan> pauses = [];
        void Pause(TimeSpan pause)
        {
            pauses.Add(pause);
            files.StaysBroken = pauses.Count < 3;
        }

        files.FailAt = 1;
        files.StaysBroken = true;
        AtomicFile.Replace(files, folder.Data.PathOf("note.json"), output => output.Write("{}"u8), Pause);
        Assert.Equal([10, 20, 40], pauses.Select(p => p.TotalMilliseconds));
        Assert.Equal("{}", folder.Text("note.json"));

        pauses.Clear();
        files.Reset();
        files.FailAt = 1;
        Action<TimeSpan> always = pauses.Add;
        files.StaysBroken = true;
        IOException exception = Assert.Throws<IOException>(() => AtomicFile.Replace(files, folder.Data.PathOf("note.json"), output => output.Write("[]"u8), always));
        Assert.Equal("in use", exception.Message);
        Assert.Equal(5, pauses.Count);
        Assert.True(pauses.Sum(p => p.TotalMilliseconds) < 500);
        Assert.Equal("{}", folder.Text("note.json"));
    }

    private static async Task FailEverywhere(DocumentType<Note> type, string? before, bool expectOld, bool staysBroken, bool shortWrite)
    {
        int failures = 0;
        for (int at = 1; at < MoreThanAnyCount; at++)
        {
            using var folder = new TestFolder();
            if (before is not null)
            {
                folder.Write(type.Name, before);
            }

            var files = new FaultyFileSystem(PhysicalFileSystem.Instance) { FailAt = at, StaysBroken = staysBroken, ShortWrite = shortWrite };
            var store = new DocumentStore(folder.Data, files);
            Exception? error = await Record.ExceptionAsync(() => store.WriteAsync(type, new Note { Version = 2 }));
            bool hit = files.Failed.Count > 0;
            files.Reset();

            // A failure after the rename leaves the new content, any other the old.
            DocumentRead<Note> read = store.Read(type);
            Assert.True(read.Value is { Version: 2 } || (error is not null && (expectOld ? read.Value is { Version: 1 } : read.Value is null)), $"operation {at}: {read}");
            Assert.True(error is null or IOException, $"operation {at}: {error}");
            Assert.True(before != "{broken" || read.Problem is not null || folder.Files().Contains(type.Name + ".broken"), $"operation {at}");

            await store.WriteAsync(type, new Note { Version = 3 });
            TempFiles.Sweep(folder.Data, files);
            Assert.Equal(3, store.Read(type).Value!.Version);
            Assert.DoesNotContain(folder.Files(), file => file.EndsWith(".tmp", StringComparison.Ordinal));
            if (!hit)
            {
                Assert.True(failures > 5, $"only {failures} operations");
                return;
            }

            Assert.NotNull(error);
            failures++;
        }

        Assert.Fail("The write never came to its end.");
    }

    private static void FailEverywhere(string? before, Action<JsonlLog> act, int[] old, int[] changed, bool staysBroken, bool shortWrite)
    {
        int failures = 0;
        for (int at = 1; at < MoreThanAnyCount; at++)
        {
            using var folder = new TestFolder();
            if (before is not null)
            {
                folder.Write(LogName, before);
            }

            var files = new FaultyFileSystem(PhysicalFileSystem.Instance) { FailAt = at, StaysBroken = staysBroken, ShortWrite = shortWrite };
            JsonlLog log = folder.Data.Log(LogName, files);
            Exception? error = Record.Exception(() => act(log));
            bool hit = files.Failed.Count > 0;
            files.Reset();
            Assert.Equal(hit, error is not null);
            Assert.True(error is null or IOException, $"operation {at}: {error}");

            // After a failure: the old lines, or the new ones, or those of them that were whole when the write stopped.
            int[] values = Values(log);
            Assert.True(IsBetween(values, old, changed, error is null), $"operation {at}: {string.Join(',', values)}");

            log.Append(Encoding.UTF8.GetBytes("{\"a\":9}\n"));
            int[] after = Values(folder.Data.Log(LogName));
            Assert.Equal(9, after[^1]);
            Assert.True(IsBetween(after[..^1], old, changed, false), $"operation {at}: {string.Join(',', after)}");
            TempFiles.Sweep(folder.Data);
            Assert.DoesNotContain(folder.Files(), file => file.EndsWith(".tmp", StringComparison.Ordinal));
            if (!hit)
            {
                Assert.True(failures > 2, $"only {failures} operations");
                return;
            }

            failures++;
        }

        Assert.Fail("The operation never came to its end.");
    }

    private static bool IsBetween(int[] values, int[] old, int[] changed, bool succeeded) =>
        values.SequenceEqual(changed)
        || (!succeeded && (values.SequenceEqual(old) || (values.Length > old.Length && values.Length < changed.Length && changed.AsSpan().StartsWith(values))));

    private static int[] Values(JsonlLog log)
    {
        List<int> values = [];
        LogReport report = log.Read((line, _, _) => values.Add(JsonlLogTests.Value(line)));
        Assert.Equal(0, report.BadLines);
        return [.. values];
    }
}
