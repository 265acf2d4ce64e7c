using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>A data directory of its own for one test, deleted afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    // In memory where the system offers it: what these tests check does not depend on how long a disk takes to flush.
    private const string MemoryFolder = "/dev/shm";

    /// <summary>Creates the folder.</summary>
    /// <param name="name">Name of the data directory.</param>
    /// <param name="onDisk">Whether it must lie on a real disk.</param>
    public TestFolder(string? name = null, bool onDisk = false)
    {
        Parent = !onDisk && Directory.Exists(MemoryFolder)
            ? Directory.CreateDirectory(Path.Combine(MemoryFolder, $"aiaiai-test-{Guid.NewGuid():N}")).FullName
            : Directory.CreateTempSubdirectory("aiaiai-test-").FullName;
        Data = new DataDirectory(Path.Combine(Parent, name ?? "data"));
    }

    public string Parent { get; }

    public DataDirectory Data { get; }

    public string Write(string relative, string content) => Write(relative, Encoding.UTF8.GetBytes(content));

    public string Write(string relative, byte[] content)
    {
        string path = Data.PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Text(string relative) => File.ReadAllText(Data.PathOf(relative));

    /// <summary>Relative names of all files, sorted.</summary>
    public string[] Files() =>
        Directory.Exists(Data.Root)
            ? [.. Directory.EnumerateFiles(Data.Root, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Data.Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Sets a Unix mode; nothing on Windows.</summary>
    public static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }

    public void Dispose() => Directory.Delete(Parent, recursive: true);
}

/// <summary>A small document with every kind of member the store has to keep.</summary>
internal sealed record Note
{
    public static readonly DocumentType<Note> Person = new("config/note.json", DocumentJson.TypeInfo<Note>(NoteJsonContext.Default), DocumentKind.Person);

    public static readonly DocumentType<Note> Derived = new("note.json", DocumentJson.TypeInfo<Note>(NoteJsonContext.Default), DocumentKind.Derived);

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SchemaVersion { get; init; }

    public string Text { get; init; } = "initial";

    public int Version { get; init; }

    public decimal? Amount { get; init; } = 200;

    public IReadOnlyList<int> Numbers { get; init; } = [];

    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

internal sealed record Reading
{
    public required string Name { get; init; }

    public double Value { get; init; }

    public DateOnly? Day { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Reading))]
internal sealed partial class NoteJsonContext : JsonSerializerContext;
