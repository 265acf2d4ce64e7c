using System.Text.Json;
using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>The documents under <c>config/</c> that a person edits, with their rules.</summary>
public static class ConfigDocuments
{
    /// <summary>config/alerts.json.</summary>
    public static DocumentType<AlertsConfig> Alerts { get; } =
        new(DataFiles.Alerts, static () => DocumentJson.TypeInfo<AlertsConfig>(SettingsJsonContext.Default), DocumentKind.Person, static () => new AlertsConfigValidator());

    /// <summary>config/sync.json.</summary>
    public static DocumentType<SyncConfig> Sync { get; } =
        new(DataFiles.Sync, static () => DocumentJson.TypeInfo<SyncConfig>(SettingsJsonContext.Default), DocumentKind.Person, static () => new SyncConfigValidator());

    /// <summary>config/sources.json.</summary>
    public static DocumentType<SourcesConfig> Sources { get; } =
        new(DataFiles.Sources, static () => DocumentJson.TypeInfo<SourcesConfig>(SettingsJsonContext.Default), DocumentKind.Person, static () => new SourcesConfigValidator());

    /// <summary>config/board.json.</summary>
    public static DocumentType<BoardConfig> Board { get; } =
        new(DataFiles.Board, static () => DocumentJson.TypeInfo<BoardConfig>(SettingsJsonContext.Default), DocumentKind.Person, static () => new BoardConfigValidator());

    /// <summary>config/security.json; read once, at the start of a server.</summary>
    public static DocumentType<SecurityConfig> Security { get; } =
        new(DataFiles.Security, static () => DocumentJson.TypeInfo<SecurityConfig>(SettingsJsonContext.Default), DocumentKind.Person, static () => new SecurityConfigValidator());

    /// <summary>config/budget.json of the original dashboard; read only.</summary>
    internal static DocumentType<OriginalBudget> Budget { get; } =
        new(DataFiles.Budget, static () => DocumentJson.TypeInfo<OriginalBudget>(SettingsJsonContext.Default), DocumentKind.Person);

    /// <summary>The budget inside tokens.json; read only, the entries are another part's.</summary>
    internal static DocumentType<BudgetOfTokens> TokensBudget { get; } =
        new(DataFiles.Tokens, static () => DocumentJson.TypeInfo<BudgetOfTokens>(SettingsJsonContext.Default), DocumentKind.Person);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AlertsConfig))]
[JsonSerializable(typeof(SyncConfig))]
[JsonSerializable(typeof(SourcesConfig))]
[JsonSerializable(typeof(BoardConfig))]
[JsonSerializable(typeof(SecurityConfig))]
[JsonSerializable(typeof(OriginalBudget))]
[JsonSerializable(typeof(BudgetOfTokens))]
internal sealed partial class SettingsJsonContext : JsonSerializerContext;
