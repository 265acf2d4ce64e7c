using System.Text.Json;
using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Quality;

/// <summary>One measurement of a project in quality.json. What was not measured is null, never 0.</summary>
public sealed record QualityRecord
{
    /// <summary>Project id.</summary>
    public string Project { get; init; } = "";

    /// <summary>Day of the measurement, <c>YYYY-MM-DD</c>.</summary>
    public string? Date { get; init; }

    /// <summary>Coverage in percent.</summary>
    public CoverageRecord? TestCoverage { get; init; }

    /// <summary>Lighthouse score, 0 to 100.</summary>
    public decimal? LighthouseScore { get; init; }

    /// <summary>Open issues found in the code.</summary>
    public int? OpenIssues { get; init; }

    /// <summary>none, low, medium or high.</summary>
    public string? TechDebt { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>Overall coverage: as stated, else the mean of its parts.</summary>
    [JsonIgnore]
    public decimal? Coverage => TestCoverage is null ? null
        : TestCoverage.Overall ?? (TestCoverage.Frontend is { } front && TestCoverage.Backend is { } back ? (front + back) / 2 : TestCoverage.Frontend ?? TestCoverage.Backend);
}

/// <summary>Coverage in percent, 0 to 100.</summary>
public sealed record CoverageRecord
{
    /// <summary>Frontend code.</summary>
    public decimal? Frontend { get; init; }

    /// <summary>Backend code.</summary>
    public decimal? Backend { get; init; }

    /// <summary>All code.</summary>
    public decimal? Overall { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>The document quality.json: an array of measurements.</summary>
public sealed class QualityList : List<QualityRecord>
{
    /// <summary>The newest measurement of each project, by project id.</summary>
    public IReadOnlyDictionary<string, QualityRecord> Latest() => this
        .GroupBy(q => q.Project, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => g.MaxBy(q => q.Date ?? "", StringComparer.Ordinal)!, StringComparer.Ordinal);

    /// <summary>Averages over the newest measurements; what nobody measured is null.</summary>
    public QualitySummary Summary()
    {
        QualityRecord[] latest = [.. Latest().Values];
        return new QualitySummary
        {
            AverageCoverage = latest.Average(q => q.Coverage),
            AverageLighthouse = latest.Average(q => q.LighthouseScore),
            OpenIssues = Array.Exists(latest, q => q.OpenIssues is not null) ? latest.Sum(q => q.OpenIssues) : null,
            MeasuredProjects = latest.Count(q => q.Coverage is not null || q.LighthouseScore is not null || q.OpenIssues is not null),
        };
    }
}

/// <summary>The documents of this folder.</summary>
public static class QualityDocuments
{
    /// <summary>quality.json.</summary>
    public static DocumentType<QualityList> Quality { get; } =
        new(DataFiles.Quality, DocumentJson.TypeInfo<QualityList>(QualityJson.Default), DocumentKind.Derived);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QualityList))]
internal sealed partial class QualityJson : JsonSerializerContext;
