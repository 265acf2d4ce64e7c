using AiaiaiDashboard.Core.Usage.ClaudeCode;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rules R3 and R6.</summary>
public sealed class ReadingAgainTests : IDisposable
{
    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Run_GrownFile_ReadsOnlyTheNewBytes()
    {
        string first = Assistant("m1") + "\n";
        string second = Assistant("m2") + "\n";
        bench.WriteText("-w/a.jsonl", first);
        bench.Run();
        bench.Append("-w/a.jsonl", second);

        Assert.Equal(second.Length, bench.Run().BytesRead);
        Assert.Equal(2, Calls());
    }

    [Fact]
    public void Run_UnchangedFile_ReadsNothing()
    {
        bench.Write("-w/a.jsonl", Assistant(null));
        bench.Run();

        Assert.Equal((0, 0), (bench.Run().FilesRead, bench.Run().RowsWritten));
        Assert.Equal(1, Calls());
    }

    [Fact]
    public void Run_ShrunkFile_IsReadFromTheStartAndKeepsWhatItHeld()
    {
        bench.Write("-w/a.jsonl", Assistant("m1"), Assistant("m2"), Assistant("m3"));
        bench.Run();
        string shorter = Assistant("m1") + "\n" + Assistant("m4") + "\n";
        bench.WriteText("-w/a.jsonl", shorter);

        Assert.Equal(shorter.Length, bench.Run().BytesRead);
        Assert.Equal(4, Calls());
    }

    [Fact]
    public void Run_RewrittenFileThatGrew_IsReadFromTheStart()
    {
        bench.Write("-w/a.jsonl", Assistant("m1"));
        bench.Run();
        bench.Write("-w/a.jsonl", Assistant("m2"), Assistant("m3"));

        bench.Run();

        Assert.Equal(3, Calls());
    }

    [Fact]
    public void Run_FileThatWasShorterThanThePrefix_GrowsWithoutBeingReadAgain()
    {
        bench.WriteText("-w/a.jsonl", "{}\n");
        bench.Run();
        bench.Append("-w/a.jsonl", Assistant() + "\n");

        Assert.Equal(((string)Assistant()).Length + 1, bench.Run().BytesRead);
        Assert.Equal(1, Calls());
    }

    [Fact]
    public void Run_ReplacedByAnotherFile_IsReadFromTheStart()
    {
        string start = string.Concat(Enumerable.Repeat("{\"type\":\"summary\"}\n", 100));
        bench.WriteText("-w/a.jsonl", start + Assistant("m1") + "\n");
        bench.Run();
        string other = bench.WriteText("-w/other", start + Assistant("m2") + "\n" + Assistant("m3") + "\n");
        File.Move(other, bench.Projects + "/-w/a.jsonl", overwrite: true);

        bench.Run();

        Assert.Equal(3, Calls());
    }

    [Fact]
    public void Run_SameSizeOtherTime_IsReadFromTheStart()
    {
        string start = string.Concat(Enumerable.Repeat("{\"type\":\"summary\"}\n", 100));
        string file = bench.WriteText("-w/a.jsonl", start + Assistant("m1") + "\n");
        DateTime before = File.GetLastWriteTimeUtc(file);
        bench.Run();
        bench.WriteText("-w/a.jsonl", start + Assistant("m2") + "\n");
        File.SetLastWriteTimeUtc(file, before.AddSeconds(1));

        bench.Run();

        Assert.Equal(2, Calls());
    }

    [Fact]
    public void Run_FileIsGone_KeepsItsRows()
    {
        string file = bench.Write("-w/a.jsonl", Assistant("m1"));
        bench.Write("-w/b.jsonl", Assistant("m2").Session("s2"));
        bench.Run();
        List<string> before = bench.Lines();
        File.Delete(file);

        Assert.Equal(1, bench.Run().Files);
        Assert.Equal(before, bench.Lines());
    }

    [Fact]
    public void Run_FileWithoutIdsComesBack_CountsOnce()
    {
        string file = bench.Write("-w/a.jsonl", Assistant(null), Assistant(null));
        bench.Run();
        File.Move(file, bench.Root + "/kept");
        bench.Run();
        File.Move(bench.Root + "/kept", file);

        bench.Run();

        Assert.Equal(2, Calls());
    }

    [Fact]
    public void Run_UnfinishedLastLine_CountsOnceItIsWhole()
    {
        string line = Assistant("m2");
        bench.WriteText("-w/a.jsonl", Assistant("m1") + "\n" + line[..200]);

        IngestReport first = bench.Run();
        Assert.Equal((1, 0), (Calls(), first.MalformedLines));

        bench.Append("-w/a.jsonl", line[200..]);
        bench.Run();
        Assert.Equal(2, Calls());

        bench.Append("-w/a.jsonl", "\n" + Assistant("m3") + "\n");
        bench.Run();
        Assert.Equal(3, Calls());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("  \n")]
    public void Run_WholeLastLineWithoutId_CountsOnceWhenItsEndArrives(string end)
    {
        bench.WriteText("-w/a.jsonl", Assistant(null));
        bench.Run();
        bench.Append("-w/a.jsonl", end);
        bench.Run();

        Assert.Equal(1, Calls());
    }

    [Fact]
    public void Run_LastLineGrowsIntoAnotherObject_IsMalformedOnceItEnds()
    {
        bench.WriteText("-w/a.jsonl", Assistant("m1"));
        bench.Run();
        bench.Append("-w/a.jsonl", "x\n" + Assistant("m2") + "\n");

        Assert.Equal(1, bench.Run().MalformedLines);
        Assert.Equal(2, Calls());
    }

    [Fact]
    public void Run_MalformedLastLineWithoutEnd_IsCountedOnce()
    {
        bench.WriteText("-w/a.jsonl", Assistant("m1") + "\n" + Assistant("m2").At("never"));
        Assert.Equal(1, bench.Run().MalformedLines);

        bench.Append("-w/a.jsonl", "\n" + Assistant("m3") + "\n");

        IngestReport report = bench.Run();
        Assert.Equal(1, report.MalformedLines);
        Assert.Contains("line 2", Assert.Single(report.Details), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MalformedLineStaysInTheFile_IsReportedEveryTime()
    {
        bench.Write("-w/a.jsonl", Assistant("m1"), "\"usage\"}", Assistant("m2").At("never"));
        bench.Run();

        IngestReport report = bench.Run();

        Assert.Equal(2, report.MalformedLines);
        Assert.Contains("2 lines are not usable, the first is line 2", Assert.Single(report.Details), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_MalformedItem_IsReportedWithItsLine()
    {
        bench.Write("-w/a.jsonl", Assistant("m1"), Assistant("m2").RawItem("""{"type":"compaction","input_tokens":-1}"""));

        IngestReport report = bench.Run();

        Assert.Equal(1, report.MalformedLines);
        Assert.Contains("line 2", Assert.Single(report.Details), StringComparison.Ordinal);
        Assert.Equal(2, Calls());
    }

    [Fact]
    public void Run_MalformedFileIsGone_IsNoLongerReported()
    {
        string file = bench.Write("-w/a.jsonl", "\"usage\"}");
        Assert.Equal(1, bench.Run().MalformedLines);
        File.Delete(file);

        Assert.Equal(0, bench.Run().MalformedLines);
    }

    private long Calls() => bench.Rows().Sum(r => r.Calls);
}
