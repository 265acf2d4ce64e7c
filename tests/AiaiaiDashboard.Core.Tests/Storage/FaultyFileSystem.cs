using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>The steps of the store that can fail.</summary>
internal enum FileOperation
{
    OpenRead,
    Create,
    OpenWrite,
    Read,
    Write,
    SetLength,
    Flush,
    Rename,
    Delete,
    CreateDirectory,
    FlushDirectory,
}

/// <summary>A layer that counts operations and fails the Nth, once or from then on; a failing write may write half of its bytes first.</summary>
internal sealed class FaultyFileSystem(IFileSystem inner) : IFileSystem
{
    private int count;

    /// <summary>1-based number of the operation to fail; 0 for none.</summary>
    public int FailAt { get; set; }

    /// <summary>Whether every later operation fails too, as on a disk that is gone.</summary>
    public bool StaysBroken { get; set; }

    /// <summary>Whether a failing write leaves half of its bytes.</summary>
    public bool ShortWrite { get; set; }

    /// <summary>Which operations count; null for all.</summary>
    public FileOperation? Only { get; set; }

    /// <summary>Bytes that may still be written before the disk is full; null for no bound.</summary>
    public long? FreeBytes { get; set; }

    /// <summary>What the failure looks like.</summary>
    public Func<IOException> Error { get; set; } = () => new IOException("injected fault");

    /// <summary>What failed.</summary>
    public List<FileOperation> Failed { get; } = [];

    public void Reset()
    {
        count = 0;
        FailAt = 0;
        FreeBytes = null;
        Failed.Clear();
    }

    public bool FileExists(string path) => inner.FileExists(path);

    public bool DirectoryExists(string path) => inner.DirectoryExists(path);

    public IReadOnlyList<string> Files(string directory) => inner.Files(directory);

    public IReadOnlyList<string> Directories(string directory) => inner.Directories(directory);

    public bool IsBeingCreated(string path) => inner.IsBeingCreated(path);

    public string FinalTarget(string path) => inner.FinalTarget(path);

    public UnixFileMode? Mode(string path) => inner.Mode(path);

    public Stream OpenRead(string path)
    {
        Step(FileOperation.OpenRead);
        return inner.OpenRead(path);
    }

    public IWritableFile Create(string path, UnixFileMode mode)
    {
        Step(FileOperation.Create);
        return new FaultyFile(this, inner.Create(path, mode));
    }

    public IWritableFile OpenWrite(string path, UnixFileMode mode)
    {
        Step(FileOperation.OpenWrite);
        return new FaultyFile(this, inner.OpenWrite(path, mode));
    }

    public void Rename(string source, string target)
    {
        Step(FileOperation.Rename);
        inner.Rename(source, target);
    }

    public void Delete(string path)
    {
        Step(FileOperation.Delete);
        inner.Delete(path);
    }

    public void CreateDirectory(string path)
    {
        Step(FileOperation.CreateDirectory);
        inner.CreateDirectory(path);
    }

    public void FlushDirectory(string path)
    {
        Step(FileOperation.FlushDirectory);
        inner.FlushDirectory(path);
    }

    private bool Fails(FileOperation operation)
    {
        if (Only is { } only && only != operation)
        {
            return false;
        }

        count++;
        bool fails = FailAt > 0 && (count == FailAt || (StaysBroken && count > FailAt));
        if (fails)
        {
            Failed.Add(operation);
        }

        return fails;
    }

    private void Step(FileOperation operation)
    {
        if (Fails(operation))
        {
            throw Error();
        }
    }

    private sealed class FaultyFile(FaultyFileSystem owner, IWritableFile inner) : IWritableFile
    {
        public long Length => inner.Length;

        public int Read(Span<byte> buffer, long offset)
        {
            owner.Step(FileOperation.Read);
            return inner.Read(buffer, offset);
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            if (owner.FreeBytes is { } free)
            {
                if (bytes.Length > free)
                {
                    inner.Write(bytes[..(int)free], offset);
                    owner.FreeBytes = 0;
                    throw new IOException("No space left on device");
                }

                owner.FreeBytes = free - bytes.Length;
            }

            if (owner.Fails(FileOperation.Write))
            {
                if (owner.ShortWrite)
                {
                    inner.Write(bytes[..(bytes.Length / 2)], offset);
                }

                throw owner.Error();
            }

            inner.Write(bytes, offset);
        }

        public void SetLength(long length)
        {
            owner.Step(FileOperation.SetLength);
            inner.SetLength(length);
        }

        public void Flush()
        {
            owner.Step(FileOperation.Flush);
            inner.Flush();
        }

        public void Dispose() => inner.Dispose();
    }
}
