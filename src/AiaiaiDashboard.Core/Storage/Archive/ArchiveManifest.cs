using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Storage.Archive;

/// <summary>What an archive says about itself, in its entry <see cref="EntryName"/>.</summary>
/// <param name="Format">Always <see cref="DataFormat"/>.</param>
/// <param name="Version">Always 1.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Files">Every other entry.</param>
public sealed record ArchiveManifest(string Format, int Version, DateTimeOffset CreatedAt, IReadOnlyList<ArchivedFile> Files)
{
    /// <summary>Name of the entry.</summary>
    public const string EntryName = "archive-manifest";

    /// <summary>Tells an archive of ours from any other zip file.</summary>
    public const string DataFormat = "aiaiai-dashboard-data";
}

/// <summary>One file of an archive.</summary>
/// <param name="Name">Path in the data directory, with <c>/</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Of its content, 64 lower-case hexadecimal digits.</param>
public sealed record ArchivedFile(string Name, long Length, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ArchiveManifest))]
internal sealed partial class ArchiveJson : JsonSerializerContext;
