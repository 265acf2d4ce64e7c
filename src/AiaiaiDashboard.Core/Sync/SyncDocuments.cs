using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>The documents of this folder.</summary>
public static class SyncDocuments
{
    /// <summary>sync-status.json.</summary>
    public static DocumentType<SyncStatus> Status { get; } =
        new(DataFiles.SyncStatus, DocumentJson.TypeInfo<SyncStatus>(SyncJson.Default), DocumentKind.Derived);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SyncStatus))]
internal sealed partial class SyncJson : JsonSerializerContext;
