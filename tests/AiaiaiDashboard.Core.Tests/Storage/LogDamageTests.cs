using System.Text;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>What a crash, a disk or a person can do to the end of a log; after each repair a line is appended and the log opened again.</summary>
public sealed class LogDamageTests : IDisposable
{
    private const string Name = "history/tokens-2026-11.jsonl";
    private const string First = "{\"a\":1,\"text\":\"é\"}\n";
    private const string Second = "{\"a\":2,\"text\":\"日本🎈\"}\n";
    private const string Third = "{\"a\":3,\"parts\":[{\"x\":\"}\\n\"}]}\n";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string, int[], bool> Damages => new()
    {
        { "no file", "", [], false },
        { "only a newline", "\n", [], false },
        { "only a byte order mark", "\uFEFF", [], true },
        { "byte order mark before the first record", "\uFEFF" + First, [1], false },
        { "whole", First + Second, [1, 2], false },
        { "carriage returns", "{\"a\":1}\r\n{\"a\":2}\r\n", [1, 2], false },
        { "missing final newline on a whole record", First + "{\"a\":2}", [1, 2], false },
        { "carriage return but no newline", First + "{\"a\":2}\r", [1, 2], false },
        { "half a record", First + "{\"a\":2,\"te", [1], true },
        { "first record torn", "{\"a\":1", [], true },
        { "one NUL", First + "\0", [1], true },
        { "512 NULs", First + new string('\0', 512), [1], true },
        { "4096 NULs", First + new string('\0', 4096), [1], true },
        { "100,000 NULs", First + new string('\0', 100_000), [1], true },
        { "nothing but NULs", new string('\0', 4096), [], true },
        { "NULs after a whole record without newline", First + "{\"a\":2}\0\0\0", [1, 2], true },
        { "NULs after half a record", First + "{\"a\":\0\0\0", [1], true },
        { "blanks", First + "   ", [1], true },
        { "closing bracket inside a text", First + "{\"a\":2,\"text\":\"}", [1], true },
        { "two records on one line", First + "{\"a\":2}{\"a\":3}", [1], true },
        { "text of an editor", First + "hello", [1], true },
        { "a list", First + "[1,2]", [1], true },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Recover_DamagedEnd_KeepsWholeRecordsAndEvidence(string damage, string content, int[] survivors, bool cuts)
    {
        byte[] damaged = Encoding.UTF8.GetBytes(content);
        if (damage != "no file")
        {
            folder.Write(Name, damaged);
        }

        AssertRepairs(damaged, survivors, cuts);
    }

    [Fact]
    public void Recover_CutAtEveryByteOfTheLastTwoRecords_KeepsWholeRecords()
    {
        byte[] whole = Encoding.UTF8.GetBytes(First + Second + Third);
        int[] ends = [Encoding.UTF8.GetByteCount(First), Encoding.UTF8.GetByteCount(First + Second), whole.Length];
        for (int length = ends[0]; length <= whole.Length; length++)
        {
            using var own = new LogDamageTests();
            own.folder.Write(Name, whole[..length]);

            // A record is whole without its newline too.
            int[] survivors = [.. Enumerable.Range(1, 3).Where(i => length >= ends[i - 1] - 1)];
            bool clean = ends.Contains(length) || ends.Contains(length + 1);
            own.AssertRepairs(whole[..length], survivors, cuts: !clean);
        }
    }

    [Fact]
    public void Append_CutAtEveryByteOfTheLastTwoRecords_GluesNothing()
    {
        byte[] whole = Encoding.UTF8.GetBytes(First + Second + Third);
        for (int length = Encoding.UTF8.GetByteCount(First); length <= whole.Length; length++)
        {
            using var own = new LogDamageTests();
            own.folder.Write(Name, whole[..length]);

            own.folder.Data.Log(Name).Append("{\"a\":9}\n"u8);

            List<int> values = own.Values(out LogReport report);
            Assert.Equal(9, values[^1]);
            Assert.Equal(Enumerable.Range(1, values.Count - 1), values[..^1]);
            Assert.Equal(0, report.BadLines);
        }
    }

    [Fact]
    public void Recover_ByteChangedAnywhereInTheLastTwoRecords_LosesAtMostThatRecord()
    {
        byte[] whole = Encoding.UTF8.GetBytes(First + Second + Third);
        int start = Encoding.UTF8.GetByteCount(First);
        for (int at = start; at < whole.Length; at++)
        {
            foreach (byte value in (byte[])[0, (byte)'\n', 0xFF, (byte)'"', (byte)'}'])
            {
                using var own = new LogDamageTests();
                byte[] damaged = [.. whole];
                damaged[at] = value;
                own.folder.Write(Name, damaged);

                own.folder.Data.Log(Name).Recover();
                own.folder.Data.Log(Name).Append("{\"a\":9}\n"u8);

                List<int> values = own.Values(out _);
                Assert.Equal(1, values[0]);
                Assert.Equal(9, values[^1]);
                bool inSecond = at < start + Encoding.UTF8.GetByteCount(Second);
                // A newline that is gone takes the record after it along; anything else damages one record.
                bool joined = at == start + Encoding.UTF8.GetByteCount(Second) - 1;
                Assert.True(joined || values.Contains(inSecond ? 3 : 2), $"byte {at} = {value}: {string.Join(',', values)}");
            }
        }
    }

    [Fact]
    public void Recover_SameDamageAgain_KeepsOneCopy()
    {
        string path = folder.Write(Name, "{\"a\":1}\n{\"a\"");
        folder.Data.Log(Name).Recover();
        File.WriteAllText(path, "{\"a\":1}\n{\"a\"");
        folder.Data.Log(Name).Recover();
        File.WriteAllText(path, "{\"a\":1}\n{\"b\"");
        folder.Data.Log(Name).Recover();

        Assert.Equal([Name, Name + ".2.broken", Name + ".broken"], folder.Files());
    }

    [Fact]
    public void Read_TornTail_IsLeftForTheHolderOfTheLock()
    {
        folder.Write(Name, "{\"a\":1}\n{\"a\"");

        List<int> values = Values(out LogReport report);

        Assert.Equal([1], values);
        Assert.True(report.HasTornTail);
        Assert.Equal(0, report.BadLines);
        Assert.Equal("{\"a\":1}\n{\"a\"", folder.Text(Name));
    }

    private void AssertRepairs(byte[] damaged, int[] survivors, bool cuts)
    {
        LogRecovery recovery = folder.Data.Log(Name).Recover();
        Assert.Equal(survivors, Values(out LogReport repaired));
        Assert.False(repaired.HasTornTail);
        Assert.Equal(cuts, recovery.BytesCut > 0);
        Assert.Equal(cuts, recovery.Problem is not null);
        Assert.Equal(cuts, folder.Files().Contains(Name + ".broken"));
        if (cuts)
        {
            Assert.Equal(damaged, File.ReadAllBytes(recovery.KeptAs!));
            Assert.Equal(Name, recovery.Problem!.File);
        }

        Assert.Equal(LogRecovery.Nothing, folder.Data.Log(Name).Recover());
        folder.Data.Log(Name).Append("{\"a\":9}\n"u8);
        Assert.Equal([.. survivors, 9], Values(out _));
        Assert.Equal(LogRecovery.Nothing, folder.Data.Log(Name).Recover());
    }

    private List<int> Values(out LogReport report)
    {
        List<int> values = [];
        report = folder.Data.Log(Name).Read((line, _, _) => values.Add(JsonlLogTests.Value(line)));
        return values;
    }
}
