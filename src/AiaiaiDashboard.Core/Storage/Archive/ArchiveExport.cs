using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Storage.Archive;

/// <summary>
/// Writes a data directory into one zip file, also while a server writes to it: all files are of one moment, because an attempt during which any of
/// them changed is begun again.
/// </summary>
public static class ArchiveExport
{
    private const int MaxAttempts = 20;
    private const int CopyBuffer = 128 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Writes the archive.</summary>
    /// <param name="directory">What to save.</param>
    /// <param name="target">A file that does not exist yet.</param>
    /// <param name="time">Clock.</param>
    /// <param name="ct">Leaves nothing behind.</param>
    /// <returns>What is in it.</returns>
    /// <exception cref="IOException">The target exists or cannot be written, or the directory never stood still.</exception>
    public static async Task<ArchiveManifest> WriteAsync(DataDirectory directory, string target, TimeProvider time, CancellationToken ct = default)
    {
        if (Path.Exists(target))
        {
            throw new IOException($"{target} exists already: name another file, or move that one away.");
        }

        // Budgets and project names are in there: for its owner only, from the first byte on.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileModes.PrivateFile;
        }

        string unfinished = $"{target}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}.unfinished";
        try
        {
            ArchiveManifest manifest;
            using (var file = new FileStream(unfinished, options))
            {
                manifest = await WriteSteadyAsync(directory, file, time, ct);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, target, overwrite: false);
            return manifest;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static async Task<ArchiveManifest> WriteSteadyAsync(DataDirectory directory, FileStream file, TimeProvider time, CancellationToken ct)
    {
        for (int attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            string before = Stamp(directory);
            file.SetLength(0);
            if (await TryWriteAsync(directory, file, time.GetUtcNow(), ct) is { } manifest && Stamp(directory) == before)
            {
                return manifest;
            }

            await Task.Delay(Pause, time, ct);
        }

        throw new IOException($"The files in {directory.Root} changed all the time, so that no archive shows one moment. Try again when no sync runs.");
    }

    /// <summary>Null where a file went away meanwhile.</summary>
    private static async Task<ArchiveManifest?> TryWriteAsync(DataDirectory directory, Stream output, DateTimeOffset now, CancellationToken ct)
    {
        List<ArchivedFile> files = [];
        using var zip = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        foreach (string name in ArchivedFiles.In(directory))
        {
            try
            {
                await using var source = new FileStream(
                    directory.PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, CopyBuffer, FileOptions.SequentialScan);
                await using Stream entry = await Entry(zip, name, now).OpenAsync(ct);
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                byte[] buffer = new byte[CopyBuffer];
                long length = 0;
                for (int count; (count = await source.ReadAsync(buffer, ct)) > 0; length += count)
                {
                    hash.AppendData(buffer, 0, count);
                    await entry.WriteAsync(buffer.AsMemory(0, count), ct);
                }

                files.Add(new ArchivedFile(name, length, Convert.ToHexStringLower(hash.GetHashAndReset())));
            }
            catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
            {
                return null;
            }
        }

        var manifest = new ArchiveManifest(ArchiveManifest.DataFormat, 1, now, files);
        await using Stream last = await Entry(zip, ArchiveManifest.EntryName, now).OpenAsync(ct);
        await JsonSerializer.SerializeAsync(last, manifest, ArchiveJson.Default.ArchiveManifest, ct);
        return manifest;
    }

    private static ZipArchiveEntry Entry(ZipArchive zip, string name, DateTimeOffset now)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = now;
        return entry;
    }

    private static string Stamp(DataDirectory directory) => string.Join('\n', ArchivedFiles.In(directory)
        .Select(name => (Name: name, File: new FileInfo(directory.PathOf(name))))
        .Select(f => f.File.Exists ? $"{f.Name} {f.File.Length} {f.File.LastWriteTimeUtc.Ticks}" : f.Name));
}
