namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// The few file operations the store needs, each a single step that can fail on its own. Tests put a layer here that fails the
/// Nth operation or loses what was not flushed. Errors are <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>.
/// </summary>
public interface IFileSystem
{
    /// <summary>Whether a file, or a link to one, is there.</summary>
    bool FileExists(string path);

    /// <summary>Whether a folder, or a link to one, is there.</summary>
    bool DirectoryExists(string path);

    /// <summary>Opens a file for reading while others may write, replace or delete it. A seekable stream.</summary>
    /// <exception cref="FileNotFoundException">It does not exist.</exception>
    /// <exception cref="DirectoryNotFoundException">Its folder does not exist.</exception>
    Stream OpenRead(string path);

    /// <summary>Creates a file that must not exist yet, held for this process alone until it is disposed.</summary>
    /// <param name="path">The new file; its folder exists.</param>
    /// <param name="mode">Unix mode, exactly (no umask); ignored on Windows.</param>
    IWritableFile Create(string path, UnixFileMode mode);

    /// <summary>Opens a file for changes in place, and creates it empty where it is missing.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="mode">Unix mode of a new file; an existing one keeps its own.</param>
    IWritableFile OpenWrite(string path, UnixFileMode mode);

    /// <summary>Renames a file; an existing target is replaced in one step.</summary>
    void Rename(string source, string target);

    /// <summary>Deletes a file; a missing one is no error.</summary>
    void Delete(string path);

    /// <summary>Creates one folder (0700 on Unix) whose parent exists; an existing one is no error.</summary>
    void CreateDirectory(string path);

    /// <summary>Makes the names in a folder durable: what was created, renamed or deleted there. Nothing to do on Windows.</summary>
    void FlushDirectory(string path);

    /// <summary>Absolute paths of the files in a folder, links included; none when there is no such folder.</summary>
    IReadOnlyList<string> Files(string directory);

    /// <summary>Absolute paths of the folders in a folder, links to folders excluded; none when there is no such folder.</summary>
    IReadOnlyList<string> Directories(string directory);

    /// <summary>Whether somebody holds a file that <see cref="Create"/> made.</summary>
    bool IsBeingCreated(string path);

    /// <summary>Follows symbolic links at the end of the path; the path itself when it is none. The target need not exist.</summary>
    string FinalTarget(string path);

    /// <summary>Unix mode of a file; null where it does not exist, and on Windows.</summary>
    UnixFileMode? Mode(string path);
}

/// <summary>An open file. Every call is one operation; nothing is buffered, so nothing is written by disposing.</summary>
public interface IWritableFile : IDisposable
{
    /// <summary>Bytes.</summary>
    long Length { get; }

    /// <summary>Reads up to <paramref name="buffer"/>.Length bytes; 0 at the end.</summary>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes all of <paramref name="bytes"/>. When it throws, any part of them may have been written.</summary>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Cuts the file.</summary>
    void SetLength(long length);

    /// <summary>Makes content and length durable (fsync).</summary>
    void Flush();
}
