namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// Replaces a file so that everybody sees the old or the new content, also after a power cut: temporary file in the same folder,
/// fsync, rename, fsync of the folder. Mode and symbolic link are kept.
/// </summary>
internal static class AtomicFile
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int MaxRenameAttempts = 6;

    /// <summary>Replaces <paramref name="path"/> with what <paramref name="write"/> writes.</summary>
    /// <param name="files">Where.</param>
    /// <param name="path">A file that may or may not exist; a link is followed.</param>
    /// <param name="write">Writes the new content. When it throws, the old content stays.</param>
    /// <param name="pause">Waits between attempts to rename a file that a Windows program holds open; tests count here.</param>
    /// <param name="mode">Mode of a file that does not exist yet.</param>
    /// <param name="durable">
    /// False for what can be computed again and tells by itself whether it is whole: nothing waits for the disk, and a power cut may leave it old or empty.
    /// </param>
    /// <exception cref="IOException">Any step failed; until the rename the old content is untouched.</exception>
    public static void Replace(
        IFileSystem files, string path, Action<Stream> write, Action<TimeSpan>? pause = null, UnixFileMode mode = FileModes.PrivateFile, bool durable = true)
    {
        string target = files.FinalTarget(path);
        string folder = Path.GetDirectoryName(target)!;
        FolderCreation.Ensure(files, folder);
        string temp = TempFiles.NameFor(target);
        try
        {
            using (IWritableFile file = files.Create(temp, files.Mode(target) ?? mode))
            {
                using (var stream = new WritableFileStream(file))
                {
                    write(stream);
                    stream.Complete();
                }

                if (durable)
                {
                    file.Flush();
                }
            }

            Rename(files, temp, target, pause ?? Thread.Sleep);
        }
        catch
        {
            DeleteQuietly(files, temp);
            throw;
        }

        if (durable)
        {
            files.FlushDirectory(folder);
        }
    }

    // On Windows a virus scanner or an indexer that has the target open makes the rename fail for a moment. 10 ms doubling: 310 ms in all.
    private static void Rename(IFileSystem files, string source, string target, Action<TimeSpan> pause)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                files.Rename(source, target);
                return;
            }
            catch (Exception exception) when (attempt < MaxRenameAttempts && IsTransient(exception))
            {
                pause(TimeSpan.FromMilliseconds(5 << attempt));
            }
        }
    }

    private static bool IsTransient(Exception exception) =>
        exception.HResult is SharingViolation or LockViolation || (OperatingSystem.IsWindows() && exception is UnauthorizedAccessException);

    private static void DeleteQuietly(IFileSystem files, string path)
    {
        try
        {
            files.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report; the sweep at the next start takes the file away.
        }
    }
}
