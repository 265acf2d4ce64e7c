using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// cache/claude-code-versions.json: the calls each version of Claude Code recorded, and how many of them with too little output. Derived; shown
/// beside the ledger, counted nowhere.
/// </summary>
public sealed record TranscriptVersions
{
    /// <summary>Path of the document below the data directory.</summary>
    public const string File = "cache/claude-code-versions.json";

    /// <summary>The document.</summary>
    public static readonly DocumentType<TranscriptVersions> Document =
        new(File, static () => DocumentJson.TypeInfo<TranscriptVersions>(TranscriptVersionsJsonContext.Default), DocumentKind.Derived) { WriteByHand = Write };

    /// <summary>Versions, oldest first by their first call.</summary>
    public IReadOnlyList<TranscriptVersion> Versions { get; init; } = [];

    private static void Write(Utf8JsonWriter json, TranscriptVersions document)
    {
        json.WriteStartObject();
        json.WriteStartArray("versions"u8);
        foreach (TranscriptVersion version in document.Versions)
        {
            json.WriteStartObject();
            json.WriteString("version"u8, version.Version);
            json.WriteNumber("calls"u8, version.Calls);
            json.WriteNumber("incompleteCalls"u8, version.IncompleteCalls);
            json.WriteString("firstDay"u8, IsoDay.Text(version.FirstDay));
            json.WriteString("lastDay"u8, IsoDay.Text(version.LastDay));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>The calls of one version of Claude Code, in all transcripts read so far.</summary>
/// <param name="Version">As the transcripts name it; empty where they do not.</param>
/// <param name="Calls">Calls after de-duplication.</param>
/// <param name="IncompleteCalls">Those whose recorded output is under a quarter of the visible text.</param>
/// <param name="FirstDay">Day of the first call, in the configured zone.</param>
/// <param name="LastDay">Day of the last call.</param>
public sealed record TranscriptVersion(string Version, long Calls, long IncompleteCalls, DateOnly FirstDay, DateOnly LastDay);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TranscriptVersions))]
internal sealed partial class TranscriptVersionsJsonContext : JsonSerializerContext;
