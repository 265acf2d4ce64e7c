using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Tests.Shared;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rules R15, R16 and R17. Every set of lines is read in all orders, in one sync and in one sync per line: the rows are the same.</summary>
public sealed class CallMergeTests
{
    private const string Plain = "2026-03-10 /w s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005";

    [Fact]
    public void Run_CountersOfSeveralLines_AreTheLargestEach() => Expect(
        [Assistant().Tokens(1, 20, 3, 1000), Assistant().Tokens(10, 2, 100, 4), Assistant().Tokens(0, 0, 0, 0)], Plain);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Run_MissingRequest_IsAValueOfItsOwn(string? none) => Expect(
        [Assistant("m1", none), Assistant("m1", none).Set("requestId", "null"), Assistant("m1", "r1")],
        "2026-03-10 /w s1 claude-sonnet-4-6: 2 calls 20+40+200+2000 $0.00201");

    [Fact]
    public void Run_EmptyMessageId_IsACallByItself() => Expect(
        [Assistant(""), Assistant("").At("2026-03-10T10:00:00Z"), Assistant(null).Message("id", "null").At("2026-03-10T10:00:00.0Z")],
        "2026-03-10 /w s1 claude-sonnet-4-6: 3 calls 30+60+300+3000 $0.003015");

    [Fact]
    public void Run_SameCallInSeveralFilesSessionsAndProjects_IsOne() => Expect(
        [Assistant(), Assistant().Session("s2").Cwd("/x").At("2026-03-11T10:00:00Z"), Assistant().Session("s0").At("2026-03-10T10:00:00.0000001Z")], Plain);

    [Fact]
    public void Run_SomeLinesSplitTheirCacheWrites_OnlyThoseCount()
    {
        UsageRow row = Expect(
            [Assistant().Tokens(write: 900), Assistant().Tokens(write: 70).Split(30, 40), Assistant().Tokens(write: 60).Split(50, 10)],
            "2026-03-10 /w s1 claude-sonnet-4-6: 1 calls 10+20+90+1000 $0.0010575");
        Assert.Equal(40, row.CacheWrite1h);
    }

    [Fact]
    public void Run_SplitOfZeros_IsNoSplit() => Expect([Assistant().Split(0, 0), Assistant().Tokens(write: 5)], Plain);

    [Fact]
    public void Run_OneLineSaysFastUsAndBatch_SoIsTheCall() => Expect(
        [Million().Fast(), Million().Us(), Million().Batch(), Million()],
        "2026-03-10 /w s1 claude-opus-4-6-fast: 1 calls 1000000+0+0+0 $16.5");

    [Fact]
    public void Run_SeveralCosts_TheLargestCounts() => Expect(
        [Assistant().Cost("0.25"), Assistant().Cost("0.5"), Assistant().Cost("-9"), Assistant()],
        "2026-03-10 /w s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.5");

    [Fact]
    public void Run_CostOfZero_IsACost() => Expect(
        [Assistant().Cost("0"), Assistant()], "2026-03-10 /w s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0");

    [Fact]
    public void Run_EarliestLine_GivesDaySessionProjectAndModel() => Expect(
        [
            Assistant().At("2026-03-10T23:59:59.9999999Z").Session("z").Cwd("/z").Model("claude-opus-4-6"),
            Assistant().At("2026-03-11T00:00:00Z").Session("a").Cwd("/a").Model("claude-haiku-4-5"),
        ],
        "2026-03-10 /z z claude-opus-4-6: 1 calls 10+20+100+1000 $0.001675");

    [Fact]
    public void Run_SameInstantInAnotherOffset_IsATie() => Expect(
        [Assistant().At("2026-03-10T12:00:00+02:00"), Assistant().Session("s2")], Plain);

    [Theory]
    [InlineData("s1", "/w", "b", "s2", "/a", "a")]
    [InlineData("s1", "/w", "b", "s1", "/x", "a")]
    [InlineData("s1", "/w", "a", "s1", "/w", "b")]
    [InlineData("S", "/w", "b", "s", "/a", "a")]
    [InlineData("\uFFEE", "/w", "b", "\U0001F600", "/a", "a")]
    [InlineData("s", "/w", "b", "s1", "/a", "a")]
    public void Run_TiedLines_TakeTheSmallestByCodePoint(string session, string folder, string model, string otherSession, string otherFolder, string otherModel)
    {
        UsageRow row = Expect(
            [Assistant().Session(session).Cwd(folder).Model(model), Assistant().Session(otherSession).Cwd(otherFolder).Model(otherModel)],
            $"2026-03-10 {folder} {session} {model}: 1 calls 10+20+100+1000 $0 unpriced");
        Assert.Equal(session, row.Session);
    }

    [Fact]
    public void Run_SidechainReplays_AreDroppedBesideAMainLine() => Expect(
        [Assistant("m1", "r1"), Assistant("m1", "r2").Sidechain().Tokens(output: 9999), Assistant("m1", null).Sidechain().At("2025-01-01T00:00:00Z").Session("s0")], Plain);

    [Fact]
    public void Run_SidechainLineOfTheMainRequest_TakesPart() => Expect(
        [Assistant("m1", "r1"), Assistant("m1", "r1").Sidechain().Tokens(output: 30), Assistant("m1", "r2").Sidechain().Tokens(output: 99)],
        "2026-03-10 /w s1 claude-sonnet-4-6: 1 calls 10+30+100+1000 $0.001155");

    [Fact]
    public void Run_TwoMainRequests_StayTwoCalls() => Expect(
        [Assistant("m1", "r1"), Assistant("m1", "r2"), Assistant("m1", "r3").Sidechain().Tokens(output: 99)],
        "2026-03-10 /w s1 claude-sonnet-4-6: 2 calls 20+40+200+2000 $0.00201");

    [Fact]
    public void Run_OnlySidechainRequests_AreOneCallWithTheLargestOfAll() => Expect(
        [
            Assistant("m1", "r1").Sidechain().Tokens(1, 20, 3, 1000), Assistant("m1", "r2").Sidechain().Tokens(10, 2, 100, 4).Session("s0"),
            Assistant("m1", null).Sidechain().Tokens(0, 0, 0, 0).At("2026-03-09T10:00:00Z").Session("first"),
        ],
        "2026-03-09 /w first claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005");

    [Fact]
    public void Run_ReplayOfAnEmptyMainCall_IsDroppedToo() => Expect(
        [Assistant("m1", "r1").Tokens(0, 0, 0, 0), Assistant("m1", "r2").Sidechain(), Assistant("m2", "r1")], Plain);

    [Theory]
    [InlineData("\"true\"")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("false")]
    public void Run_OnlyTrueMarksASidechain(string json) => Expect(
        [Assistant("m1", "r1").Set("isSidechain", json), Assistant("m1", "r2").Sidechain().Tokens(output: 99)], Plain);

    [Fact]
    public void Run_ItemsOfADroppedReplay_AreDroppedWithIt() => Expect(
        [Assistant("m1", "r1"), Assistant("m1", "r2").Sidechain().Item("compaction", null, 5000)], Plain);

    [Fact]
    public void Run_ItemsOfSidechainReplays_AreOneCallPerPosition() => Expect(
        [
            Assistant("m1", "r1").Sidechain().Item("compaction", null, 1000), Assistant("m1", "r2").Sidechain().Item("compaction", null, 4000).Item("compaction", null, 7),
        ],
        "2026-03-10 /w s1 claude-sonnet-4-6: 3 calls 4017+20+100+1000 $0.013026");

    [Fact]
    public void Run_ItemsOfRepeatedLines_TakeTheLargestPerPosition() => Expect(
        [
            Assistant().Item("advisor_message", "claude-haiku-4-5", 1_000_000), Assistant().Item("advisor_message", "claude-haiku-4-5", 2_000_000),
            Assistant(),
        ],
        "2026-03-10 /w s1 claude-haiku-4-5: 1 calls 2000000+0+0+0 $2", Plain);

    private static TranscriptLine Million() => Assistant().Model("claude-opus-4-6").Tokens(1_000_000, 0, 0, 0);

    /// <summary>Checks the rows for every order of the lines, and returns the last row.</summary>
    private static UsageRow Expect(TranscriptLine[] lines, params string[] rows)
    {
        UsageRow? last = null;
        foreach (int[] order in Orders(lines.Length))
        {
            last = Read(order.Select(i => (string)lines[i]), syncPerLine: false, rows);
            last = Read(order.Select(i => (string)lines[i]), syncPerLine: true, rows);
        }

        return last!;
    }

    private static UsageRow Read(IEnumerable<string> lines, bool syncPerLine, string[] rows)
    {
        using var bench = new IngestBench();
        int file = 0;
        foreach (string line in lines)
        {
            bench.Write($"-w/{file++}.jsonl", line);
            if (syncPerLine)
            {
                bench.Run();
            }
        }

        bench.Run();
        Assert.Equal(rows, bench.Lines());
        return bench.Rows()[^1];
    }

    private static IEnumerable<int[]> Orders(int count)
    {
        if (count == 0)
        {
            yield return [];
            yield break;
        }

        foreach (int[] rest in Orders(count - 1))
        {
            for (int at = count - 1; at >= 0; at--)
            {
                yield return [.. rest[..at], count - 1, .. rest[at..]];
            }
        }
    }
}
