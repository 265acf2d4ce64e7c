using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;

namespace AiaiaiDashboard.Core.Projects;

/// <summary>The documents of this part and how they are read.</summary>
public static class ProjectDocuments
{
    // The file is read by people in an editor: names in any script stay letters. It is never put into HTML unencoded.
    internal static readonly ProjectJson Context = new(new JsonSerializerOptions(ProjectJson.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>JSON shape of projects.json.</summary>
    public static JsonTypeInfo<ProjectList> Json { get; } = Context.ProjectList;

    /// <summary>Rules of projects.json.</summary>
    public static IValidator<ProjectList> Validator { get; } = new ProjectListValidator();
}

/// <summary>Generated readers and writers of projects.json.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(ProjectList))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(decimal))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
internal sealed partial class ProjectJson : JsonSerializerContext;
