using System.Security.Cryptography;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Git;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using LibGit2Sharp;

namespace AiaiaiDashboard.Core.Quality.Source;

/// <summary>A file of git's index.</summary>
/// <param name="Path">Relative to the repository, with <c>/</c>.</param>
/// <param name="Blob">Its content's id.</param>
internal readonly record struct TrackedFile(string Path, BlobId Blob);

/// <summary>
/// The tracked files of a repository, by git's index: what is ignored or not added does not exist here. Their content is what is staged or
/// committed, taken from the working folder where it holds just that, else from git's object store. Nothing outside the repository is used.
/// </summary>
internal sealed class TrackedFiles : IDisposable
{
    /// <summary>Most files that are looked at.</summary>
    public const int MaxFiles = 200_000;

    /// <summary>Larger files are passed over: they are data, or were generated.</summary>
    public const int MaxFileBytes = 2 * 1024 * 1024;

    /// <summary>Largest index that is read, bytes.</summary>
    public const long MaxIndexBytes = 200 * 1024 * 1024;

    // Git hashes "blob 123", a zero byte and the content: room before the content lets it be hashed in one go.
    private const int HeaderRoom = 32;

    private readonly string root;
    private readonly Dictionary<string, bool> safeFolders = new(StringComparer.Ordinal);
    private byte[] buffer = new byte[64 * 1024];

    // Opened for the first content that the folder does not hold: opening takes longer than all of the rest.
    private Repository? repository;
    private bool isClosed;

    private TrackedFiles(Repository? repository, string root, List<TrackedFile> files, bool isCut)
    {
        this.repository = repository;
        this.root = root;
        Files = files;
        IsCut = isCut;
    }

    /// <summary>The files, in the index's order. Links, submodules and the losing sides of a conflict are no files.</summary>
    public IReadOnlyList<TrackedFile> Files { get; }

    /// <summary>Whether there are more than <see cref="MaxFiles"/>.</summary>
    public bool IsCut { get; }

    /// <summary>Opens the index.</summary>
    /// <param name="root">Real path of the folder that holds <c>.git</c>.</param>
    /// <param name="gitDirectory">The folder that holds the index.</param>
    /// <param name="cancel">Stops between two files.</param>
    /// <exception cref="InvalidDataException">It cannot be read; the message says why.</exception>
    public static TrackedFiles Open(string root, string gitDirectory, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (ReadIndex(Path.Join(gitDirectory, "index"), out bool more) is { } known)
        {
            return new TrackedFiles(null, root, known, more);
        }

        Repository? repository = null;
        try
        {
            GitAccess.Prepare();
            repository = new Repository(root);
            if (repository.Info.IsBare)
            {
                throw new InvalidDataException("a bare repository has no index.");
            }

            var files = new List<TrackedFile>();
            bool isCut = false;
            foreach (IndexEntry entry in repository.Index)
            {
                cancel.ThrowIfCancellationRequested();
                if (files.Count == MaxFiles)
                {
                    isCut = true;
                    break;
                }

                if (entry.Mode is Mode.NonExecutableFile or Mode.ExecutableFile or Mode.NonExecutableGroupWritableFile && entry.StageLevel is StageLevel.Staged or StageLevel.Ours)
                {
                    files.Add(new TrackedFile(entry.Path, BlobId.Of(entry.Id.RawId)));
                }
            }

            return new TrackedFiles(repository, root, files, isCut);
        }
        catch (Exception e)
        {
            repository?.Dispose();
            if (e is LibGit2SharpException or IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or NullReferenceException)
            {
                throw new InvalidDataException($"git's index cannot be read: {ProjectNames.OneLine(e.Message, 200)}", e);
            }

            throw;
        }
    }

    /// <summary>The staged content of a file; false where it is too large, or in neither place. Valid until the next call.</summary>
    public bool TryRead(TrackedFile file, out ReadOnlySpan<byte> content)
    {
        if (FromFolder(file, out int length))
        {
            content = buffer.AsSpan(HeaderRoom, length);
            return true;
        }

        try
        {
            if (Objects()?.Lookup<Blob>(new ObjectId(file.Blob.ToArray())) is { Size: <= MaxFileBytes } blob)
            {
                using Stream stream = blob.GetContentStream();
                Reserve((int)blob.Size);
                length = stream.ReadAtLeast(buffer.AsSpan(HeaderRoom, (int)blob.Size), (int)blob.Size, throwOnEndOfStream: false);
                content = buffer.AsSpan(HeaderRoom, length);
                return true;
            }
        }
        catch (Exception e) when (e is LibGit2SharpException or IOException)
        {
            // A partial clone, or a damaged object: the file has no content here.
        }

        content = default;
        return false;
    }

    /// <inheritdoc/>
    public void Dispose() => repository?.Dispose();

    private static List<TrackedFile>? ReadIndex(string path, out bool isCut)
    {
        isCut = false;
        try
        {
            return FileIdentity.TryRead(path, out FileIdentity file) && file.IsRegular && file.Length <= MaxIndexBytes
                ? GitIndex.Read(File.ReadAllBytes(path), MaxFiles, out isCut)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private Repository? Objects()
    {
        if (repository is null && !isClosed)
        {
            isClosed = true;
            GitAccess.Prepare();
            repository = new Repository(root);
        }

        return repository;
    }

    // The id tells whether the folder holds what is tracked: a changed file, a line-end filter or a link that leads elsewhere never counts.
    private bool FromFolder(TrackedFile file, out int length)
    {
        length = 0;
        string path = Path.Join(root, file.Path);
        try
        {
            if (!IsSafeFolder(Path.GetDirectoryName(path)!) || !FileIdentity.TryReadUnfollowed(path, out FileIdentity identity)
                || !identity.IsRegular || identity.Length > MaxFileBytes)
            {
                return false;
            }

            length = (int)identity.Length;
            Reserve(length);
            // Shared with writers: the id below tells a torn file, and not locking it saves two calls per file.
            using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            for (int read, done = 0; done < length; done += read)
            {
                if ((read = RandomAccess.Read(handle, buffer.AsSpan(HeaderRoom + done, length - done), done)) == 0)
                {
                    return false;
                }
            }

            return IsBlob(file.Blob, length);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A folder that is a link, or lies below one, is not entered. Every folder is looked at once.
    private bool IsSafeFolder(string folder)
    {
        if (folder.Length <= root.Length)
        {
            return true;
        }

        if (!safeFolders.TryGetValue(folder, out bool safe))
        {
            safe = IsSafeFolder(Path.GetDirectoryName(folder)!) && new DirectoryInfo(folder) is { Exists: true, LinkTarget: null };
            safeFolders[folder] = safe;
        }

        return safe;
    }

    private void Reserve(int length)
    {
        if (buffer.Length < HeaderRoom + length)
        {
            buffer = new byte[HeaderRoom + length];
        }
    }

    private bool IsBlob(BlobId id, int length)
    {
        Span<byte> header = stackalloc byte[HeaderRoom];
        "blob "u8.CopyTo(header);
        length.TryFormat(header[5..], out int digits, default, System.Globalization.CultureInfo.InvariantCulture);
        header = header[..(6 + digits)];
        header[^1] = 0;
        header.CopyTo(buffer.AsSpan(HeaderRoom - header.Length));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Git names its objects by SHA-1.
        SHA1.HashData(buffer.AsSpan(HeaderRoom - header.Length, header.Length + length), hash);
#pragma warning restore CA5350
        return BlobId.Of(hash) == id;
    }
}
