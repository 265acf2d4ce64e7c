using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

// The answers as platform.claude.com documents them ("Usage and Cost API", "Claude Code Analytics API"). Everything may be missing or null
// until it is checked; properties that are not listed are passed over.

/// <summary>A page of a report.</summary>
internal sealed record AdminPage<T>
{
    public IReadOnlyList<T?>? Data { get; init; }

    public bool HasMore { get; init; }

    /// <summary>Token of the next page; null on the last.</summary>
    public string? NextPage { get; init; }

    /// <summary>Id of the last entry: the cursor of lists that are not reports.</summary>
    public string? LastId { get; init; }
}

/// <summary>The results of one hour or day.</summary>
internal sealed record AdminBucket<T>
{
    /// <summary>Start of the bucket, included, UTC.</summary>
    public DateTimeOffset? StartingAt { get; init; }

    public IReadOnlyList<T?>? Results { get; init; }
}

/// <summary>Usage of one combination of the grouped properties.</summary>
internal sealed record AdminUsage
{
    public string? ApiKeyId { get; init; }

    /// <summary>Null for the default workspace.</summary>
    public string? WorkspaceId { get; init; }

    public string? Model { get; init; }

    /// <summary>standard, batch, priority, ...</summary>
    public string? ServiceTier { get; init; }

    /// <summary>0-200k or 200k-1M.</summary>
    public string? ContextWindow { get; init; }

    /// <summary>global, us or not_available.</summary>
    public string? InferenceGeo { get; init; }

    /// <summary>standard or fast.</summary>
    public string? Speed { get; init; }

    public long? UncachedInputTokens { get; init; }

    public AdminCacheCreation? CacheCreation { get; init; }

    public long? CacheReadInputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public AdminServerTools? ServerToolUse { get; init; }
}

internal sealed record AdminCacheCreation
{
    [JsonPropertyName("ephemeral_5m_input_tokens")]
    public long? Minutes5 { get; init; }

    [JsonPropertyName("ephemeral_1h_input_tokens")]
    public long? Hour1 { get; init; }
}

internal sealed record AdminServerTools
{
    public long? WebSearchRequests { get; init; }
}

/// <summary>One item of the cost report.</summary>
internal sealed record AdminCost
{
    /// <summary>Cents, as a decimal string: "123.45" in USD is $1.2345.</summary>
    public string? Amount { get; init; }

    public string? Currency { get; init; }

    /// <summary>tokens, web_search, code_execution, ...</summary>
    public string? CostType { get; init; }

    public string? WorkspaceId { get; init; }
}

/// <summary>One person or key on one day of the Claude Code report. Who it was is not read.</summary>
internal sealed record AdminClaudeCode
{
    public AdminCoreMetrics? CoreMetrics { get; init; }

    /// <summary>api or subscription.</summary>
    public string? CustomerType { get; init; }

    public IReadOnlyList<AdminClaudeCodeModel?>? ModelBreakdown { get; init; }
}

internal sealed record AdminCoreMetrics
{
    public long? NumSessions { get; init; }

    public long? CommitsByClaudeCode { get; init; }

    public long? PullRequestsByClaudeCode { get; init; }

    public AdminLinesOfCode? LinesOfCode { get; init; }
}

internal sealed record AdminLinesOfCode
{
    public long? Added { get; init; }

    public long? Removed { get; init; }
}

internal sealed record AdminClaudeCodeModel
{
    public string? Model { get; init; }

    public AdminEstimatedCost? EstimatedCost { get; init; }

    public AdminClaudeCodeTokens? Tokens { get; init; }
}

internal sealed record AdminEstimatedCost
{
    /// <summary>Cents.</summary>
    public decimal? Amount { get; init; }

    public string? Currency { get; init; }
}

internal sealed record AdminClaudeCodeTokens
{
    public long? Input { get; init; }

    public long? Output { get; init; }

    public long? CacheCreation { get; init; }

    public long? CacheRead { get; init; }
}

internal sealed record AdminWorkspace
{
    public string? Id { get; init; }

    public string? Name { get; init; }
}

/// <summary>The body of a refusal.</summary>
internal sealed record AdminRefusal
{
    public AdminRefusalReason? Error { get; init; }
}

internal sealed record AdminRefusalReason
{
    public string? Type { get; init; }

    public string? Message { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, MaxDepth = 32)]
[JsonSerializable(typeof(AdminPage<AdminBucket<AdminUsage>>), TypeInfoPropertyName = "Usage")]
[JsonSerializable(typeof(AdminPage<AdminBucket<AdminCost>>), TypeInfoPropertyName = "Costs")]
[JsonSerializable(typeof(AdminPage<AdminClaudeCode>), TypeInfoPropertyName = "ClaudeCode")]
[JsonSerializable(typeof(AdminPage<AdminWorkspace>), TypeInfoPropertyName = "Workspaces")]
[JsonSerializable(typeof(AdminRefusal), TypeInfoPropertyName = "Refusal")]
internal sealed partial class AdminJsonContext : JsonSerializerContext;
