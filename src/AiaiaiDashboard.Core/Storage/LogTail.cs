namespace AiaiaiDashboard.Core.Storage;

/// <summary>Finds and repairs what a crash can leave at the end of a log: a partial line, NULs, half a character, a missing newline.</summary>
internal static class LogTail
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Whether the log ends where a new line may begin.</summary>
    public static bool IsClean(IWritableFile file)
    {
        Span<byte> last = stackalloc byte[1];
        return file.Length == 0 || (file.Read(last, file.Length - 1) == 1 && last[0] == (byte)'\n');
    }

    /// <summary>Repairs the end of <paramref name="file"/>, and keeps a copy of the whole file before anything is cut.</summary>
    /// <param name="file">Open for changes.</param>
    /// <param name="name">Name for the problem.</param>
    /// <param name="keepCopy">Copies the damaged file and says where to.</param>
    public static LogRecovery Repair(IWritableFile file, string name, Func<string> keepCopy)
    {
        if (IsClean(file))
        {
            return LogRecovery.Nothing;
        }

        long length = file.Length;
        long contentEnd = EndWithoutNuls(file, length);
        long lineStart = StartOfLine(file, contentEnd);
        bool complete = contentEnd - lineStart <= LogLines.MaxLineBytes && LogLines.IsCompleteRecord(Bytes(file, lineStart, contentEnd));
        long end = complete ? contentEnd : lineStart;
        if (end == length)
        {
            // {"a":1} without its newline: the record is whole, nothing has to go.
            file.Write("\n"u8, length);
            file.Flush();
            return new LogRecovery(true, 0, null, null);
        }

        string kept = keepCopy();
        file.SetLength(end);
        if (complete)
        {
            file.Write("\n"u8, end);
        }

        file.Flush();
        string message = $"the last line was incomplete and {length - end} bytes from byte {end} on were cut; the damaged file is kept as {Path.GetFileName(kept)}.";
        return new LogRecovery(true, length - end, kept, new FileProblem(name, null, message));
    }

    private static long EndWithoutNuls(IWritableFile file, long end)
    {
        byte[] chunk = new byte[ChunkBytes];
        while (end > 0)
        {
            int count = (int)Math.Min(ChunkBytes, end);
            ReadOnlySpan<byte> read = Fill(file, chunk.AsSpan(0, count), end - count);
            int last = read.LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
            {
                return end - count + last + 1;
            }

            end -= count;
        }

        return 0;
    }

    private static long StartOfLine(IWritableFile file, long end)
    {
        byte[] chunk = new byte[ChunkBytes];
        while (end > 0)
        {
            int count = (int)Math.Min(ChunkBytes, end);
            ReadOnlySpan<byte> read = Fill(file, chunk.AsSpan(0, count), end - count);
            int newline = read.LastIndexOf((byte)'\n');
            if (newline >= 0)
            {
                return end - count + newline + 1;
            }

            end -= count;
        }

        return 0;
    }

    private static ReadOnlySpan<byte> Bytes(IWritableFile file, long start, long end) => Fill(file, new byte[end - start], start);

    private static ReadOnlySpan<byte> Fill(IWritableFile file, Span<byte> buffer, long offset)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int count = file.Read(buffer[filled..], offset + filled);
            if (count == 0)
            {
                throw new EndOfStreamException("The log became shorter while it was read.");
            }

            filled += count;
        }

        return buffer;
    }
}
