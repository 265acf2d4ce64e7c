using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>The documents of this part.</summary>
public static class ProjectDocuments
{
    /// <summary>projects.json.</summary>
    public static DocumentType<ProjectList> Projects { get; } =
        new(DataFiles.Projects, static () => DocumentJson.TypeInfo<ProjectList>(ProjectJson.Default), DocumentKind.Person, static () => new ProjectListValidator());

    /// <summary>cache/projects.json: what the last look found, so that a page has it before the first sync of a start.</summary>
    public static DocumentType<ProjectFacts> Facts { get; } =
        new(DataFiles.ProjectFacts, static () => DocumentJson.TypeInfo<ProjectFacts>(ProjectJson.Default), DocumentKind.Derived);
}

/// <summary>The document cache/projects.json.</summary>
/// <param name="Projects">Project id to what was found, by id.</param>
public sealed record ProjectFacts(Dictionary<string, ProjectState> Projects)
{
    /// <summary>The facts of a look.</summary>
    public static ProjectFacts Of(ProjectScan scan)
    {
        // A dictionary keeps the order in which it was filled; the code of a sorted one is compiled when the program runs.
        string[] ids = [.. scan.States.Keys];
        Array.Sort(ids, StringComparer.Ordinal);
        var facts = new Dictionary<string, ProjectState>(StringComparer.Ordinal);
        foreach (string id in ids)
        {
            facts.Add(id, scan.States[id]);
        }

        return new ProjectFacts(facts);
    }
}

/// <summary>Generated readers and writers of projects.json.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProjectList))]
[JsonSerializable(typeof(ProjectFacts))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ProjectJson : JsonSerializerContext;
