using System.Globalization;
using System.Text;

namespace AiaiaiDashboard.Tests.Shared;

/// <summary>Starts lines of Claude Code transcripts, to be written in one call each.</summary>
internal static class TranscriptLines
{
    /// <summary>An assistant line with 10 input, 20 output, 100 cache write and 1,000 cache read tokens of claude-sonnet-4-6: $0.001005.</summary>
    /// <param name="id">message.id; null leaves it out.</param>
    /// <param name="request">requestId; null leaves it out.</param>
    public static TranscriptLine Assistant(string? id = "msg_1", string? request = "req_1") => new TranscriptLine().Id(id).Request(request);

    /// <summary>A progress line of a subagent that carries the call of <paramref name="nested"/>; session and directory are those of the outer line.</summary>
    /// <param name="nested">The call, as its own line would state it.</param>
    /// <param name="at">Time stamp of the outer line; null leaves it out.</param>
    public static TranscriptLine Progress(TranscriptLine nested, string? at = "2026-03-10T10:00:01.000Z") => new TranscriptLine()
        .Without("message")
        .Set("type", "\"progress\"")
        .Set("data", $$"""{"type":"agent_progress","agentId":"a1","message":{{nested.Without("sessionId").Without("cwd").Without("isSidechain")}}}""")
        .At(at);

    /// <summary>A line of a person with a tool's result; no call.</summary>
    /// <param name="extra">Further properties, as JSON text: <c>"toolUseResult":{...}</c>.</param>
    public static string User(string extra) =>
        $$"""{"type":"user","sessionId":"s1","cwd":"/w","timestamp":"2026-03-10T10:00:00.000Z","message":{"role":"user","content":[]},{{extra}}}""";
}

/// <summary>One assistant line. Values are JSON text, so that damaged ones can be written too.</summary>
internal sealed class TranscriptLine
{
    private readonly List<(string Name, string Json)> fields = [];
    private readonly List<(string Name, string Json)> message = [];
    private readonly List<(string Name, string Json)> usage = [];
    private readonly List<string> items = [];
    private bool hasMessage = true;
    private string? rawUsage;

    public TranscriptLine()
    {
        Session("s1").Cwd("/w").Set("isSidechain", "false").Set("type", "\"assistant\"").At("2026-03-10T10:00:00.000Z");
        Model("claude-sonnet-4-6").Tokens();
    }

    /// <summary>message.id; null leaves it out.</summary>
    public TranscriptLine Id(string? id) => Put(message, "id", Text(id));

    public TranscriptLine Request(string? id) => Put(fields, "requestId", Text(id));

    public TranscriptLine Model(string? model) => Put(message, "model", Text(model));

    public TranscriptLine Session(string? session) => Put(fields, "sessionId", Text(session));

    public TranscriptLine Cwd(string? folder) => Put(fields, "cwd", Text(folder));

    public TranscriptLine At(string? timestamp) => Put(fields, "timestamp", Text(timestamp));

    public TranscriptLine Sidechain() => Set("isSidechain", "true");

    /// <summary>costUSD, as JSON text.</summary>
    public TranscriptLine Cost(string json) => Set("costUSD", json);

    /// <summary>The four counters.</summary>
    public TranscriptLine Tokens(long input = 10, long output = 20, long write = 100, long read = 1000) =>
        Usage("input_tokens", input).Usage("cache_creation_input_tokens", write).Usage("cache_read_input_tokens", read).Usage("output_tokens", output);

    /// <summary>Cache writes by lifetime.</summary>
    public TranscriptLine Split(long fiveMinutes, long oneHour) =>
        Usage("cache_creation", Invariant($$"""{"ephemeral_5m_input_tokens":{{fiveMinutes}},"ephemeral_1h_input_tokens":{{oneHour}}}"""));

    public TranscriptLine Fast() => Usage("speed", "\"fast\"");

    public TranscriptLine Us() => Usage("inference_geo", "\"us\"");

    public TranscriptLine Batch() => Usage("service_tier", "\"batch\"");

    public TranscriptLine Searches(long count) => Usage("server_tool_use", Invariant($$"""{"web_search_requests":{{count}},"web_fetch_requests":7}"""));

    /// <summary>Sets one counter of usage.</summary>
    public TranscriptLine Usage(string name, long value) => Usage(name, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sets one property of usage, as JSON text; null leaves it out.</summary>
    public TranscriptLine Usage(string name, string? json) => Put(usage, name, json);

    /// <summary>The whole usage as JSON text.</summary>
    public TranscriptLine RawUsage(string json)
    {
        rawUsage = json;
        return this;
    }

    /// <summary>Adds an item of usage.iterations.</summary>
    public TranscriptLine Item(string type, string? model, long input = 0, long output = 0, long write = 0, long read = 0)
    {
        string named = model is null ? "" : $"\"model\":{Text(model)},";
        return RawItem(Invariant(
            $$"""{"type":"{{type}}",{{named}}"input_tokens":{{input}},"output_tokens":{{output}},"cache_creation_input_tokens":{{write}},"cache_read_input_tokens":{{read}}}"""));
    }

    /// <summary>Adds an item of usage.iterations as JSON text.</summary>
    public TranscriptLine RawItem(string json)
    {
        items.Add(json);
        return this;
    }

    /// <summary>Sets a property of message, as JSON text.</summary>
    public TranscriptLine Message(string name, string json) => Put(message, name, json);

    /// <summary>Sets a property of the line, as JSON text.</summary>
    public TranscriptLine Set(string name, string json) => Put(fields, name, json);

    /// <summary>Adds a property to the line even where it is there already.</summary>
    public TranscriptLine Again(string name, string json)
    {
        fields.Add((name, json));
        return this;
    }

    /// <summary>Leaves a property of the line out.</summary>
    public TranscriptLine Without(string name)
    {
        hasMessage &= name != "message";
        return Put(fields, name, null);
    }

    /// <summary>The line without a line end.</summary>
    public override string ToString()
    {
        List<(string, string)> line = [.. fields];
        if (hasMessage)
        {
            List<(string, string)> counters = [.. usage];
            if (items.Count > 0)
            {
                counters.Add(("iterations", $"[{string.Join(',', items)}]"));
            }

            int at = line.FindIndex(f => f.Item1 == "type");
            line.Insert(at, ("message", Object([.. message, ("usage", rawUsage ?? Object(counters))])));
        }

        return Object(line);
    }

    public static implicit operator string(TranscriptLine line) => line.ToString();

    private static string Object(List<(string Name, string Json)> properties)
    {
        var text = new StringBuilder("{");
        foreach ((string name, string json) in properties)
        {
            text.Append(text.Length > 1 ? "," : "").Append('"').Append(name).Append("\":").Append(json);
        }

        return text.Append('}').ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string? Text(string? value) => value is null ? null : $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private TranscriptLine Put(List<(string Name, string Json)> target, string name, string? json)
    {
        int at = target.FindIndex(f => f.Name == name);
        if (json is null)
        {
            target.RemoveAll(f => f.Name == name);
        }
        else if (at >= 0)
        {
            target[at] = (name, json);
        }
        else
        {
            target.Add((name, json));
        }

        return this;
    }
}
