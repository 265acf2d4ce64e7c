using System.Text;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Tests.Shared;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rule R4: lines of any length, ended by <c>\n</c> only.</summary>
public sealed class LongLineTests : IDisposable
{
    private const int Megabyte = 1 << 20;
    private const string Plain = "2026-03-10 /w s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005";

    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("\\r")]
    [InlineData("\\u2028")]
    [InlineData("\u2028")]
    [InlineData("\u2029")]
    [InlineData("\u0085")]
    public void Run_OtherLineEndsInAText_DoNotEndTheLine(string end)
    {
        bench.Write("-w/s1.jsonl", With($"a{end}b"));

        ExpectOne();
    }

    [Fact]
    public void Run_CarriageReturnsBetweenObjects_DoNotEndTheLine()
    {
        bench.WriteText("-w/s1.jsonl", Assistant("m1") + "\r" + Assistant("m2") + "\n" + Assistant("m3") + "\r\n");

        Assert.Equal(1, bench.Run().MalformedLines);
        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_TwentyMegabytesBeforeTheUsage_Count()
    {
        bench.Write("-w/s1.jsonl", "{}", Assistant().Set("cwd", "\"/w\",\"toolUseResult\":\"" + new string('x', 20 * Megabyte) + "\""), "{}");

        ExpectOne();
    }

    [Fact]
    public void Run_LongTextAfterTheUsage_Counts()
    {
        bench.Write("-w/s1.jsonl", Assistant().Set("zzz", "\"" + new string('x', 2 * Megabyte) + "\""));

        ExpectOne();
    }

    [Fact]
    public void Run_LinesAroundTheBufferSize_AllCount()
    {
        int plain = ((string)With("")).Length + 1;
        string[] lines = [.. Enumerable.Range(-3, 7).Select(i => (string)With(new string('x', Megabyte - plain + i)).Id($"msg_{i + 3}"))];
        bench.Write("-w/s1.jsonl", lines);

        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Equal(7, bench.Rows().Sum(r => r.Calls));
    }

    [Theory]
    [InlineData("\\n")]
    [InlineData("\\\"")]
    [InlineData("\\\\")]
    [InlineData("\\u20ac")]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\u20ac")]
    [InlineData("\\ud800")]
    public void Run_EscapesWhereALongTextIsCut_AreHarmless(string piece)
    {
        // Every offset of the piece meets the place where the text is shortened, and the ends of the reads.
        string[] lines = [.. Enumerable.Range(0, 8).Select(i =>
            (string)With(new string('x', i) + string.Concat(Enumerable.Repeat(piece, (Megabyte / Encoding.UTF8.GetByteCount(piece)) + 10))).Id($"msg_{i}"))];
        bench.Write("-w/s1.jsonl", lines);

        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Equal(8, bench.Rows().Sum(r => r.Calls));
    }

    [Theory]
    [InlineData("\\x")]
    [InlineData("\\u12g4")]
    [InlineData("\t")]
    public void Run_InvalidEscapeDeepInALongText_IsMalformed(string piece)
    {
        bench.Write("-w/s1.jsonl", Assistant("m1"), With(new string('x', 2 * Megabyte) + piece + "x"));

        Assert.Equal(1, bench.Run().MalformedLines);
        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_LongLineCutOff_IsMalformedAndTheNextCounts()
    {
        string cut = With(new string('x', 3 * Megabyte));
        bench.Write("-w/s1.jsonl", cut[..^20], Assistant("m2"));

        Assert.Equal(1, bench.Run().MalformedLines);
        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_LongLineWithTextAfterTheObject_IsMalformed()
    {
        bench.Write("-w/s1.jsonl", With(new string('x', 2 * Megabyte)) + " x", Assistant("m2"));

        Assert.Equal(1, bench.Run().MalformedLines);
        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_LongLineBetweenNulsAndMarks_Counts()
    {
        bench.Write("-w/s1.jsonl", "\0\uFEFF \0" + With(new string('x', 2 * Megabyte)) + new string('\0', 2 * Megabyte) + " \r");

        ExpectOne();
    }

    [Fact]
    public void Run_LineOfNulsBeforeTheObject_Counts()
    {
        bench.Write("-w/s1.jsonl", new string('\0', 3 * Megabyte) + Assistant());

        ExpectOne();
    }

    [Fact]
    public void Run_LongLineWithoutUsage_IsNotLookedAt()
    {
        bench.Write("-w/s1.jsonl", "{broken " + new string('x', 3 * Megabyte), Assistant());

        ExpectOne();
    }

    [Fact]
    public void Run_UnfinishedLongLine_CountsOnceItIsWhole()
    {
        string line = With(new string('x', 3 * Megabyte)).Id(null);
        bench.WriteText("-w/s1.jsonl", Assistant("m1") + "\n" + line[..(2 * Megabyte)]);
        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Equal([Plain], bench.Lines());

        bench.Append("-w/s1.jsonl", line[(2 * Megabyte)..]);
        bench.Run();
        bench.Append("-w/s1.jsonl", "\n");
        bench.Run();

        Assert.Equal(2, bench.Rows().Sum(r => r.Calls));
    }

    [Fact]
    public void Run_UsageBytesAcrossTwoReads_AreSeen()
    {
        // The bytes "usage" straddle the end of the first read, one position after the other.
        for (int shift = 0; shift < 9; shift++)
        {
            string line = "{\"pad\":\"\"," + ((string)Assistant($"msg_{shift}"))[1..];
            int at = line.IndexOf("\"usage\"", StringComparison.Ordinal);
            bench.Write($"-w/{shift}.jsonl", line.Replace("\"pad\":\"\"", $"\"pad\":\"{new string('x', Megabyte - at - 8 + shift)}\"", StringComparison.Ordinal));
        }

        bench.Run();

        Assert.Equal(9, bench.Rows().Sum(r => r.Calls));
    }

    [Fact]
    public void Run_VeryLongNames_CanBeReadBackFromTheLedger()
    {
        string name = new('n', 200_000);
        bench.Write("-w/s1.jsonl", Assistant().Session(name).Cwd("/" + name).Model(name));

        bench.Run();

        Assert.Equal(1, Assert.Single(bench.Rows()).Calls);
    }

    private static TranscriptLine With(string text) => Assistant().Message("content", $$"""[{"type":"text","text":"{{text}}"}]""");

    private void ExpectOne()
    {
        IngestReport report = bench.Run();
        Assert.Equal(0, report.MalformedLines);
        Assert.Equal([Plain], bench.Lines());
    }
}
