using System.Globalization;

namespace AiaiaiDashboard.Core.Tests.Usage.AnthropicAdmin;

/// <summary>Answers of the Admin API as its documentation shows them.</summary>
internal static class AdminReports
{
    /// <summary>A page of the usage report, one bucket per day given, in one page.</summary>
    public static string UsagePage(params (string StartingAt, string[] Results)[] buckets) =>
        $$"""{"data":[{{string.Join(',', buckets.Select(b => $$"""{"starting_at":"{{b.StartingAt}}","ending_at":"{{b.StartingAt}}","results":[{{string.Join(',', b.Results)}}]}"""))}}],"has_more":false,"next_page":null}""";

    /// <summary>One result of the usage report.</summary>
    public static string Result(
        string? workspace = null, string? key = "apikey_1", string model = "claude-sonnet-4-20250514", string tier = "standard", string window = "0-200k",
        string geo = "global", string? speed = "standard", long input = 0, long write5m = 0, long write1h = 0, long read = 0, long output = 0, long searches = 0) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $$$"""
            {"uncached_input_tokens":{{{input}}},"cache_creation":{"ephemeral_1h_input_tokens":{{{write1h}}},"ephemeral_5m_input_tokens":{{{write5m}}}},
            "cache_read_input_tokens":{{{read}}},"output_tokens":{{{output}}},"server_tool_use":{"web_search_requests":{{{searches}}}},
            "api_key_id":{{{Text(key)}}},"workspace_id":{{{Text(workspace)}}},"model":"{{{model}}}","service_tier":"{{{tier}}}","context_window":"{{{window}}}",
            "inference_geo":"{{{geo}}}","speed":{{{Text(speed)}}},"account_id":null,"service_account_id":null}
            """);

    /// <summary>A page of the cost report of one day.</summary>
    public static string CostsPage(string startingAt, params (string? Workspace, string? Type, string Amount)[] results) =>
        $$"""{"data":[{"starting_at":"{{startingAt}}","ending_at":"{{startingAt}}","results":[{{string.Join(',', results.Select(r =>
            $$"""{"currency":"USD","amount":"{{r.Amount}}","workspace_id":{{Text(r.Workspace)}},"description":"Claude Usage","cost_type":{{Text(r.Type)}},"context_window":null,"model":null,"service_tier":null,"token_type":null,"inference_geo":null}"""))}}]}],"has_more":false,"next_page":null}""";

    /// <summary>A page of the Claude Code report of one day with one person.</summary>
    public static string ClaudeCodePage(string day) => $$$"""
        {"data":[{"date":"{{{day}}}T00:00:00Z","actor":{"type":"user_actor","email_address":"someone@example.org"},"organization_id":"org","customer_type":"subscription",
        "terminal_type":"vscode","core_metrics":{"num_sessions":5,"lines_of_code":{"added":100,"removed":20},"commits_by_claude_code":3,"pull_requests_by_claude_code":1},
        "tool_actions":{"edit_tool":{"accepted":4,"rejected":1}},"model_breakdown":[{"model":"claude-sonnet-4-20250514",
        "tokens":{"input":1000,"output":200,"cache_read":50,"cache_creation":10},"estimated_cost":{"currency":"USD","amount":186}}]}],"has_more":false,"next_page":null}
        """;

    /// <summary>A report without entries.</summary>
    public const string Empty = """{"data":[],"has_more":false,"next_page":null}""";

    private static string Text(string? value) => value is null ? "null" : $"\"{value}\"";
}
