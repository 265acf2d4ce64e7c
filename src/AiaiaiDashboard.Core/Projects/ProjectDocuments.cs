using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>The documents of this part.</summary>
public static class ProjectDocuments
{
    /// <summary>projects.json.</summary>
    public static DocumentType<ProjectList> Projects { get; } =
        new(DataFiles.Projects, static () => DocumentJson.TypeInfo<ProjectList>(ProjectJson.Default), DocumentKind.Person, static () => new ProjectListValidator());
}

/// <summary>Generated readers and writers of projects.json.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProjectList))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ProjectJson : JsonSerializerContext;
