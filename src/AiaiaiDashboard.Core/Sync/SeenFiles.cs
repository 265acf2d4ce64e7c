using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Sync;

/// <summary>
/// Files as the file system tells of them without opening any: those below a data directory by their name there, places elsewhere by their whole path,
/// also where nothing is.
/// </summary>
internal sealed class SeenFiles
{
    /// <summary>Files and folders noted at most; a larger data directory is always synced in full.</summary>
    private const int Max = 20_000;

    // Outcomes and locks: they say nothing about what a sync would find.
    private static readonly HashSet<string> Left = new(StringComparer.Ordinal) { DataFiles.SyncStatus, DataFiles.Lock, SyncStamp.File };

    private readonly Dictionary<string, Seen> files = new(StringComparer.Ordinal);

    /// <summary>Whether there are too many to be told apart quickly.</summary>
    public bool AreTooMany => files.Count > Max;

    /// <summary>Every file of the data directory that a sync reads or writes.</summary>
    public static SeenFiles In(DataDirectory directory)
    {
        var seen = new SeenFiles();
        seen.Add(directory.Root, "");
        seen.Add(Path.Combine(directory.Root, "config"), "config/");
        seen.Add(Path.Combine(directory.Root, "cache"), "cache/");
        seen.Add(Path.Combine(directory.Root, "history"), "history/");
        // The original dashboard keeps a folder per metric.
        seen.Add(Path.Combine(directory.Root, "history", "tokens"), "history/tokens/");
        seen.Add(Path.Combine(directory.Root, "history", "projects"), "history/projects/");
        seen.Add(Path.Combine(directory.Root, "history", "quality"), "history/quality/");
        return seen;
    }

    /// <summary>The same places looked at again, and what came to the data directory meanwhile.</summary>
    public SeenFiles Again(DataDirectory directory)
    {
        SeenFiles now = In(directory);
        foreach (string name in files.Keys)
        {
            if (Path.IsPathRooted(name))
            {
                now.Note(name);
            }
        }

        return now;
    }

    /// <summary>Whether other places are the same, of those that a condition names.</summary>
    public bool Match(SeenFiles other, Func<string, bool>? condition = null)
    {
        foreach (Seen file in files.Values)
        {
            if (condition?.Invoke(file.Name) != false && other.files.GetValueOrDefault(file.Name)?.Identity != file.Identity)
            {
                return false;
            }
        }

        foreach (string name in other.files.Keys)
        {
            if (condition?.Invoke(name) != false && !files.ContainsKey(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Notes a place outside the data directory.</summary>
    public void Note(string path) => Note(path, path);

    /// <summary>Notes that a directory is not there, and that no folder above it is a repository.</summary>
    /// <returns>False when that is not so.</returns>
    public bool NoteMissing(string directory)
    {
        if (!Path.IsPathRooted(directory) || directory.Contains('\0', StringComparison.Ordinal))
        {
            return true;
        }

        string missing = Path.GetFullPath(directory);
        if (Directory.Exists(missing))
        {
            return false;
        }

        string? above = Path.GetDirectoryName(missing);
        for (; above is not null && !Directory.Exists(above); above = Path.GetDirectoryName(missing))
        {
            missing = above;
        }

        Note(missing);
        for (; above is not null; above = Path.GetDirectoryName(above))
        {
            string repository = Path.Combine(above, ".git");
            Note(repository);
            if (files[repository].Identity != default)
            {
                return false;
            }
        }

        return !AreTooMany;
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static SeenFiles Read(BinaryReader reader)
    {
        var seen = new SeenFiles();
        for (int i = reader.ReadInt32(); i > 0; i--)
        {
            string name = reader.ReadString();
            seen.files[name] = new Seen(
                name, new FileIdentity(reader.ReadBoolean(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadUInt64(), reader.ReadUInt64()));
        }

        return seen;
    }

    /// <summary>Writes them in the order of their names.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(files.Count);
        string[] names = [.. files.Keys];
        Array.Sort(names, string.CompareOrdinal);
        foreach (string name in names)
        {
            Seen file = files[name];
            writer.Write(file.Name);
            writer.Write(file.Identity.IsRegular);
            writer.Write(file.Identity.Length);
            writer.Write(file.Identity.ModifiedTicks);
            writer.Write(file.Identity.Device);
            writer.Write(file.Identity.Inode);
        }
    }

    private void Add(string folder, string prefix)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (string path in Directory.GetFiles(folder))
        {
            string name = prefix + Path.GetFileName(path);
            if (!Left.Contains(name) && !AreTooMany)
            {
                Note(name, path);
            }
        }
    }

    private void Note(string name, string path)
    {
        FileIdentity.TryRead(path, out FileIdentity identity);
        files[name] = new Seen(name, identity);
    }

    /// <summary>One file. A class and not a struct: code for collections of structs is compiled at run time, which takes longer than all else here.</summary>
    private sealed record Seen(string Name, FileIdentity Identity);
}
