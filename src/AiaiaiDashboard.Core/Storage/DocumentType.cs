using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using FluentValidation;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>Whose a document is, which decides what happens when it is broken.</summary>
public enum DocumentKind
{
    /// <summary>A person edits it: never overwritten while broken; the previous version is kept as <c>.bak</c>.</summary>
    Person,

    /// <summary>The program can compute it again: a broken one is set aside as <c>.broken</c> by the next write.</summary>
    Derived,
}

/// <summary>One JSON document of the data directory.</summary>
/// <param name="Name">One of <see cref="DataFiles"/>: path relative to the data directory.</param>
/// <param name="MakeJson">Makes the metadata, from <see cref="DocumentJson.TypeInfo{T}"/>: only when a file is there to be read or written, since it takes longer than reading it.</param>
/// <param name="Kind">Whose it is.</param>
/// <param name="MakeValidator">Makes the rules beyond the types; their property names are turned into JSON paths. Null for none.</param>
/// <typeparam name="T">The record of its content.</typeparam>
public sealed record DocumentType<T>(string Name, Func<JsonTypeInfo<T>> MakeJson, DocumentKind Kind, Func<IValidator<T>>? MakeValidator = null)
    where T : class
{
    private readonly Lazy<JsonTypeInfo<T>> json = new(MakeJson);
    private readonly Lazy<IValidator<T>>? validator = MakeValidator is null ? null : new(MakeValidator);

    /// <summary>A document whose metadata and rules exist already.</summary>
    public DocumentType(string name, JsonTypeInfo<T> json, DocumentKind kind, IValidator<T>? validator = null)
        : this(name, () => json, kind, validator is null ? null : () => validator)
    {
    }

    /// <summary>Metadata of the content.</summary>
    public JsonTypeInfo<T> Json => json.Value;

    /// <summary>Rules beyond the types; null for none.</summary>
    public IValidator<T>? Validator => validator?.Value;

    /// <summary>Writes the content as its metadata would, where making them ready takes longer than writing. Null for none.</summary>
    public Action<Utf8JsonWriter, T>? WriteByHand { get; init; }

    /// <summary>The version this program writes; a file with a higher <c>schemaVersion</c> is refused untouched. Absent in a file means 1.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>
    /// Turns a document of an older version (second argument) into one of <see cref="SchemaVersion"/>, its <c>schemaVersion</c> included. The
    /// original is kept as <c>NAME.v1.bak</c> when the document is next written. Null where older versions need no change.
    /// </summary>
    public Func<JsonObject, int, JsonObject>? Upgrade { get; init; }
}

/// <summary>What reading a document gave.</summary>
/// <param name="Value">The content; null where the file does not exist or is broken.</param>
/// <param name="Exists">Whether the file is there.</param>
/// <param name="Problem">The first thing that is wrong; null when nothing is.</param>
public sealed record DocumentRead<T>(T? Value, bool Exists, FileProblem? Problem)
    where T : class
{
    /// <summary>Everything that is wrong; <see cref="Problem"/> is the first.</summary>
    public IReadOnlyList<FileProblem> Problems { get; init; } = Problem is null ? [] : [Problem];

    /// <summary>True where a newer version of the program wrote the file: it must stay untouched whatever its kind.</summary>
    public bool IsNewer { get; init; }

    /// <summary>True where the file itself cannot be read: it may be in order, so that it must stay untouched whatever its kind.</summary>
    internal bool IsUnreadable { get; init; }

    /// <summary>The version the file had before it was upgraded in memory; null where it needed no upgrade.</summary>
    internal int? UpgradedFrom { get; init; }
}
