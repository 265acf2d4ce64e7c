using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Quality;

/// <summary>The documents of this part.</summary>
public static class QualityDocuments
{
    /// <summary>quality.json.</summary>
    public static DocumentType<QualityList> Quality { get; } =
        new(DataFiles.Quality, static () => DocumentJson.TypeInfo<QualityList>(QualityJson.Default), DocumentKind.Derived);
}

/// <summary>Generated readers and writers of quality.json.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(QualityList))]
internal sealed partial class QualityJson : JsonSerializerContext;
