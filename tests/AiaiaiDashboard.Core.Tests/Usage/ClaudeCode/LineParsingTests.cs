using System.Text;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Tests.Shared;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rules R5, R7, R8 and R9: what a line is and which lines count.</summary>
public sealed class LineParsingTests : IDisposable
{
    private const string Plain = "s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005";

    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("", " \t\r")]
    [InlineData(" \t", "")]
    [InlineData("\0\0", "\0\0\0")]
    [InlineData("\uFEFF", "")]
    [InlineData("\0\uFEFF \uFEFF", "\0 \r\0")]
    public void Run_BlanksNulsAndMarksAroundTheObject_AreNotPartOfIt(string before, string after)
    {
        bench.Write("-w/s1.jsonl", "{}", before + Assistant() + after, "{}");

        Expect(0, Plain);
    }

    [Fact]
    public void Run_NulBetweenObjects_IsMalformed()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1") + "\0" + Assistant("m2"), Assistant("m3"));

        Expect(1, Plain);
    }

    [Theory]
    [InlineData("{\"a\":NaN}")]
    [InlineData("{\"a\":Infinity}")]
    [InlineData("{\"a\":-Infinity}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{\"a\":01}")]
    [InlineData("{\"a\":+1}")]
    [InlineData("{\"a\":.5}")]
    [InlineData("{\"a\":1.}")]
    [InlineData("{\"a\":tru}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1 /* x */}")]
    [InlineData("{\"a\":[1,2}")]
    [InlineData("{\"a\":\"\\q\"}")]
    [InlineData("{\"a\":\"x\ty\"}")]
    public void Run_NotJson_IsMalformedOnlyWhereUsageIsMentioned(string value)
    {
        bench.Write("-w/s1.jsonl", Assistant("m1").Set("extra", value), Assistant("m2"), "{\"extra\":" + value + "}");

        Expect(1, Plain);
    }

    [Fact]
    public void Run_NamesThatOnlyEndInUsage_AreNotTakenForIt()
    {
        // None of the first three lines has "usage" in quotes, so none is looked at; the call behind them is found.
        bench.Write("-w/s1.jsonl", "usage\"", "{\"diskusage\":NaN}", "{\"diskusage\":1,\"a\":\"usage\\\"\"}", Assistant().Set("diskusage", "1"));

        Expect(0, Plain);
    }

    [Theory]
    [InlineData("[{\"usage\":{}}]")]
    [InlineData("\"usage\"")]
    [InlineData("{\"usage\":{\"input_tokens\":\"x\"}}")]
    public void Run_ValidJsonThatIsNoUsageLine_IsIgnored(string line)
    {
        bench.Write("-w/s1.jsonl", line, Assistant());

        Expect(0, Plain);
    }

    [Theory]
    [InlineData("sessionId", "\"other\"", "\"s1\"")]
    [InlineData("cwd", "\"/other\"", "\"/w\"")]
    [InlineData("timestamp", "\"2025-01-01T00:00:00Z\"", "\"2026-03-10T10:00:00Z\"")]
    [InlineData("timestamp", "5", "\"2026-03-10T10:00:00Z\"")]
    [InlineData("costUSD", "5", "null")]
    [InlineData("costUSD", "5", "\"5\"")]
    [InlineData("costUSD", "5", "[5]")]
    [InlineData("data", "{\"message\":{\"message\":{\"usage\":{\"input_tokens\":1}}}}", "{}")]
    public void Run_KeyOfTheLineTwice_TheLastCounts(string name, string first, string last)
    {
        bench.Write("-w/s1.jsonl", Assistant().Without(name).Again(name, first).Again(name, last));

        Expect(0, Plain);
    }

    [Theory]
    [InlineData("{\"usage\":{\"input_tokens\":999},\"model\":\"x\"}")]
    [InlineData("{\"id\":\"other\",\"model\":\"x\"}")]
    [InlineData("5")]
    public void Run_MessageTwice_TheLastCounts(string first)
    {
        bench.Write("-w/s1.jsonl", $"{{\"message\":{first}," + ((string)Assistant())[1..], Assistant());

        Expect(0, Plain);
    }

    [Theory]
    [InlineData("\"input_tokens\":999,\"input_tokens\":10,\"output_tokens\":20")]
    [InlineData("\"input_tokens\":\"bad\",\"input_tokens\":10,\"output_tokens\":20")]
    [InlineData("\"input_tokens\":{\"a\":1},\"input_tokens\":10,\"output_tokens\":20")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"cache_creation\":{\"ephemeral_5m_input_tokens\":7,\"ephemeral_1h_input_tokens\":7},\"cache_creation\":null")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"cache_creation\":{\"ephemeral_5m_input_tokens\":7},\"cache_creation\":{}")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"cache_creation\":{\"ephemeral_5m_input_tokens\":7},\"cache_creation\":[]")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"cache_creation\":{\"ephemeral_5m_input_tokens\":7},\"cache_creation\":\"x\"")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"server_tool_use\":{\"web_search_requests\":7},\"server_tool_use\":{\"web_search_requests\":null}")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"server_tool_use\":{\"web_search_requests\":7},\"server_tool_use\":5")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"speed\":\"fast\",\"speed\":null")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"speed\":\"fast\",\"speed\":{}")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"inference_geo\":\"us\",\"inference_geo\":\"eu\"")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"service_tier\":\"batch\",\"service_tier\":7")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":5}],\"iterations\":null")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":5}],\"iterations\":[]")]
    [InlineData("\"input_tokens\":10,\"output_tokens\":20,\"iterations\":[{\"type\":\"compaction\",\"input_tokens\":5}],\"iterations\":{}")]
    public void Run_KeyOfUsageTwice_TheLastCounts(string usage)
    {
        bench.Write("-w/s1.jsonl", Assistant().RawUsage($"{{{usage}}}"));

        Expect(0, "s1 claude-sonnet-4-6: 1 calls 10+20+0+0 $0.00033");
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    public void Run_LastUsageIsNoObject_LineDoesNotCount(string last)
    {
        bench.Write("-w/s1.jsonl", Assistant("m1").Message("usage\":{\"input_tokens\":5},\"x", "0").RawUsage(last), Assistant("m2"));

        Expect(0, Plain);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void Run_LastMessageHoldsNoUsage_LineDoesNotCount(string last)
    {
        bench.Write("-w/s1.jsonl", Assistant("m1").Again("message", last), Assistant("m2"));

        Expect(0, Plain);
    }

    [Theory]
    [InlineData("id", "\"m0\"", "\"msg_1\"")]
    [InlineData("id", "\"m0\"", "null")]
    [InlineData("model", "\"x\"", "\"claude-sonnet-4-6\"")]
    [InlineData("model", "5", "\"claude-sonnet-4-6\"")]
    public void Run_KeyOfTheMessageTwice_TheLastCounts(string name, string first, string last)
    {
        bench.Write("-w/s1.jsonl", ((string)Assistant().Message(name, last)).Replace("\"message\":{", $"\"message\":{{\"{name}\":{first},", StringComparison.Ordinal));

        Expect(0, Plain);
    }

    [Fact]
    public void Run_BytesThatAreNotUtf8_AreHarmless()
    {
        byte[] line = Encoding.UTF8.GetBytes(Assistant().Set("extra", "\"??\"").Set("key??", "1"));
        for (int i = 0; i < line.Length; i++)
        {
            line[i] = line[i] == (byte)'?' ? (byte)0xFF : line[i];
        }

        Directory.CreateDirectory(bench.Projects + "/-w");
        File.WriteAllBytes(bench.Projects + "/-w/s1.jsonl", [.. line, (byte)'\n']);

        Expect(0, Plain);
    }

    [Theory]
    [InlineData("\\ud800")]
    [InlineData("\\udc00\\ud800")]
    [InlineData("x\\ud83dx")]
    public void Run_LoneSurrogates_AreHarmlessInEveryText(string text)
    {
        string quoted = $"\"{text}\"";
        bench.Write(
            "-w/s1.jsonl",
            Assistant().Set("extra", quoted).Set(text, "1").Usage("speed", quoted).Usage("inference_geo", quoted).Usage("service_tier", quoted)
                .Usage(text, "1").Message(text, quoted).Message("content", $"[{{\"type\":\"text\",\"text\":{quoted}}},{{\"type\":\"tool_use\",\"input\":[{quoted}]}}]")
                .RawItem($$"""{"type":{{quoted}},"model":{{quoted}}}"""));

        Expect(0, Plain);
    }

    [Theory]
    [InlineData("\"\\u0066ast\"", "claude-sonnet-4-6-fast")]
    [InlineData("\"Fast\"", "claude-sonnet-4-6")]
    [InlineData("\"\\ud800fast\"", "claude-sonnet-4-6")]
    public void Run_EscapedText_MeansWhatItSpells(string speed, string model)
    {
        bench.Write("-w/s1.jsonl", ((string)Assistant().Usage("speed", speed)).Replace("\"message\"", "\"mess\\u0061ge\"", StringComparison.Ordinal));

        Expect(0, $"s1 {model}: 1 calls 10+20+100+1000 $0.001005");
    }

    [Fact]
    public void Run_NamesWithLoneSurrogates_AreReplacedByOneCharacterEach()
    {
        bench.Write("-w/s1.jsonl", Assistant().Set("sessionId", "\"a\\ud800b\"").Set("cwd", "\"/\\udc00\""));
        bench.Run();

        Assert.Equal(("a\uFFFDb", "/\uFFFD"), (bench.Rows()[0].Session, bench.Rows()[0].Project));
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(5000)]
    public void Run_DeepNesting_IsAccepted(int depth)
    {
        string deep = string.Concat(Enumerable.Repeat("{\"a\":[", depth / 2)) + "1" + string.Concat(Enumerable.Repeat("]}", depth / 2));
        bench.Write("-w/s1.jsonl", Assistant().Set("toolUseResult", deep).Message("content", $$"""[{"type":"tool_use","input":{{deep}}}]"""));

        Expect(0, Plain);
    }

    [Fact]
    public void Run_EndlessNesting_IsMalformedAndTheRestCounts()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1").Set("a", new string('[', 500_000)), Assistant("m2"));

        Expect(1, Plain);
    }

    [Theory]
    [InlineData("type", "\"user\"")]
    [InlineData("type", "null")]
    [InlineData("version", "\"x.y\"")]
    [InlineData("version", "{}")]
    [InlineData("isApiErrorMessage", "true")]
    [InlineData("uuid", "null")]
    public void Run_OtherProperties_AreNotLookedAt(string name, string json)
    {
        bench.Write("-w/s1.jsonl", Assistant().Set(name, json));

        Expect(0, Plain);
    }

    [Fact]
    public void Run_SpacesInsideTheLine_ChangeNothing()
    {
        bench.Write("-w/s1.jsonl", ((string)Assistant()).Replace("\":", "\" : ", StringComparison.Ordinal).Replace(",", " , ", StringComparison.Ordinal));

        Expect(0, Plain);
    }

    [Fact]
    public void Run_UsageAnywhereElse_DoesNotCount()
    {
        const string usage = """{"input_tokens":5,"usage":{"input_tokens":6}}""";
        const string inside = $"{{\"usage\":{usage}}}";
        bench.Write(
            "-w/s1.jsonl",
            Assistant().Set("usage", usage).Set("toolUseResult", inside).Set("data", $"{{\"usage\":{usage},\"message\":{inside}}}")
                .Message("content", $"[{{\"type\":\"tool_use\",\"usage\":{usage},\"input\":{{\"message\":{inside}}}}}]").Message("x", inside),
            User("\"text\":\"{\\\"message\\\":{\\\"usage\\\":{\\\"input_tokens\\\":7}}}\",\"usage\":1"));

        Expect(0, Plain);
    }

    private void Expect(int malformed, params string[] rows)
    {
        IngestReport report = bench.Run();
        Assert.Equal(rows.Select(r => $"2026-03-10 /w {r}"), bench.Lines());
        Assert.Equal(malformed, report.MalformedLines);
    }
}
