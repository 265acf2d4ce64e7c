using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Analytics;

/// <summary>The documents of this folder.</summary>
public static class AnalyticsDocuments
{
    /// <summary>analytics.json.</summary>
    public static DocumentType<AnalyticsDocument> Analytics { get; } =
        new(DataFiles.Analytics, static () => DocumentJson.TypeInfo<AnalyticsDocument>(AnalyticsJson.Default), DocumentKind.Derived) { WriteByHand = AnalyticsWriter.Write };

    /// <summary>Replaces the document of a directory in which it is known to be whole, by what a store would write.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="document">The figures.</param>
    internal static void Replace(DataDirectory directory, AnalyticsDocument document)
    {
        string path = directory.PathOf(DataFiles.Analytics);
        byte[] content = DocumentJson.Serialize(document.ForFile(), Analytics);
        if (!File.ReadAllBytes(path).AsSpan().SequenceEqual(content))
        {
            AtomicFile.Replace(PhysicalFileSystem.Instance, path, output => output.Write(content));
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AnalyticsDocument))]
internal sealed partial class AnalyticsJson : JsonSerializerContext;
