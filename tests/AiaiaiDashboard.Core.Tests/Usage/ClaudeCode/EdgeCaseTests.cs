using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Tests.Shared;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Whole shapes of transcripts with the rows they make, one by one.</summary>
public sealed class EdgeCaseTests : IDisposable
{
    private const string Plain = "s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005";
    private const string PlainTwice = "s1 claude-sonnet-4-6: 2 calls 20+40+200+2000 $0.00201";

    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Run_OneCall_IsOneRow() => Expect([Assistant()], Plain);

    [Fact]
    public void Run_StreamedLinesWithGrowingOutput_TakesTheLargest() => Expect(
        [Assistant().Tokens(output: 1), Assistant().Tokens(output: 1), Assistant().Tokens(output: 250)],
        "s1 claude-sonnet-4-6: 1 calls 10+250+100+1000 $0.004455");

    [Fact]
    public void Run_StreamedLinesWithShrinkingOutput_TakesTheLargest() => Expect(
        [Assistant().Tokens(output: 250), Assistant().Tokens(output: 1)],
        "s1 claude-sonnet-4-6: 1 calls 10+250+100+1000 $0.004455");

    [Fact]
    public void Run_OneRequestTwoMessages_AreTwoCalls() => Expect([Assistant("msg_1", "req_1"), Assistant("msg_2", "req_1")], PlainTwice);

    [Fact]
    public void Run_LinesWithoutMessageId_AreNeverMerged() => Expect([Assistant(null), Assistant(null)], PlainTwice);

    [Fact]
    public void Run_SidechainReplayInSubagentFile_CountsTheMainLineAndTheSubagentsOwnCall()
    {
        bench.Write("-w/s1.jsonl", Assistant().Tokens(read: 20));
        bench.Write("-w/s1/subagents/agent-a1.jsonl",
            Assistant("msg_1", "req_side").Sidechain().Tokens(read: 50000),
            Assistant("msg_side", "req_s2").Sidechain().Tokens(read: 700));

        ExpectRows("s1 claude-sonnet-4-6: 2 calls 20+40+200+720 $0.001626");
    }

    [Fact]
    public void Run_SidechainReplayOfAnotherSessionSeenFirst_CountsTheMainLine()
    {
        bench.Write("-w/s0.jsonl", Assistant("msg_1", "req_side").Session("s0").Sidechain().Tokens(read: 50000));
        bench.Write("-w/s1.jsonl", Assistant().Tokens(read: 20));

        ExpectRows("s1 claude-sonnet-4-6: 1 calls 10+20+100+20 $0.000711");
    }

    [Fact]
    public void Run_NullInToolInput_ChangesNothing() =>
        Expect([Assistant().Message("content", """[{"type":"tool_use","id":"toolu_1","name":"X","input":{"limit":null,"id":null}}]""")], Plain);

    [Fact]
    public void Run_SyntheticLineFullOfNulls_IsIgnored() => Expect([
        Assistant().Model("<synthetic>").Tokens(0, 0, 0, 0).Usage("speed", "null").Usage("iterations", "null").Usage("inference_geo", "null")
            .Usage("fallback_credit", "null").Set("isApiErrorMessage", "true").Set("error", "\"server_error\"")]);

    [Fact]
    public void Run_FastMode_MultipliesByTheModelsFactor() => Expect(
        [Million().Model("claude-opus-5").Fast(), Million("msg_2").Model("claude-opus-4-6").Fast()],
        "s1 claude-opus-4-6-fast: 1 calls 1000000+0+0+0 $30",
        "s1 claude-opus-5-fast: 1 calls 1000000+0+0+0 $10");

    [Fact]
    public void Run_UnknownSpeed_IsStandard() => Expect([Assistant().Usage("speed", "\"turbo\"")], Plain);

    [Fact]
    public void Run_AdvisorIteration_IsACallOfItsOwn() => Expect(
        [
            Assistant().Model("claude-sonnet-5").Tokens(4, 683, 0, 0)
                .Item("message", null, 2, 85).Item("advisor_message", "claude-opus-4-8", 91627, 18716, 50, 100).Item("message", null, 2, 598),
        ],
        "s1 claude-opus-4-8: 1 calls 91627+18716+50+100 $0.9263975",
        "s1 claude-sonnet-5: 1 calls 4+683+0+0 $0.006838");

    [Fact]
    public void Run_CostInTheLine_IsUsedAsItIs() => Expect(
        [Assistant().Model("claude-opus-4-20250514").Cost("0.5")],
        "s1 claude-opus-4-20250514: 1 calls 10+20+100+1000 $0.5");

    [Fact]
    public void Run_OneHourCacheWrites_CostTwiceTheInput() => Expect(
        [Assistant().Tokens(0, 0, 1_000_000, 0).Split(0, 1_000_000)],
        "s1 claude-sonnet-4-6: 1 calls 0+0+1000000+0 $6");

    [Fact]
    public void Run_RequestAbove200KOfSonnet45_IsPricedHigherAsAWhole() => Expect(
        [Assistant().Model("claude-sonnet-4-5-20250929").Tokens(300_000, 1000, 0, 0)],
        "s1 claude-sonnet-4-5-20250929: 1 calls 300000+1000+0+0 $1.8225");

    [Fact]
    public void Run_ModelWithContextSuffix_IsFound() => Expect(
        [Million().Model("claude-sonnet-4-5[1m]")], "s1 claude-sonnet-4-5: 1 calls 1000000+0+0+0 $6");

    [Fact]
    public void Run_ProviderModelIds_AreFound() => Expect(
        [
            Million("m1").Model("us.anthropic.claude-opus-4-6-v1"),
            Million("m2").Model("claude-opus-4-5@20251101"),
            Million("m3").Model("anthropic/claude-haiku-4.5"),
            Assistant("m4").Tokens(100_000, 0, 0, 0).Model("arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0"),
        ],
        "s1 claude-haiku-4-5: 1 calls 1000000+0+0+0 $1",
        "s1 claude-opus-4-5-20251101: 1 calls 1000000+0+0+0 $5",
        "s1 claude-opus-4-6: 1 calls 1000000+0+0+0 $5",
        "s1 claude-sonnet-4-5-20250929-v1:0: 1 calls 100000+0+0+0 $0.3");

    [Fact]
    public void Run_UnknownModel_IsUnpriced() => Expect(
        [Million().Model("claude-sonnet-5-5"), Million("m2").Model("my-proxy-model")],
        "s1 claude-sonnet-5-5: 1 calls 1000000+0+0+0 $2",
        "s1 my-proxy-model: 1 calls 1000000+0+0+0 $0 unpriced");

    [Fact]
    public void Run_MalformedEmptyAndCutLines_AreSkippedAndCounted()
    {
        bench.Write("-w/s1.jsonl", "{not json \"usage\":{", Assistant(), "", Assistant("m2").ToString()[..^30]);

        Assert.Equal(2, ExpectRows(Plain).MalformedLines);
    }

    [Fact]
    public void Run_LastLineWithoutLineEnd_Counts()
    {
        bench.WriteText("-w/s1.jsonl", Assistant());

        ExpectRows(Plain);
    }

    [Fact]
    public void Run_UnusableTimeStamp_IsMalformedAndTheRestCounts()
    {
        bench.Write("-w/s1.jsonl", Assistant().At("yesterday"), Assistant("m2").At("2026-03-10T10:00:00Z"));

        Assert.Equal(1, ExpectRows(Plain).MalformedLines);
    }

    [Fact]
    public void Run_TokensWithFraction_Count() => Expect([Assistant().Usage("input_tokens", "10.0")], Plain);

    [Fact]
    public void Run_MissingCounters_AreZero() => Expect(
        [Assistant().RawUsage("""{"input_tokens":10}""")], "s1 claude-sonnet-4-6: 1 calls 10+0+0+0 $0.00003");

    [Fact]
    public void Run_EmptySessionId_TakesTheFileName() => Expect([Assistant().Session("")], Plain);

    [Fact]
    public void Run_ProgressLine_CountsTheNestedCall() => Expect([Progress(Assistant("msg_1", "req_9"))], Plain);

    [Fact]
    public void Run_ResumedSessionCopiesHistory_CountsOnceInTheFirstSession()
    {
        bench.Write("-w/s1.jsonl", Assistant());
        bench.Write("-w/s2.jsonl", Assistant().Session("s2"), Assistant("m2", "r2").Session("s2"));

        ExpectRows(Plain, Plain.Replace("s1", "s2", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_WorkflowSubagentThreeLevelsDown_BelongsToTheParent()
    {
        bench.Write("-w/s1/subagents/workflows/wf_1/agent-a2.jsonl", Assistant().Sidechain());

        ExpectRows(Plain);
    }

    [Fact]
    public void Run_WebSearches_CostTenDollarsPerThousand() => Expect(
        [Assistant().Searches(100)], "s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $1.001005");

    [Fact]
    public void Run_UsInference_CostsATenthMore() => Expect(
        [Million().Model("claude-opus-4-6").Us()], "s1 claude-opus-4-6: 1 calls 1000000+0+0+0 $5.5");

    [Fact]
    public void Run_BatchAndPriority_HalfAndStandardPrice() => Expect(
        [Million().Batch(), Million("m2").Usage("service_tier", "\"priority\"")],
        "s1 claude-sonnet-4-6: 2 calls 2000000+0+0+0 $4.5");

    [Fact]
    public void Run_UsageOfAToolResult_IsNoCall() => Expect(
        [User("""
            "toolUseResult":{"totalTokens":99,"usage":{"input_tokens":5,"output_tokens":6}}
            """)]);

    [Fact]
    public void Run_UsageLimitMessage_IsIgnored() => Expect([
        Assistant().Model("<synthetic>").Tokens(0, 0, 0, 0).Set("isApiErrorMessage", "true")
            .Message("content", """[{"type":"text","text":"Claude AI usage limit reached|1773147600"}]""")]);

    private static TranscriptLine Million(string id = "msg_1") => Assistant(id).Tokens(1_000_000, 0, 0, 0);

    private void Expect(string[] lines, params string[] rows)
    {
        bench.Write("-w/s1.jsonl", lines);
        Assert.Equal(0, ExpectRows(rows).MalformedLines);
    }

    private IngestReport ExpectRows(params string[] rows)
    {
        IngestReport report = bench.Run();
        Assert.Equal(rows.Select(r => $"2026-03-10 /w {r}"), bench.Lines());
        return report;
    }
}
