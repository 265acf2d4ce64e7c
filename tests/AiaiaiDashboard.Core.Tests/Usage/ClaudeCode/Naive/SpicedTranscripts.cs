using System.Globalization;
using System.Text;
using AiaiaiDashboard.Tests.Shared;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode.Naive;

/// <summary>Transcripts in which every second line has one of the oddities found in the wild. The same seed gives the same bytes.</summary>
internal sealed class SpicedTranscripts(int seed)
{
    private static readonly string[] Paths =
    [
        "-w-a/s1.jsonl", "-w-a/s2.jsonl", "-w-a/s1/subagents/agent-a1.jsonl", "-w-a/s1/subagents/workflows/wf/agent-b2.jsonl", "-w-b/agent-0123abc.jsonl", "-w-b/s3.jsonl", "loose.jsonl",
    ];

    private static readonly string[] Models =
    [
        "claude-sonnet-4-6", "claude-sonnet-4-5-20250929", "claude-opus-4-8", "claude-opus-5", "claude-haiku-4-5", "claude-sonnet-5-5", "claude-haiku-5-5", "claude-opus-4-6",
    ];

    private static readonly string[] OddModels =
    [
        "claude-sonnet-4-5[1m]", "us.anthropic.claude-opus-4-6-v1:0", "arn:aws:bedrock:us-east-1:1:inference-profile/eu.anthropic.claude-sonnet-4-5-20250929-v1:0", "vertex_ai/claude-opus-4-5@20251101",
        "claude-haiku-4.5", "CLAUDE-OPUS-5", "claude-opus-4-0", "claude-sonnet-4@latest", "claude-opus-4-60", "claude-opus-4-1-1", "claude-opus-9", "my-proxy-model", "", "  ", "gpt-5.6", "gpt-5",
        "openai/o3", "xclaude-opus-5", "claude-opus-5-thinking-latest", "claude-3-5-haiku-20250101", "gpt-6-sol", "claude-fable-5-1-20261101", "\u9879\u76ee-\U0001F600",
    ];

    private static readonly string[] Kinds = ["message", "fallback_message", "advisor_message", "compaction", "future_kind"];

    private static readonly string[] Numbers = ["-5", "\"12\"", "true", "1e30", "[]", "{}", "10.75", "1e2", "null", "9007199254740991", "9007199254740992", "0.0", "1E+3", "-0"];

    private static readonly string[] Times =
    [
        "yesterday", "", "2026-02-30T00:00:00Z", "2026-10-06T23:30:00", "2026-10-07T01:30:00+02:00", "2026-10-06 22:59:59.9999999z", "2026-10-06T18:00:00.123456789-0700", "2026-10-25T01:15Z",
        "2026-10-06T24:00:00Z", "2026-13-01T00:00:00Z", "2026-10-06", "2026-10-06T22:00:00Z ", "2026-03-29T01:30:00+0100",
    ];

    private readonly Random random = new(seed);
    private readonly List<string> written = [];
    private int calls;

    /// <summary>Bytes by path below <c>projects</c>.</summary>
    public Dictionary<string, byte[]> Files(int linesPerFile)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (string path in Paths)
        {
            using var file = new MemoryStream();
            for (int i = 0; i < linesPerFile; i++)
            {
                byte[] line = Encoding.UTF8.GetBytes(NextLine() + "\n");
                if (One(60))
                {
                    // What is no UTF-8, where a person's text would stand.
                    line = [.. "{\"note\":\""u8, 0xff, 0xc3, .. "\","u8, .. line.AsSpan(1)];
                }

                file.Write(line);
            }

            byte[] bytes = file.ToArray();
            int unfinished = random.Next(4);
            files.Add(path, unfinished switch
            {
                0 => bytes[..^1],
                1 => bytes[..^random.Next(2, 60)],
                _ => bytes,
            });
        }

        return files;
    }

    private string NextLine()
    {
        if (written.Count > 0 && One(6))
        {
            // As a resumed session writes it.
            return written[random.Next(written.Count)].Replace("\"sessionId\":\"s", $"\"sessionId\":\"s{random.Next(3)}", StringComparison.Ordinal);
        }

        string line = One(2) ? Spiced() : Plain();
        written.Add(line);
        return line;
    }

    private TranscriptLine Plain()
    {
        // A third of the lines go on with an earlier call.
        int call = calls > 0 && One(3) ? random.Next(calls) : calls++;
        var at = new DateTime(2026, 10, 5, 20, 0, 0, DateTimeKind.Utc);
        TranscriptLine line = Assistant($"msg_{call}", $"req_{call}")
            .Session($"s{1 + (call % 3)}").Cwd($"/w/p{call % 4}").Model(Models[call % Models.Length])
            .At(at.AddMinutes(call * 7 % 3000).AddSeconds(random.Next(3)).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Tokens(random.Next(30), random.Next(900), random.Next(9_000), random.Next(One(4) ? 250_000 : 90_000));
        return One(3) ? line.Split(random.Next(3_000), random.Next(3_000)) : line;
    }

    private string Spiced()
    {
        TranscriptLine line = Plain();
        string number = Pick(Numbers);
        switch (random.Next(32))
        {
            case 0: return line.Message("content", """[{"type":"tool_use","id":"toolu_s","name":"X","input":{"id":null,"version":null,"usage":{"input_tokens":5}}}]""");
            case 1: return line.ToString().Replace("\"usage\":{", "\"usage\"\t:\r {", StringComparison.Ordinal);
            case 2: return line.Usage("speed", Pick(["\"turbo\"", "\"Fast\"", "\"\"", "null", "7"]));
            case 3: return line.Fast().Model(Pick(["claude-opus-4-6", "claude-opus-5", "claude-opus-4-8", "claude-sonnet-4-6"]));
            case 4: return line.Searches(random.Next(9));
            case 5: return line.Us().Model(Pick(Models));
            case 6: return line.Usage("service_tier", Pick(["\"batch\"", "\"priority\"", "null", "1"]));
            case 7 or 8: return line.Model(Pick(OddModels));
            case 9: return line.Item("message", null, 2, 3).Item("advisor_message", Pick(["claude-opus-4-8", "claude-opus-5", "nobody"]), random.Next(99), random.Next(99));
            case 10: return line.Item("message", "claude-fable-5", 9, Pick([0, 7])).Item("fallback_message", Pick(["claude-opus-4-8", "claude-opus-5", "claude-sonnet-4-6"]), 5, 6).Fast();
            case 11: return line.Item("compaction", null, 70_000, 900).Item("message", null).Item("future_kind", "claude-opus-5", 1, 1).Us();
            case 12: return line.Item(Pick(Kinds), Pick(Models), random.Next(9), random.Next(9)).Item(Pick(Kinds), Pick(OddModels), random.Next(9), random.Next(9)).Item(Pick(Kinds), null, 1, 1);
            case 13: return line.RawItem($$"""{"type":"advisor_message","model":"claude-opus-5","input_tokens":{{number}},"output_tokens":3}""");
            case 14 or 15: return line.Usage(Pick(["input_tokens", "output_tokens", "cache_read_input_tokens", "cache_creation_input_tokens"]), number);
            case 16: return line.Usage("cache_creation", Pick(["{}", "null", "7", """{"ephemeral_1h_input_tokens":77}""", $$"""{"ephemeral_5m_input_tokens":{{number}}}"""]));
            case 17: return line.Usage("server_tool_use", $$"""{"web_search_requests":{{number}}}""");
            case 18: return line.Set("requestId", Pick(["\"\"", "null", "17"]));
            case 19: return line.Message("id", Pick(["\"\"", "null", "17"]));
            case 20: return line.Set("sessionId", Pick(["\"\"", "null", "{}"]));
            case 21: return line.Set("cwd", Pick(["\"\"", "null", "\"/w/p\\u00e9\"", "\"/w/\\\"quoted\\\"\""]));
            case 22 or 23: return line.At(Pick(Times));
            case 24: return line.Sidechain();
            case 25: return line.Sidechain().Request($"req_side_{random.Next(2)}");
            case 26: return Pick(["\0\0\0", "\uFEFF  ", " \t\r"]) + line + Pick(["\r", " \0", ""]);
            case 27: return line.Message("content", """[{"type":"text","text":"\ud83d cut \u2028 \"usage\":{ "}]""").ToString().Replace("\"s1\"", "\"s\u2028\"", StringComparison.Ordinal);
            case 28: return line.Cost(Pick(["0.25", "0", "-1", "1e-3", "\"1\"", "null"]));
            case 29: return line.Again("timestamp", "\"2026-10-06T12:00:00Z\"").Again("sessionId", "\"s9\"");
            case 30: return One(2) ? line.Model("<synthetic>").At(Pick(Times)) : User("\"toolUseResult\":{\"usage\":{\"input_tokens\":5}}");
            default: return One(2) ? Progress(line, Pick([null, "2026-10-06T10:00:00Z"])) : line.ToString()[..random.Next(20, 200)];
        }
    }

    private bool One(int inSo) => random.Next(inSo) == 0;

    private T Pick<T>(T[] from) => from[random.Next(from.Length)];
}
