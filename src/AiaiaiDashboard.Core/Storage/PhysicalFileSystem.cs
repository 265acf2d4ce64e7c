using Microsoft.Win32.SafeHandles;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>The operating system's files.</summary>
public sealed class PhysicalFileSystem : IFileSystem
{
    /// <summary>The one instance; it has no state.</summary>
    public static readonly PhysicalFileSystem Instance = new();

    private PhysicalFileSystem()
    {
    }

    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public Stream OpenRead(string path) => new FileStream(path, new FileStreamOptions
    {
        Mode = FileMode.Open,
        Access = FileAccess.Read,
        Share = FileShare.ReadWrite | FileShare.Delete,
        BufferSize = 0,
    });

    /// <inheritdoc/>
    public IWritableFile Create(string path, UnixFileMode mode)
    {
        // FileShare.None is an exclusive lock: that is how the sweep of old temporary files sees that this one is in use.
        var file = new PhysicalFile(File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
        if (!OperatingSystem.IsWindows())
        {
            file.SetMode(mode);
        }

        return file;
    }

    /// <inheritdoc/>
    public IWritableFile OpenWrite(string path, UnixFileMode mode)
    {
        bool existed = File.Exists(path);
        var file = new PhysicalFile(File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete));
        if (!existed && !OperatingSystem.IsWindows())
        {
            file.SetMode(mode);
        }

        return file;
    }

    /// <inheritdoc/>
    public void Rename(string source, string target) => File.Move(source, target, overwrite: true);

    /// <inheritdoc/>
    public void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing there is what was asked for.
        }
    }

    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, FileModes.PrivateFolder);
        }
    }

    /// <inheritdoc/>
    public void FlushDirectory(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            UnixCalls.FlushDirectory(path);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Files(string directory) => Directory.Exists(directory) ? Directory.GetFiles(directory) : [];

    /// <inheritdoc/>
    public IReadOnlyList<string> Directories(string directory) =>
        Directory.Exists(directory) ? [.. Directory.GetDirectories(directory).Where(d => new DirectoryInfo(d).LinkTarget is null)] : [];

    /// <inheritdoc/>
    public bool IsBeingCreated(string path)
    {
        try
        {
            using (File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.None))
            {
                return false;
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <inheritdoc/>
    public string FinalTarget(string path) =>
        // ResolveLinkTarget throws for a path that does not exist; LinkTarget is null there.
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    /// <inheritdoc/>
    public UnixFileMode? Mode(string path) => OperatingSystem.IsWindows() || !File.Exists(path) ? null : File.GetUnixFileMode(path);

    private sealed class PhysicalFile(SafeFileHandle handle) : IWritableFile
    {
        public long Length => RandomAccess.GetLength(handle);

        public int Read(Span<byte> buffer, long offset) => RandomAccess.Read(handle, buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(handle, bytes, offset);

        public void SetLength(long length) => RandomAccess.SetLength(handle, length);

        public void Flush() => RandomAccess.FlushToDisk(handle);

        public void Dispose() => handle.Dispose();

        [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
        public void SetMode(UnixFileMode mode)
        {
            try
            {
                File.SetUnixFileMode(handle, mode);
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }
    }
}
