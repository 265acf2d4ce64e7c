using System.Text.Json;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Where in a line the parser stands.</summary>
internal enum LinePlace : byte
{
    Root,
    Message,
    Data,
    DataMessage,
    NestedMessage,
    Usage,
    CacheCreation,
    ServerToolUse,
    Iterations,
    Iteration,
    Content,
    ContentBlock,
}

/// <summary>The properties a usage line is read for; everything else is <see cref="None"/>.</summary>
internal enum LineField : byte
{
    None,
    Message,
    Data,
    Timestamp,
    SessionId,
    Cwd,
    Version,
    RequestId,
    IsSidechain,
    CostUsd,
    Id,
    Model,
    Usage,
    Content,
    Type,
    Text,
    Input,
    InputTokens,
    OutputTokens,
    CacheCreationInputTokens,
    CacheReadInputTokens,
    CacheCreation,
    ServerToolUse,
    Speed,
    InferenceGeo,
    ServiceTier,
    Iterations,
    Ephemeral5m,
    Ephemeral1h,
    WebSearchRequests,
}

/// <summary>Names of the properties by place.</summary>
internal static class LineFields
{
    /// <summary>Whether a property is a counter of a usage object.</summary>
    public static bool IsCounter(LineField field) => field is LineField.InputTokens or LineField.OutputTokens or LineField.CacheCreationInputTokens
        or LineField.CacheReadInputTokens or LineField.Ephemeral5m or LineField.Ephemeral1h or LineField.WebSearchRequests;

    /// <summary>Recognises the property a name stands for.</summary>
    public static LineField Identify(LinePlace place, in JsonToken token)
    {
        if (!token.IsEscaped)
        {
            return Identify(place, token.Value);
        }

        // "mess\u0061ge": spelled with escapes, still the same name.
        Span<byte> unescaped = token.Value.Length <= 256 ? stackalloc byte[token.Value.Length] : new byte[token.Value.Length];
        return Identify(place, unescaped[..JsonText.Unescape(token.Value, unescaped)]);
    }

    private static LineField Identify(LinePlace place, ReadOnlySpan<byte> name) => place switch
    {
        LinePlace.Root => Root(name),
        LinePlace.Message or LinePlace.NestedMessage => Message(name),
        LinePlace.Data => name.SequenceEqual("message"u8) ? LineField.Message : LineField.None,
        LinePlace.DataMessage => Progress(name),
        LinePlace.Usage => Usage(name),
        LinePlace.Iteration => name.Length switch
        {
            4 when name.SequenceEqual("type"u8) => LineField.Type,
            5 when name.SequenceEqual("model"u8) => LineField.Model,

            // "iterations": items hold none.
            10 => LineField.None,
            _ => Usage(name),
        },
        LinePlace.CacheCreation => name.Length != 25 ? LineField.None
            : name.SequenceEqual("ephemeral_5m_input_tokens"u8) ? LineField.Ephemeral5m
            : name.SequenceEqual("ephemeral_1h_input_tokens"u8) ? LineField.Ephemeral1h : LineField.None,
        LinePlace.ServerToolUse => name.SequenceEqual("web_search_requests"u8) ? LineField.WebSearchRequests : LineField.None,
        LinePlace.ContentBlock => name.SequenceEqual("text"u8) ? LineField.Text : name.SequenceEqual("input"u8) ? LineField.Input : LineField.None,
        _ => LineField.None,
    };

    private static LineField Root(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("cwd"u8) => LineField.Cwd,
        4 when name.SequenceEqual("data"u8) => LineField.Data,
        7 when name.SequenceEqual("version"u8) => LineField.Version,
        9 when name.SequenceEqual("sessionId"u8) => LineField.SessionId,
        11 when name.SequenceEqual("isSidechain"u8) => LineField.IsSidechain,
        _ => Progress(name),
    };

    private static LineField Progress(ReadOnlySpan<byte> name) => name.Length switch
    {
        7 when name.SequenceEqual("message"u8) => LineField.Message,
        7 when name.SequenceEqual("costUSD"u8) => LineField.CostUsd,
        9 when name.SequenceEqual("timestamp"u8) => LineField.Timestamp,
        9 when name.SequenceEqual("requestId"u8) => LineField.RequestId,
        _ => LineField.None,
    };

    private static LineField Message(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => LineField.Id,
        5 when name.SequenceEqual("model"u8) => LineField.Model,
        5 when name.SequenceEqual("usage"u8) => LineField.Usage,
        7 when name.SequenceEqual("content"u8) => LineField.Content,
        _ => LineField.None,
    };

    private static LineField Usage(ReadOnlySpan<byte> name) => name.Length switch
    {
        5 when name.SequenceEqual("speed"u8) => LineField.Speed,
        10 when name.SequenceEqual("iterations"u8) => LineField.Iterations,
        12 when name.SequenceEqual("input_tokens"u8) => LineField.InputTokens,
        12 when name.SequenceEqual("service_tier"u8) => LineField.ServiceTier,
        13 when name.SequenceEqual("output_tokens"u8) => LineField.OutputTokens,
        13 when name.SequenceEqual("inference_geo"u8) => LineField.InferenceGeo,
        14 when name.SequenceEqual("cache_creation"u8) => LineField.CacheCreation,
        15 when name.SequenceEqual("server_tool_use"u8) => LineField.ServerToolUse,
        23 when name.SequenceEqual("cache_read_input_tokens"u8) => LineField.CacheReadInputTokens,
        27 when name.SequenceEqual("cache_creation_input_tokens"u8) => LineField.CacheCreationInputTokens,
        _ => LineField.None,
    };
}
