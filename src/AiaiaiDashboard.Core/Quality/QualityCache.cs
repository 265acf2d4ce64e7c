using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Quality.Reports;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Quality;

/// <summary>cache/quality.json: what was read of each project, and by what it is told that nothing has changed since. Can be deleted at any time.</summary>
internal sealed record QualityCache
{
    /// <summary>Raised when the same files are to be read anew by a later version of the program.</summary>
    public const int CurrentVersion = 1;

    /// <summary>The document.</summary>
    public static DocumentType<QualityCache> Document { get; } =
        new("cache/quality.json", DocumentJson.TypeInfo<QualityCache>(QualityCacheJson.Default), DocumentKind.Derived);

    /// <summary>Version of the readers that filled it.</summary>
    public int Version { get; init; }

    /// <summary>Project id to what is known of it.</summary>
    public SortedDictionary<string, ProjectQualityCache> Projects { get; init; } = new(StringComparer.Ordinal);
}

/// <summary>What is known of one project.</summary>
internal sealed record ProjectQualityCache
{
    /// <summary>Its folder.</summary>
    public string Path { get; init; } = "";

    /// <summary>Length, time and id of git's index when it was counted; null where there was none.</summary>
    public string? Index { get; init; }

    /// <summary>What was counted; null where nothing was.</summary>
    public CodeCounts? Code { get; init; }

    /// <summary>Why nothing, or not everything, was counted.</summary>
    public string? CodeReason { get; init; }

    /// <summary>The counted contents, see <see cref="Source.CountedBlob"/>.</summary>
    public byte[] Blobs { get; init; } = [];

    /// <summary>Hash of the reports that were found, of the rules, and of the index.</summary>
    public string Reports { get; init; } = "";

    /// <summary>What they say.</summary>
    public ReportFindings Findings { get; init; } = new();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QualityCache))]
internal sealed partial class QualityCacheJson : JsonSerializerContext;
