using AiaiaiDashboard.Tests.Shared;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rule R9.</summary>
public sealed class ProgressLineTests : IDisposable
{
    private const string Plain = "2026-03-10 /w s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005";

    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Run_NestedTimeStamp_Counts()
    {
        bench.Write("-w/s1.jsonl", Progress(Assistant().At("2026-03-09T10:00:00Z")));
        bench.Run();

        Assert.Equal([Plain.Replace("03-10", "03-09", StringComparison.Ordinal)], bench.Lines());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("yesterday")]
    public void Run_NestedTimeStampUnusable_TakesTheLines(string? nested)
    {
        bench.Write("-w/s1.jsonl", Progress(Assistant().At(nested)));

        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_NoUsableTimeStampAtAll_IsMalformed()
    {
        bench.Write("-w/s1.jsonl", Progress(Assistant().At(null), at: null));

        Assert.Equal(1, bench.Run().MalformedLines);
    }

    [Fact]
    public void Run_SessionAndDirectory_AreThoseOfTheLine()
    {
        string line = Progress(Assistant());
        bench.Write("-w/s1.jsonl", line.Replace("\"requestId\"", "\"sessionId\":\"inner\",\"cwd\":\"/inner\",\"requestId\"", StringComparison.Ordinal));
        bench.Run();

        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_CostAndRequest_AreThoseOfTheNestedLine()
    {
        bench.Write("-w/s1.jsonl", Progress(Assistant("m1", "r1").Cost("0.25")).Cost("9").Request("outer"), Assistant("m1", "r1").Sidechain());
        bench.Run();

        Assert.Equal(["2026-03-10 /w s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.25"], bench.Lines());
    }

    [Fact]
    public void Run_SameCallInTheSubagentFile_CountsOnce()
    {
        bench.Write("-w/s1.jsonl", Progress(Assistant("m1", "r1").Tokens(output: 3)));
        bench.Write("-w/s1/subagents/agent-a1.jsonl", Assistant("m1", "r1").Sidechain());
        bench.Run();

        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_MainLineOfTheSameMessage_WinsOverProgress()
    {
        bench.Write("-w/s1.jsonl", Progress(Assistant("m1", "r2").Tokens(output: 999)), Assistant("m1", "r1"));
        bench.Run();

        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_LineWithUsageOfItsOwn_TakesThat()
    {
        TranscriptLine line = Assistant().Set("data", $$"""{"message":{{Assistant("nested", "r2").Tokens(output: 999)}}}""");
        bench.Write("-w/s1.jsonl", line);
        bench.Run();

        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_MessageWithoutUsage_FallsBackToTheNestedCall()
    {
        bench.Write("-w/s1.jsonl", Progress(Assistant()).Set("zzz", "1").Again("message", "{\"role\":\"user\",\"usage\":null}"));
        bench.Run();

        Assert.Equal([Plain], bench.Lines());
    }

    [Theory]
    [InlineData("\"message\":5")]
    [InlineData("\"message\":[]")]
    [InlineData("\"message\":{\"message\":[]}")]
    [InlineData("\"message\":{\"message\":{\"usage\":7}}")]
    [InlineData("\"other\":{\"message\":{\"usage\":{\"input_tokens\":5}}}")]
    public void Run_NestedUsageIsNoObject_DoesNotCount(string data)
    {
        bench.Write("-w/s1.jsonl", Progress(Assistant()).Set("data", $"{{{data}}}"), Assistant());

        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_NestedMessageTwice_TheLastCounts()
    {
        string nested = Assistant().Without("sessionId").Without("cwd");
        string other = Assistant("m9", "r9").Cost("5").Fast();
        bench.Write("-w/s1.jsonl", Progress(Assistant()).Set("data", $$"""{"message":{{other}},"message":{{nested}}}"""));
        bench.Run();

        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_SyntheticNestedCall_IsIgnored()
    {
        bench.Write("-w/s1.jsonl", Progress(Assistant().Model("<synthetic>")));

        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Empty(bench.Rows());
    }
}
