using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>The power is gone: nothing after this point happens.</summary>
internal sealed class PowerCutException() : IOException("power cut");

/// <summary>
/// A disk in memory that keeps only what was flushed. At the power cut, each file's unflushed bytes are lost, cut short or replaced by NULs, and each
/// folder's unflushed changes survive up to a point in their order, as the seed says.
/// </summary>
internal sealed class LossyFileSystem : IFileSystem
{
    private readonly Dictionary<string, Folder> folders = new(StringComparer.Ordinal) { ["/"] = new Folder { IsDurable = true } };
    private int operations;

    /// <summary>The operation that no longer happens; 0 for none.</summary>
    public int CutAt { get; set; }

    /// <summary>Operations so far.</summary>
    public int Operations => operations;

    /// <summary>Starts again from what the disk kept.</summary>
    public void Restart(Random random)
    {
        operations = 0;
        CutAt = 0;
        foreach ((string path, Folder folder) in folders.ToList())
        {
            if (!folder.IsDurable && random.Next(2) == 0)
            {
                folders.Remove(path);
                continue;
            }

            folder.IsDurable = true;
            folder.Names = folder.States[random.Next(folder.States.Count)];
            folder.States = [folder.Names];
        }

        foreach (Content content in folders.Values.SelectMany(f => f.Names.Values).Distinct())
        {
            content.Lose(random);
        }
    }

    public bool FileExists(string path) => Find(path) is not null;

    public bool DirectoryExists(string path) => folders.ContainsKey(path);

    public IReadOnlyList<string> Files(string directory) => folders.TryGetValue(directory, out Folder? folder) ? [.. folder.Names.Keys] : [];

    public IReadOnlyList<string> Directories(string directory) => [.. folders.Keys.Where(f => f != directory && Path.GetDirectoryName(f) == directory)];

    public bool IsBeingCreated(string path) => false;

    public string FinalTarget(string path) => path;

    public UnixFileMode? Mode(string path) => null;

    public Stream OpenRead(string path) => new MemoryStream((Find(path) ?? throw new FileNotFoundException(path)).Bytes, writable: false);

    public IWritableFile Create(string path, UnixFileMode mode)
    {
        Step();
        Assert.Null(Find(path));
        var content = new Content();
        Change(path, names => names[path] = content);
        return new LossyFile(this, content);
    }

    public IWritableFile OpenWrite(string path, UnixFileMode mode) => Find(path) is { } content ? new LossyFile(this, content) : Create(path, mode);

    public void Rename(string source, string target)
    {
        Step();
        Assert.Equal(Path.GetDirectoryName(source), Path.GetDirectoryName(target));
        Content content = Find(source) ?? throw new FileNotFoundException(source);
        Change(target, names =>
        {
            names.Remove(source);
            names[target] = content;
        });
    }

    public void Delete(string path)
    {
        Step();
        if (Find(path) is not null)
        {
            Change(path, names => names.Remove(path));
        }
    }

    public void CreateDirectory(string path)
    {
        Step();
        folders.TryAdd(path, new Folder());
    }

    public void FlushDirectory(string path)
    {
        Step();
        Folder folder = folders[path];
        folder.States = [folder.Names];
        foreach ((string below, Folder child) in folders)
        {
            child.IsDurable |= Path.GetDirectoryName(below) == path;
        }
    }

    private void Step()
    {
        if (CutAt > 0 && ++operations >= CutAt)
        {
            throw new PowerCutException();
        }

        operations += CutAt > 0 ? 0 : 1;
    }

    private Content? Find(string path) =>
        folders.TryGetValue(Path.GetDirectoryName(path)!, out Folder? folder) ? folder.Names.GetValueOrDefault(path) : null;

    private void Change(string path, Action<Dictionary<string, Content>> change)
    {
        Folder folder = folders.TryGetValue(Path.GetDirectoryName(path)!, out Folder? found) ? found : throw new DirectoryNotFoundException(path);
        folder.Names = new Dictionary<string, Content>(folder.Names, StringComparer.Ordinal);
        change(folder.Names);
        folder.States.Add(folder.Names);
    }

    private sealed class Folder
    {
        public Folder() => States = [Names];

        public bool IsDurable { get; set; }

        public Dictionary<string, Content> Names { get; set; } = new(StringComparer.Ordinal);

        /// <summary>What the disk may hold: the last flushed state and each one since.</summary>
        public List<Dictionary<string, Content>> States { get; set; }
    }

    private sealed class Content
    {
        private byte[] durable = [];

        public byte[] Bytes { get; set; } = [];

        public void Flush() => durable = [.. Bytes];

        public void Lose(Random random)
        {
            int common = durable.AsSpan().CommonPrefixLength(Bytes);
            byte[] lost = random.Next(4) switch
            {
                0 => durable,
                1 => Bytes,

                // The beginning of the change arrived.
                2 => [.. Bytes[..random.Next(common, Bytes.Length + 1)]],

                // The new length arrived, a part of its bytes did not.
                _ => [.. Bytes[..random.Next(common, Bytes.Length + 1)], .. new byte[Bytes.Length - common]],
            };
            Bytes = lost;
            durable = lost;
        }
    }

    private sealed class LossyFile(LossyFileSystem owner, Content content) : IWritableFile
    {
        public long Length => content.Bytes.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            ReadOnlySpan<byte> rest = content.Bytes.AsSpan((int)offset);
            int count = Math.Min(rest.Length, buffer.Length);
            rest[..count].CopyTo(buffer);
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            owner.Step();
            byte[] changed = new byte[Math.Max(content.Bytes.Length, offset + bytes.Length)];
            content.Bytes.CopyTo(changed, 0);
            bytes.CopyTo(changed.AsSpan((int)offset));
            content.Bytes = changed;
        }

        public void SetLength(long length)
        {
            owner.Step();
            content.Bytes = content.Bytes[..(int)length];
        }

        public void Flush()
        {
            owner.Step();
            content.Flush();
        }

        public void Dispose()
        {
        }
    }
}
