using System.Collections.Concurrent;
using AiaiaiDashboard.Core.Usage.Pricing;
using Microsoft.Win32.SafeHandles;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Reads what is new in the transcripts into a call store, several files at a time.</summary>
/// <param name="store">Receives the calls.</param>
/// <param name="prices">Names under which models are listed.</param>
/// <param name="sink">Receives the calls of single lines instead of the store, from several threads.</param>
internal sealed class TranscriptScan(CallStore store, PriceTable prices, Action<CallList>? sink = null)
{
    /// <summary>Readers at once: the disk and the store's lock carry no more.</summary>
    private const int MaxReaders = 8;

    private readonly ConcurrentDictionary<string, TranscriptCursor> cursors = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> problems = new();
    private long bytesRead;
    private long usageLines;
    private int filesRead;

    /// <summary>Cursors of the files that were read.</summary>
    public IReadOnlyDictionary<string, TranscriptCursor> Cursors => cursors;

    /// <summary>Files that could not be read, with the reason.</summary>
    public IReadOnlyCollection<string> Problems => problems;

    /// <summary>Files that were read. Counted here: to ask the cursors for their number locks them all, and says so to whoever traces events.</summary>
    public int FilesRead => Volatile.Read(ref filesRead);

    /// <summary>Bytes read.</summary>
    public long BytesRead => Interlocked.Read(ref bytesRead);

    /// <summary>Lines that counted.</summary>
    public long UsageLines => Interlocked.Read(ref usageLines);

    /// <summary>Reads the files from where their cursors stand.</summary>
    /// <param name="work">Files with their cursor, if they have one.</param>
    /// <param name="progress">Receives bytes read and bytes in all; called from several threads.</param>
    /// <param name="cancellation">Stops between reads.</param>
    public void Run(IReadOnlyList<TranscriptWork> work, Action<long, long>? progress, CancellationToken cancellation)
    {
        // Largest first, so that no reader ends alone with the largest file.
        TranscriptWork[] sorted = [.. work];
        Array.Sort(sorted, static (a, b) => b.Remaining.CompareTo(a.Remaining));
        var queue = new ConcurrentQueue<TranscriptWork>(sorted);
        long total = 0;
        foreach (TranscriptWork item in sorted)
        {
            total += item.Remaining;
        }

        int readers = Math.Clamp(Math.Min(Environment.ProcessorCount, sorted.Length), 1, MaxReaders);
        if (readers == 1)
        {
            ReadAll(queue, total, progress, cancellation);
            return;
        }

        var tasks = new Task[readers];
        for (int i = 0; i < readers; i++)
        {
            tasks[i] = Task.Run(() => ReadAll(queue, total, progress, cancellation), cancellation);
        }

        try
        {
            Task.WaitAll(tasks, CancellationToken.None);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.Any(e => e is OperationCanceledException))
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private void ReadAll(ConcurrentQueue<TranscriptWork> queue, long total, Action<long, long>? progress, CancellationToken cancellation)
    {
        var extractor = new CallExtractor(store.Names, prices);
        var reader = new TranscriptReader(extractor, sink ?? store.Merge);
        while (queue.TryDequeue(out TranscriptWork? item))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                ReadOne(reader, extractor, item.File, item.Cursor, Advance, cancellation);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                problems.Enqueue($"{item.File.Path}: {exception.Message}");
            }
        }

        void Advance(long got)
        {
            long done = Interlocked.Add(ref bytesRead, got);
            progress?.Invoke(done, total);
        }
    }

    private void ReadOne(
        TranscriptReader reader, CallExtractor extractor, TranscriptFile file, TranscriptCursor? cursor, Action<long> read, CancellationToken cancellation)
    {
        using SafeFileHandle handle = File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        FileIdentity now = file.Identity;
        long start = cursor?.Resume(now, handle) ?? 0;
        extractor.Origin = TranscriptOrigin.From(file.RealPath, file.BelowProjects);
        TranscriptReadResult result = reader.Read(handle, start, now.Length, read, cancellation);
        Interlocked.Add(ref usageLines, result.UsageLines);
        TranscriptCursor? before = start > 0 ? cursor : null;
        int malformedBefore = before is null ? 0 : before.Malformed - before.TailMalformed;
        long firstMalformed = malformedBefore > 0 ? before!.FirstMalformedLine : 0;
        if (firstMalformed == 0 && result.Malformed > 0)
        {
            firstMalformed = LineNumber(handle, result.FirstMalformed);
        }

        cursors[file.RealPath] = new TranscriptCursor
        {
            RealPath = file.RealPath,
            NextLine = result.NextLine,
            Length = result.Length,
            ModifiedTicks = now.ModifiedTicks,
            Device = now.Device,
            Inode = now.Inode,
            PrefixHash = TranscriptCursor.Prefix(handle, result.Length),
            Malformed = malformedBefore + result.Malformed,
            TailMalformed = result.TailMalformed,
            FirstMalformedLine = firstMalformed,
        };
        Interlocked.Increment(ref filesRead);
    }

    /// <summary>1-based number of the line that starts at an offset: counted only when a line has to be named.</summary>
    private static long LineNumber(SafeFileHandle file, long offset)
    {
        byte[] buffer = new byte[1 << 16];
        long line = 1;
        for (long at = 0; at < offset;)
        {
            int got = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, offset - at)), at);
            if (got == 0)
            {
                break;
            }

            line += buffer.AsSpan(0, got).Count((byte)'\n');
            at += got;
        }

        return line;
    }
}

/// <summary>A transcript to read.</summary>
/// <param name="File">The transcript.</param>
/// <param name="Cursor">How far it was read; null where it never was.</param>
internal sealed record TranscriptWork(TranscriptFile File, TranscriptCursor? Cursor)
{
    /// <summary>Bytes that are new, unless it was rewritten.</summary>
    public long Remaining => Math.Max(0, File.Identity.Length - (Cursor?.NextLine ?? 0));
}
