using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>The documents of this folder.</summary>
public static class AnalyticsDocuments
{
    /// <summary>analytics.json.</summary>
    public static DocumentType<AnalyticsDocument> Analytics { get; } =
        new(DataFiles.Analytics, DocumentJson.TypeInfo<AnalyticsDocument>(AnalyticsJson.Default), DocumentKind.Derived);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AnalyticsDocument))]
internal sealed partial class AnalyticsJson : JsonSerializerContext;
