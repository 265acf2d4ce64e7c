using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Storage.Archive;

/// <summary>Unpacks an archive that may be damaged, or made by somebody who means harm: nothing leaves the folder, and everything is bounded.</summary>
internal static class ArchiveReader
{
    private const int MaxFiles = 10_000;
    private const long MaxFileBytes = 1024L * 1024 * 1024;
    private const long MaxBytes = 8 * MaxFileBytes;
    private const int MaxManifestBytes = 4 * 1024 * 1024;
    private const int CopyBuffer = 128 * 1024;

    /// <summary>Unpacks into an empty folder.</summary>
    /// <exception cref="InvalidDataException">It is no archive of ours, or not whole; the message says which.</exception>
    public static async Task<ArchiveManifest> UnpackAsync(string path, DataDirectory target, CancellationToken ct)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            using var zip = new ZipArchive(file, ZipArchiveMode.Read);
            ArchiveManifest manifest = await ManifestAsync(zip, ct);
            Dictionary<string, ZipArchiveEntry> entries = Entries(zip, manifest);
            foreach (ArchivedFile archived in manifest.Files)
            {
                await UnpackAsync(entries[archived.Name], archived, target, ct);
            }

            return manifest;
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException)
        {
            throw new InvalidDataException($"{path} cannot be imported: {exception.Message}", exception);
        }
    }

    private static async Task<ArchiveManifest> ManifestAsync(ZipArchive zip, CancellationToken ct)
    {
        if (zip.Entries.Count > MaxFiles + 1 || zip.GetEntry(ArchiveManifest.EntryName) is not { Length: <= MaxManifestBytes } entry)
        {
            throw new InvalidDataException("it was not made by the command export.");
        }

        await using Stream stream = await entry.OpenAsync(ct);
        byte[] bytes = new byte[(int)entry.Length];
        await stream.ReadExactlyAsync(bytes, ct);
        ArchiveManifest? manifest = JsonSerializer.Deserialize(bytes, ArchiveJson.Default.ArchiveManifest);
        if (manifest is not { Format: ArchiveManifest.DataFormat, Files: not null })
        {
            throw new InvalidDataException("it was not made by the command export.");
        }

        return manifest.Version == 1 ? manifest : throw new InvalidDataException($"it is of version {manifest.Version}, and this program reads version 1.");
    }

    private static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive zip, ArchiveManifest manifest)
    {
        // Ignoring case: two names that are one file on another system would overwrite each other.
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.OrdinalIgnoreCase);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            if (entry.FullName != ArchiveManifest.EntryName && !(ArchivedFiles.Includes(entry.FullName) && entries.TryAdd(entry.FullName, entry)))
            {
                throw new InvalidDataException("it holds a file that does not belong into a data directory, or one twice.");
            }
        }

        if (manifest.Files.Any(f => f is null)
            || manifest.Files.Count != entries.Count
            || manifest.Files.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count() != entries.Count
            || manifest.Files.Any(f => f.Name is null || !entries.TryGetValue(f.Name, out ZipArchiveEntry? entry) || entry.FullName != f.Name || f.Length is < 0 or > MaxFileBytes)
            || manifest.Files.Sum(f => f.Length) > MaxBytes)
        {
            throw new InvalidDataException("its list of files does not fit what is in it.");
        }

        return entries;
    }

    private static async Task UnpackAsync(ZipArchiveEntry entry, ArchivedFile archived, DataDirectory target, CancellationToken ct)
    {
        string path = target.PathOf(archived.Name);
        FolderCreation.Ensure(PhysicalFileSystem.Instance, Path.GetDirectoryName(path)!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileModes.PrivateFile;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using Stream source = await entry.OpenAsync(ct);
        using var file = new FileStream(path, options);
        byte[] buffer = new byte[CopyBuffer];
        long length = 0;
        for (int count; (count = await source.ReadAsync(buffer, ct)) > 0;)
        {
            // Counted as it comes: what the zip says about its own sizes is not believed.
            length += count;
            if (length > archived.Length)
            {
                break;
            }

            hash.AppendData(buffer, 0, count);
            await file.WriteAsync(buffer.AsMemory(0, count), ct);
        }

        if (length != archived.Length || !string.Equals(Convert.ToHexStringLower(hash.GetHashAndReset()), archived.Sha256, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{archived.Name} is damaged.");
        }

        file.Flush(flushToDisk: true);
    }
}
