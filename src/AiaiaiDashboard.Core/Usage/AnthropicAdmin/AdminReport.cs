using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>
/// cache/anthropic-admin.json: what the cost report and the Claude Code report of the Admin API say, to be shown beside the ledger. Derived;
/// nothing of it is counted. Its days are those of UTC, as the API has them.
/// </summary>
public sealed record AdminReport
{
    /// <summary>Path of the document below the data directory.</summary>
    public const string File = "cache/anthropic-admin.json";

    /// <summary>The document.</summary>
    public static readonly DocumentType<AdminReport> Document =
        new(File, static () => DocumentJson.TypeInfo<AdminReport>(AdminReportJsonContext.Default), DocumentKind.Derived);

    /// <summary>Days with anything to tell, oldest first, one entry per day.</summary>
    public IReadOnlyList<AdminReportDay> Days { get; init; } = [];
}

/// <summary>One day (UTC) of the reports.</summary>
public sealed record AdminReportDay
{
    /// <summary>The day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>Billed costs, ordered by workspace and type; empty where nothing was billed or asked.</summary>
    public IReadOnlyList<AdminBilledCost> Costs { get; init; } = [];

    /// <summary>Claude Code's own figures; null where they were not asked.</summary>
    public AdminClaudeCodeDay? ClaudeCode { get; init; }

    /// <summary>Everything billed for the day, USD. Priority tier is billed otherwise and not in it.</summary>
    [JsonIgnore]
    public decimal BilledUsd => Costs.Sum(c => c.CostUsd);
}

/// <summary>What was billed to a workspace for one kind of use. The report knows no keys, so that it cannot be split by project.</summary>
/// <param name="Workspace">Workspace id; null for the default workspace.</param>
/// <param name="Type">tokens, web_search, code_execution, ... as the report names it; empty where it does not.</param>
/// <param name="CostUsd">USD; negative for a credit.</param>
public sealed record AdminBilledCost(string? Workspace, string Type, [property: JsonPropertyName("costUSD")] decimal CostUsd);

/// <summary>Claude Code's figures of one day, of all its users together: who they are is not kept.</summary>
public sealed record AdminClaudeCodeDay
{
    /// <summary>Sessions.</summary>
    public long Sessions { get; init; }

    /// <summary>Commits made through Claude Code.</summary>
    public long Commits { get; init; }

    /// <summary>Pull requests made through Claude Code.</summary>
    public long PullRequests { get; init; }

    /// <summary>Lines added.</summary>
    public long LinesAdded { get; init; }

    /// <summary>Lines removed.</summary>
    public long LinesRemoved { get; init; }

    /// <summary>Tokens and estimated costs, ordered by kind of customer and model.</summary>
    public IReadOnlyList<AdminClaudeCodeUse> Models { get; init; } = [];

    /// <summary>Estimated cost of the day, USD; for subscriptions what the tokens would have cost.</summary>
    [JsonIgnore]
    public decimal CostUsd => Models.Sum(m => m.CostUsd);
}

/// <summary>Claude Code's use of one model on one day.</summary>
/// <param name="CustomerType">api or subscription, as the report names it.</param>
/// <param name="Model">Model as listed.</param>
/// <param name="TokensIn">Uncached input tokens.</param>
/// <param name="TokensOut">Output tokens.</param>
/// <param name="CacheWrite">Tokens written to the prompt cache.</param>
/// <param name="CacheRead">Tokens read from the prompt cache.</param>
/// <param name="CostUsd">Estimated USD.</param>
public sealed record AdminClaudeCodeUse(
    string CustomerType, string Model, long TokensIn, long TokensOut, long CacheWrite, long CacheRead, [property: JsonPropertyName("costUSD")] decimal CostUsd);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AdminReport))]
internal sealed partial class AdminReportJsonContext : JsonSerializerContext;
