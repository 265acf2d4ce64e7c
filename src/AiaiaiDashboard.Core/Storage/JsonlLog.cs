namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// A file of JSON lines that only grows, until it is replaced as a whole. One writer per file: the process that holds the data directory, with one
/// object per file. Reading needs no lock and may happen while another process appends. Thread-safe; appends run in call order.
/// </summary>
/// <param name="path">Absolute path; the file need not exist.</param>
/// <param name="files">The file layer; null for the operating system's.</param>
public sealed class JsonlLog(string path, IFileSystem? files = null)
{
    private readonly IFileSystem files = files ?? PhysicalFileSystem.Instance;
    private readonly Lock gate = new();
    private bool namesAreDurable;

    /// <summary>Absolute path.</summary>
    public string Path { get; } = path;

    /// <summary>How problems name the file; the path unless set.</summary>
    public string Name { get; init; } = path;

    /// <summary>Whether the file is there.</summary>
    public bool Exists => files.FileExists(Path);

    /// <summary>
    /// Makes the log end with a whole line: a torn last line (partial, NULs, half a character) is cut after the damaged file was kept as
    /// <c>.broken</c>; a whole record that only lacks its newline gets it. Lines in the middle are never touched. By the holder of the lock only.
    /// </summary>
    /// <exception cref="IOException">The copy or the repair could not be written; the file is as it was.</exception>
    public LogRecovery Recover()
    {
        lock (gate)
        {
            return RecoverInGate();
        }
    }

    /// <summary>Adds whole lines with one write and makes them durable. After a crash in the middle, <see cref="Recover"/> keeps the whole ones.</summary>
    /// <param name="lines">One or more lines of JSON, each ended by <c>\n</c>. Nothing happens when it is empty.</param>
    /// <exception cref="ArgumentException">The last line is not ended.</exception>
    /// <exception cref="IOException">Nothing was added, as far as the disk still allows; a later append repairs what is left of this one.</exception>
    public void Append(ReadOnlySpan<byte> lines)
    {
        if (lines.IsEmpty)
        {
            return;
        }

        if (lines[^1] != (byte)'\n')
        {
            throw new ArgumentException("The last line has no newline at its end.", nameof(lines));
        }

        lock (gate)
        {
            // Linked logs are followed, so that the folder that is flushed is the one that holds the file.
            string target = files.FinalTarget(Path);
            string folder = System.IO.Path.GetDirectoryName(target)!;
            FolderCreation.Ensure(files, folder);
            using (IWritableFile file = files.OpenWrite(target, FileModes.PrivateFile))
            {
                if (!LogTail.IsClean(file))
                {
                    LogTail.Repair(file, Name, () => BrokenFiles.KeepCopy(files, target));
                }

                long end = file.Length;
                try
                {
                    file.Write(lines, end);
                    file.Flush();
                }
                catch
                {
                    CutQuietly(file, end);
                    throw;
                }
            }

            if (!namesAreDurable)
            {
                // Also for a file that is there already: the process that created it may have died before it flushed the folder.
                files.FlushDirectory(folder);
                namesAreDurable = true;
            }
        }
    }

    /// <summary>Reads all lines from the beginning, in bounded memory. A missing file is an empty one; blank lines are passed over.</summary>
    /// <param name="reader">Gets every line.</param>
    /// <returns>How many lines were good and bad.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public LogReport Read(LogLineReader reader)
    {
        try
        {
            using Stream stream = files.OpenRead(Path);
            return LogLines.Read(stream, Name, reader);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return new LogReport();
        }
    }

    /// <summary>Replaces the whole log in one step; readers see the old or the new one.</summary>
    /// <param name="write">Writes the new lines. When it throws, the old log stays.</param>
    /// <exception cref="IOException">Any step failed; the old log is intact.</exception>
    public void Replace(Action<Stream> write)
    {
        lock (gate)
        {
            AtomicFile.Replace(files, Path, write);
        }
    }

    /// <summary>Deletes the log, durably (retention). A missing one is no error.</summary>
    public void Delete()
    {
        lock (gate)
        {
            if (files.FileExists(Path))
            {
                files.Delete(Path);
                files.FlushDirectory(System.IO.Path.GetDirectoryName(Path)!);
            }
        }
    }

    /// <summary>
    /// Drops every line that a later line with the same key supersedes; the others keep their order, and bad lines their place. Doing
    /// it twice changes nothing the second time. Memory is bounded by the keys.
    /// </summary>
    /// <param name="key">Tells the key of a line.</param>
    /// <exception cref="IOException">It could not be written; the old log is intact.</exception>
    public LogCompaction Compact<TKey>(LogKeyReader<TKey> key)
        where TKey : notnull
    {
        lock (gate)
        {
            RecoverInGate();
            Dictionary<TKey, long> last = [];
            LogReport report = Read((line, _, offset) => last[key(line)] = offset);
            long dropped = report.Lines - last.Count;
            if (dropped == 0)
            {
                return new LogCompaction(false, report.Lines + report.BadLines, 0);
            }

            HashSet<long> superseded = [];
            Read((line, _, offset) =>
            {
                if (last[key(line)] != offset)
                {
                    superseded.Add(offset);
                }
            });
            using Stream source = files.OpenRead(Path);
            AtomicFile.Replace(files, Path, output => LogCopy.Without(source, output, superseded));
            return new LogCompaction(true, report.Lines + report.BadLines - dropped, dropped);
        }
    }

    private static void CutQuietly(IWritableFile file, long length)
    {
        try
        {
            file.SetLength(length);
            file.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The first error is the one to report; what is left of the line is cut by the next append or recovery.
        }
    }

    private LogRecovery RecoverInGate()
    {
        string target = files.FinalTarget(Path);
        if (!files.FileExists(target))
        {
            return LogRecovery.Nothing;
        }

        using IWritableFile file = files.OpenWrite(target, FileModes.PrivateFile);
        return LogTail.Repair(file, Name, () => BrokenFiles.KeepCopy(files, target));
    }
}
