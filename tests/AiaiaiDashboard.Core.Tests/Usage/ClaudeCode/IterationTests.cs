using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Tests.Shared;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rule R18.</summary>
public sealed class IterationTests : IDisposable
{
    private const string Plain = "s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005";
    private const string Haiku = "s1 claude-haiku-4-5: 1 calls 1000000+7+0+0 $1.000035";

    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Run_AdvisorAndCompaction_AlwaysCount() => Expect(
        [Assistant().Item("advisor_message", "claude-haiku-4-5", 1_000_000, 7).Item("compaction", null, 1000).Item("advisor_message", "claude-sonnet-4-6", 1)],
        Haiku, "s1 claude-sonnet-4-6: 3 calls 1011+20+100+1000 $0.004008");

    [Theory]
    [InlineData("message")]
    [InlineData("text")]
    [InlineData("Compaction")]
    [InlineData("")]
    public void Run_OtherKinds_AreIgnored(string type) => Expect([Assistant().Item(type, "claude-haiku-4-5", 1_000_000, 7)], Plain);

    [Fact]
    public void Run_FallbackToAnotherModel_Counts() => Expect(
        [Assistant().Item("fallback_message", "claude-haiku-4-5", 1_000_000, 7)], Haiku, Plain);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("claude-sonnet-4-6")]
    [InlineData("claude-sonnet-4.6")]
    [InlineData("Claude-Sonnet-4-6")]
    [InlineData("claude-sonnet-4-6-20260217")]
    [InlineData("claude-sonnet-4-6-thinking")]
    [InlineData("claude-sonnet-4-6@latest")]
    [InlineData("claude-sonnet-4-6[1m]")]
    [InlineData("us.anthropic.claude-sonnet-4-6-v1:0")]
    public void Run_FallbackOfTheLinesOwnModel_IsIgnored(string? model) => Expect(
        [Assistant().Item("fallback_message", model, 10, 20).Item("message", model, 10, 20)], Plain);

    [Fact]
    public void Run_LineWithDateAndItemWithout_AreTheSameModel() => Expect(
        [Assistant().Model("claude-opus-4-5-20251101").Item("fallback_message", "claude-opus-4-5", 10, 20)],
        "s1 claude-opus-4-5-20251101: 1 calls 10+20+100+1000 $0.001675");

    [Fact]
    public void Run_UnknownModelsWithAndWithoutDate_AreTheSameModel() => Expect(
        [Assistant().Model("my-model").Item("fallback_message", "my-model-20260101", 10, 20).Item("fallback_message", "my-model-2", 1)],
        "s1 my-model: 1 calls 10+20+100+1000 $0 unpriced",
        "s1 my-model-2: 1 calls 1+0+0+0 $0 unpriced");

    [Fact]
    public void Run_DeclinedModelBesideAFallback_CountsWhereItHadOutput() => Expect(
        [
            Assistant().Item("message", "claude-haiku-4-5", 1_000_000, 7).Item("message", "claude-haiku-4-5", 1_000_000).Item("message", null, 5, 5)
                .Item("fallback_message", "claude-sonnet-4-6", 10, 20),
        ],
        Haiku, Plain);

    [Fact]
    public void Run_DeclinedModelWithoutFallback_IsIgnored() => Expect(
        [Assistant().Item("message", "claude-haiku-4-5", 1_000_000, 7).Item("compaction", null, 1)],
        "s1 claude-sonnet-4-6: 2 calls 11+20+100+1000 $0.001008");

    [Fact]
    public void Run_ItemThatBreaksTheCounterRule_IsSkippedAndCountedAndTheLineCounts() => Expect(
        2,
        [Assistant().RawItem("""{"type":"compaction","input_tokens":"5"}""").RawItem("""{"type":"advisor_message","output_tokens":-1}""").Item("compaction", null, 1)],
        "s1 claude-sonnet-4-6: 2 calls 11+20+100+1000 $0.001008");

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("\"compaction\"")]
    [InlineData("[{\"type\":\"compaction\",\"input_tokens\":5}]")]
    [InlineData("{}")]
    [InlineData("{\"type\":5,\"input_tokens\":5}")]
    [InlineData("{\"type\":[\"compaction\"],\"input_tokens\":5}")]
    [InlineData("{\"type\":\"compaction\"}")]
    public void Run_ItemsThatAreNone_AreIgnoredButKeepTheirPlace(string item)
    {
        bench.Write("-w/s1.jsonl", Assistant().RawItem(item).Item("compaction", null, 3));
        bench.Write("-w/s2.jsonl", Assistant().Item("message", null).Item("compaction", null, 2));

        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Equal(["2026-03-10 /w s1 claude-sonnet-4-6: 2 calls 13+20+100+1000 $0.001014"], bench.Lines());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[{\"type\":\"compaction\",\"input_tokens\":99}]")]
    public void Run_ItemWithIterationsInside_OnlyTheOuterOnesCount(string inner) => Expect(
        [Assistant().Item("compaction", null, 1).RawItem($$"""{"type":"compaction","input_tokens":2,"iterations":{{inner}}}""").Item("compaction", null, 4)],
        "s1 claude-sonnet-4-6: 4 calls 17+20+100+1000 $0.001026");

    [Fact]
    public void Run_ItemOfAnEmptyLine_CountsAlone() => Expect(
        [Assistant().Tokens(0, 0, 0, 0).Item("advisor_message", "claude-haiku-4-5", 1_000_000, 7)], Haiku);

    [Fact]
    public void Run_ItemCounters_HoldSplitsAndSearches() => Expect(
        [
            Assistant().RawItem("""{"type":"compaction","cache_creation":{"ephemeral_1h_input_tokens":1000000},"cache_creation_input_tokens":5,"server_tool_use":{"web_search_requests":2}}"""),
        ],
        "s1 claude-sonnet-4-6: 2 calls 10+20+1000100+1000 $6.021005");

    [Fact]
    public void Run_CostOfTheLine_IsNotTheItems() => Expect(
        [Assistant().Cost("0.5").Item("compaction", null, 1_000_000)], "s1 claude-sonnet-4-6: 2 calls 1000010+20+100+1000 $3.5");

    [Fact]
    public void Run_FastLine_MultipliesItsCompactionsOnly() => Expect(
        [
            Assistant().Model("claude-opus-4-6").Fast().Tokens(1_000_000, 0, 0, 0).Item("compaction", null, 1_000_000).Item("compaction", "claude-opus-4-6-20260205", 1_000_000)
                .Item("advisor_message", "claude-opus-4-6", 1_000_000).Item("fallback_message", "claude-opus-4-7", 1_000_000),
        ],
        "s1 claude-opus-4-6: 1 calls 1000000+0+0+0 $5",
        "s1 claude-opus-4-6-20260205-fast: 1 calls 1000000+0+0+0 $30",
        "s1 claude-opus-4-6-fast: 2 calls 2000000+0+0+0 $60",
        "s1 claude-opus-4-7: 1 calls 1000000+0+0+0 $5");

    [Fact]
    public void Run_UsAndBatchLine_AppliesToAllItems() => Expect(
        [
            Assistant().Model("claude-opus-4-6").Us().Batch().Tokens(0, 0, 0, 0).Item("compaction", null, 1_000_000)
                .Item("advisor_message", "claude-haiku-4-5", 1_000_000).Item("fallback_message", "claude-opus-4-8", 1_000_000),
        ],
        "s1 claude-haiku-4-5: 1 calls 1000000+0+0+0 $0.5",
        "s1 claude-opus-4-6: 1 calls 1000000+0+0+0 $2.75",
        "s1 claude-opus-4-8: 1 calls 1000000+0+0+0 $2.75");

    [Fact]
    public void Run_ItemAboveItsThreshold_IsPricedByItself() => Expect(
        [Assistant().Model("claude-sonnet-4-5").Tokens(150_000, 0, 0, 0).Item("compaction", null, 200_001)],
        "s1 claude-sonnet-4-5: 2 calls 350001+0+0+0 $1.650006");

    [Fact]
    public void Run_ItemsOfAProgressLine_Count() => Expect(
        [Progress(Assistant().Item("advisor_message", "claude-haiku-4-5", 1_000_000, 7))], Haiku, Plain);

    [Fact]
    public void Run_LineWithoutIdReadAgain_CountsItsItemsOnce()
    {
        bench.WriteText("-w/s1.jsonl", Assistant(null).Item("compaction", null, 1));
        bench.Run();
        bench.Append("-w/s1.jsonl", "\n");

        ExpectRows("s1 claude-sonnet-4-6: 2 calls 11+20+100+1000 $0.001008");
    }

    private void Expect(string[] lines, params string[] rows) => Expect(0, lines, rows);

    private void Expect(int malformed, string[] lines, params string[] rows)
    {
        bench.Write("-w/s1.jsonl", lines);
        Assert.Equal(malformed, ExpectRows(rows).MalformedLines);
    }

    private IngestReport ExpectRows(params string[] rows)
    {
        IngestReport report = bench.Run();
        Assert.Equal(rows.Select(r => $"2026-03-10 /w {r}"), bench.Lines());
        return report;
    }
}
