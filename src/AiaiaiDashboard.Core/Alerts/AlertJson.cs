using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>JSON of alerts: for commands, the API and the files.</summary>
public static class AlertJson
{
    /// <summary>A list of alerts.</summary>
    public static JsonTypeInfo<IReadOnlyList<ActiveAlert>> List { get; } = DocumentJson.TypeInfo<IReadOnlyList<ActiveAlert>>(AlertJsonContext.Default);

    /// <summary>alert-state.json.</summary>
    public static DocumentType<AlertState> State { get; } =
        new(DataFiles.AlertState, DocumentJson.TypeInfo<AlertState>(AlertJsonContext.Default), DocumentKind.Derived, new AlertStateValidator());

    /// <summary>A line of the journal.</summary>
    internal static JsonTypeInfo<AlertEvent> Event { get; } = DocumentJson.TypeInfo<AlertEvent>(AlertJsonContext.Default);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<ActiveAlert>))]
[JsonSerializable(typeof(AlertState))]
[JsonSerializable(typeof(AlertEvent))]
internal sealed partial class AlertJsonContext : JsonSerializerContext;
