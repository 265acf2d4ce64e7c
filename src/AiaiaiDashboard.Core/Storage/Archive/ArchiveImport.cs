using System.Text.Json;

namespace AiaiaiDashboard.Core.Storage.Archive;

/// <summary>
/// Replaces the content of a data directory by that of an archive: unpacked beside it and checked first, then moved into place; what was there is kept in
/// <see cref="KeptFolder"/>. A process that is killed in between leaves <c>.import/</c>, from which the next start goes back to what was there.
/// The caller holds the directory's lock.
/// </summary>
public static class ArchiveImport
{
    /// <summary>What was there before the last import.</summary>
    public const string KeptFolder = "before-import";

    private const string WorkFolder = ".import";
    private const string Staged = $"{WorkFolder}/new";
    private const string Replaced = $"{WorkFolder}/old";

    // The names that did not exist before; while this file exists, the import is not done.
    private const string Begun = $"{WorkFolder}/begun.json";

    // Describes what was read into the ledger that goes away.
    private const string Cache = "cache";

    /// <summary>Imports an archive.</summary>
    /// <param name="directory">The data directory, locked by the caller.</param>
    /// <param name="path">The archive.</param>
    /// <param name="check">Says what is wrong with the unpacked directory; nothing is replaced where something is.</param>
    /// <param name="ct">Takes effect until files are replaced.</param>
    /// <returns>What the archive holds, and what is wrong with it; where something is, nothing was changed.</returns>
    /// <exception cref="InvalidDataException">It is no archive of ours, or damaged; nothing was changed.</exception>
    /// <exception cref="IOException">A file could not be read or written; the old content is in place.</exception>
    public static async Task<(ArchiveManifest Manifest, IReadOnlyList<FileProblem> Problems)> RunAsync(
        DataDirectory directory, string path, Func<DataDirectory, IReadOnlyList<FileProblem>> check, CancellationToken ct = default)
    {
        Recover(directory);
        FolderCreation.Ensure(PhysicalFileSystem.Instance, directory.PathOf(Staged));
        try
        {
            var staged = new DataDirectory(directory.PathOf(Staged));
            ArchiveManifest manifest = await ArchiveReader.UnpackAsync(path, staged, ct);
            IReadOnlyList<FileProblem> problems = check(staged);
            if (problems.Count == 0)
            {
                Replace(directory, [.. manifest.Files.Select(f => f.Name)]);
            }

            return (manifest, problems);
        }
        finally
        {
            Recover(directory);
        }
    }

    /// <summary>Whether a killed import left something behind: what the directory holds may then be of neither state.</summary>
    public static bool IsPending(DataDirectory directory) => Directory.Exists(directory.PathOf(WorkFolder));

    /// <summary>Ends what a killed import left behind: goes back where it was not done, else only tidies up.</summary>
    public static void Recover(DataDirectory directory)
    {
        if (!IsPending(directory))
        {
            return;
        }

        if (File.Exists(directory.PathOf(Begun)))
        {
            GoBack(directory);
        }
        else if (Directory.Exists(directory.PathOf(Replaced)))
        {
            Delete(directory.PathOf(KeptFolder));
            Directory.Move(directory.PathOf(Replaced), directory.PathOf(KeptFolder));
        }

        Delete(directory.PathOf(WorkFolder));
    }

    private static void Replace(DataDirectory directory, string[] names)
    {
        FolderCreation.Ensure(PhysicalFileSystem.Instance, directory.PathOf(Replaced));
        IReadOnlyList<string> before = ArchivedFiles.In(directory);
        string[] added = [.. names.Except(before, StringComparer.Ordinal)];
        AtomicFile.Replace(PhysicalFileSystem.Instance, directory.PathOf(Begun), output => JsonSerializer.Serialize(output, added, NamesJson.Default.StringArray));
        foreach (string name in before)
        {
            Move(directory, name, $"{Replaced}/{name}");
        }

        if (Directory.Exists(directory.PathOf(Cache)))
        {
            Directory.Move(directory.PathOf(Cache), directory.PathOf($"{Replaced}/{Cache}"));
        }

        foreach (string name in names)
        {
            Move(directory, $"{Staged}/{name}", name);
        }

        FlushFolders(directory);
        File.Delete(directory.PathOf(Begun));
        PhysicalFileSystem.Instance.FlushDirectory(directory.PathOf(WorkFolder));
    }

    private static void GoBack(DataDirectory directory)
    {
        // May itself be cut short, and is then begun again: only what the import added is deleted, old files go over new ones.
        string[] added = JsonSerializer.Deserialize(File.ReadAllBytes(directory.PathOf(Begun)), NamesJson.Default.StringArray) ?? [];
        foreach (string name in added.Where(name => ArchivedFiles.Includes(name) && File.Exists(directory.PathOf(name))))
        {
            File.Delete(directory.PathOf(name));
        }

        if (Directory.Exists(directory.PathOf(Replaced)))
        {
            foreach (string name in ArchivedFiles.In(new DataDirectory(directory.PathOf(Replaced))))
            {
                Move(directory, $"{Replaced}/{name}", name);
            }

            string cache = directory.PathOf($"{Replaced}/{Cache}");
            if (Directory.Exists(cache) && !Directory.Exists(directory.PathOf(Cache)))
            {
                Directory.Move(cache, directory.PathOf(Cache));
            }
        }

        FlushFolders(directory);
        File.Delete(directory.PathOf(Begun));
    }

    private static void Move(DataDirectory directory, string from, string to)
    {
        string target = directory.PathOf(to);
        FolderCreation.Ensure(PhysicalFileSystem.Instance, Path.GetDirectoryName(target)!);
        File.Move(directory.PathOf(from), target, overwrite: true);
    }

    private static void FlushFolders(DataDirectory directory)
    {
        foreach (string folder in (string[])[directory.PathOf("config"), directory.PathOf("history"), directory.Root])
        {
            if (Directory.Exists(folder))
            {
                PhysicalFileSystem.Instance.FlushDirectory(folder);
            }
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string[]))]
internal sealed partial class NamesJson : System.Text.Json.Serialization.JsonSerializerContext;
