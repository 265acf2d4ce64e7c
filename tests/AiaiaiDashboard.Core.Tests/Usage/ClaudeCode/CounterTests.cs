using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Tests.Shared;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rules R11 to R14 and R19: session and project, counters, cache writes, empty calls.</summary>
public sealed class CounterTests : IDisposable
{
    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("<synthetic>", 0)]
    [InlineData(" <synthetic> ", 0)]
    [InlineData("<Synthetic>", 1)]
    [InlineData("synthetic", 1)]
    public void Run_SyntheticModel_IsIgnoredWhateverTheLineHolds(string model, int calls)
    {
        bench.Write("-w/s1.jsonl", Assistant("m1").Model(model));

        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Equal(calls, bench.Rows().Count);
    }

    [Fact]
    public void Run_SyntheticLineWithBadValues_IsNotMalformed()
    {
        bench.Write("-w/s1.jsonl", Assistant().Model("<synthetic>").At("never").Usage("input_tokens", "\"x\"").Cost("5").RawItem("{\"type\":\"compaction\",\"input_tokens\":5}"));

        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Empty(bench.Rows());
    }

    [Theory]
    [InlineData("top.jsonl", "top", "unknown")]
    [InlineData("-w/file.jsonl", "file", "-w")]
    [InlineData("-w/sess/file.jsonl", "sess", "-w")]
    [InlineData("-w/sess/subagents/agent-1.jsonl", "sess", "-w")]
    [InlineData("-w/a.jsonl.jsonl", "a.jsonl", "-w")]
    public void Run_LineWithoutSessionAndDirectory_TakesThemFromThePath(string path, string session, string project)
    {
        bench.Write(path, Assistant("m1").Without("sessionId").Without("cwd"), Assistant("m2").Session("").Cwd(""), Assistant("m3").Set("sessionId", "null").Set("cwd", "null"),
            Assistant("m4").Set("sessionId", "5").Set("cwd", "[\"/x\"]"), Assistant("m5").Set("sessionId", "{}").Set("cwd", "false"));
        bench.Run();

        UsageRow row = Assert.Single(bench.Rows());
        Assert.Equal((session, project, 5), (row.Session, row.Project, row.Calls));
    }

    [Fact]
    public void Run_TwoDirectoriesWithOneSlug_StayTwo()
    {
        bench.Write("-srv-------/s1.jsonl", Assistant("m1").Cwd("/srv/проект"));
        bench.Write("-srv-------/s2.jsonl", Assistant("m2").Cwd("/srv/данные"));
        bench.Run();

        Assert.Equal(["/srv/данные", "/srv/проект"], bench.Rows().Select(r => r.Project));
    }

    [Fact]
    public void Run_DirectoryChangesInsideASession_EachLineKeepsItsOwn()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1").Cwd("/a"), Assistant("m2").Cwd("/b"));
        bench.Run();

        Assert.Equal(["/a", "/b"], bench.Rows().Select(r => r.Project));
    }

    public static TheoryData<string, long> Numbers => new()
    {
        { "null", 0 }, { "0", 0 }, { "-0", 0 }, { "7", 7 }, { "10.75", 10 }, { "0.99", 0 }, { "1e2", 100 }, { "1.25E+2", 125 }, { "15e-1", 1 }, { "-0.0", 0 },
        { "9007199254740991", 9007199254740991 }, { "9.007199254740991e15", 9007199254740991 }, { "1e-400", 0 }, { "5.00000000000000000000000000000000000001", 5 },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Run_Number_IsFloored(string json, long value)
    {
        bench.Write("-w/s1.jsonl", Assistant().RawUsage($$"""{"input_tokens":{{json}},"output_tokens":1}"""));

        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Equal(value, Assert.Single(bench.Rows()).TokensIn);
    }

    [Theory]
    [InlineData("\"10\"")]
    [InlineData("\"\"")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("{}")]
    [InlineData("[10]")]
    [InlineData("-1")]
    [InlineData("-0.5")]
    [InlineData("9007199254740992")]
    [InlineData("1e16")]
    [InlineData("1e400")]
    [InlineData("99999999999999999999999999999999999999999")]
    public void Run_ValueThatIsNoCount_MakesTheLineMalformed(string json)
    {
        (string Name, string Json)[] places =
        [
            ("input_tokens", json), ("output_tokens", json), ("cache_creation_input_tokens", json), ("cache_read_input_tokens", json),
            ("cache_creation", $$"""{"ephemeral_5m_input_tokens":{{json}}}"""), ("cache_creation", $$"""{"ephemeral_1h_input_tokens":{{json}}}"""),
            ("server_tool_use", $$"""{"web_search_requests":{{json}}}"""),
        ];
        bench.Write("-w/s1.jsonl", [.. places.Select((p, i) => (string)Assistant($"m{i}").Usage(p.Name, p.Json)), Assistant("good")]);

        Assert.Equal(places.Length, bench.Run().MalformedLines);
        Assert.Equal(1, Assert.Single(bench.Rows()).Calls);
    }

    [Theory]
    [InlineData("web_fetch_requests")]
    [InlineData("anything")]
    public void Run_OtherCountersOfAnyKind_AreNotLookedAt(string name)
    {
        bench.Write("-w/s1.jsonl", Assistant().Usage("server_tool_use", $$"""{"{{name}}":"x"}""").Usage(name, "-5").Usage("output_tokens_details", """{"thinking_tokens":-1}"""));

        Assert.Equal(0, bench.Run().MalformedLines);
    }

    [Theory]
    [InlineData("{\"ephemeral_5m_input_tokens\":30,\"ephemeral_1h_input_tokens\":40}", 70, 40)]
    [InlineData("{\"ephemeral_5m_input_tokens\":30}", 30, 0)]
    [InlineData("{\"ephemeral_1h_input_tokens\":40,\"ephemeral_5m_input_tokens\":null}", 40, 40)]
    [InlineData("{\"ephemeral_5m_input_tokens\":0,\"ephemeral_1h_input_tokens\":0}", 100, 0)]
    [InlineData("{\"ephemeral_5m_input_tokens\":0.9}", 100, 0)]
    [InlineData("{}", 100, 0)]
    [InlineData("null", 100, 0)]
    [InlineData("[30,40]", 100, 0)]
    [InlineData("\"x\"", 100, 0)]
    [InlineData("5", 100, 0)]
    public void Run_CacheWriteSplit_WinsWhereItsSumIsAboveZero(string json, long write, long oneHour)
    {
        bench.Write("-w/s1.jsonl", Assistant().Usage("cache_creation", json));

        Assert.Equal(0, bench.Run().MalformedLines);
        UsageRow row = Assert.Single(bench.Rows());
        Assert.Equal((write, oneHour), (row.CacheWrite, row.CacheWrite1h));
    }

    [Theory]
    [InlineData("1000000000001", "1000000000001")]
    [InlineData("1.5E+12", "1500000000000")]
    [InlineData("1e18", "1000000000000000000")]
    [InlineData("2e18", "1000000000000000000")]
    [InlineData("1e400", "1000000000000000000")]
    [InlineData("1e-400", "0")]
    public void Run_StatedCost_HasNoBoundButTheOneOfSums(string stated, string cost)
    {
        bench.Write("-w/s1.jsonl", Assistant().Cost(stated));

        Assert.Equal(0, bench.Run().MalformedLines);
        Assert.Equal(decimal.Parse(cost, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(bench.Rows()).Cost);
    }

    [Theory]
    [InlineData("null", 0)]
    [InlineData("0", 0)]
    [InlineData("-1", 0)]
    [InlineData("0.000001", 1)]
    public void Run_EmptyCall_IsNoneUnlessItStatesACost(string cost, int rows)
    {
        bench.Write("-w/s1.jsonl", Assistant().RawUsage("{}").Cost(cost));

        IngestReport report = bench.Run();
        Assert.Equal((rows, 0), (bench.Rows().Count, report.MalformedLines));
    }

    [Fact]
    public void Run_WebSearchesAlone_AreACall()
    {
        bench.Write("-w/s1.jsonl", Assistant().Tokens(0, 0, 0, 0).Searches(3));
        bench.Run();

        UsageRow row = Assert.Single(bench.Rows());
        Assert.Equal((1, 0.03m), (row.Calls, row.Cost));
    }

    [Fact]
    public void Run_EmptyLineOfACallWithTokens_IsPartOfIt()
    {
        bench.Write("-w/s1.jsonl", Assistant().Tokens(0, 0, 0, 0).At("2026-03-09T10:00:00Z"), Assistant());
        bench.Run();

        Assert.Equal(["2026-03-09 /w s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005"], bench.Lines());
    }

    [Fact]
    public void Run_CountersOfTheLargestSize_AddUpWithoutWrappingRound()
    {
        bench.Write("-w/s1.jsonl", [.. Enumerable.Range(0, 40).Select(i => (string)Assistant($"m{i}").Tokens(1L << 52, 1L << 52, 1L << 52, 1L << 52))]);
        bench.Run();

        UsageRow row = Assert.Single(bench.Rows());
        Assert.Equal(40L << 52, row.TokensIn);
        Assert.True(row.TotalTokens > 0);
    }
}
