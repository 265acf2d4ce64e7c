using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>
/// Finds the usage lines of a transcript in large sequential reads and hands their calls on. Lines without the bytes
/// <c>"usage"</c> are never parsed (R7); a line longer than the buffer is fed to the parser in pieces, so memory is bounded whatever
/// a line's length. One per thread.
/// </summary>
internal sealed class TranscriptReader(CallExtractor extractor, Action<CallList> sink)
{
    /// <summary>Bytes per read.</summary>
    public const int BufferSize = 1 << 20;

    /// <summary>Calls collected before they are handed on.</summary>
    private const int BatchSize = 1024;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = UsageLineParser.MaxDepth };

    private readonly byte[] buffer = new byte[BufferSize];
    private readonly UsageLineParser parser = new();
    private readonly CallList batch = new();
    private LongLine? longLine;

    /// <summary>Reads the lines that start in [<paramref name="start"/>, <paramref name="end"/>).</summary>
    /// <param name="file">Open transcript.</param>
    /// <param name="start">First byte of a line.</param>
    /// <param name="end">Length of the file as it was looked at: bytes written later are left for the next read.</param>
    /// <param name="read">Called with the bytes of every read.</param>
    /// <param name="cancellation">Stops between reads.</param>
    public TranscriptReadResult Read(SafeFileHandle file, long start, long end, Action<long> read, CancellationToken cancellation)
    {
        var result = new TranscriptReadResult { NextLine = start };
        long position = start;
        int kept = 0;
        while (position < end)
        {
            cancellation.ThrowIfCancellationRequested();
            int wanted = (int)Math.Min(buffer.Length - kept, end - position);
            int got = RandomAccess.Read(file, buffer.AsSpan(kept, wanted), position);
            if (got == 0)
            {
                break;
            }

            position += got;
            read(got);
            int length = kept + got;
            int lastEnd = buffer.AsSpan(0, length).LastIndexOf((byte)'\n');
            if (lastEnd >= 0)
            {
                Lines(buffer.AsSpan(0, lastEnd + 1), result.NextLine, ref result);
                result.NextLine += lastEnd + 1;
                kept = length - lastEnd - 1;
                buffer.AsSpan(lastEnd + 1, kept).CopyTo(buffer);
            }
            else if (length == buffer.Length)
            {
                longLine ??= new LongLine(extractor, parser, Options);
                int malformedBefore = result.Malformed;
                LongLineOutcome outcome = longLine.Read(file, result.NextLine, end, buffer, batch, read, cancellation);
                Note(outcome.Line, result.NextLine, ref result);
                kept = 0;
                if (!outcome.Ended)
                {
                    result.TailMalformed = result.Malformed - malformedBefore;

                    // R6: a last line without '\n' counts when it is whole; the next read starts at its first byte.
                    position = end;
                    break;
                }

                result.NextLine = outcome.End;
                position = outcome.End;
            }
            else
            {
                kept = length;
            }
        }

        result.Length = Math.Max(position, result.NextLine);
        if (kept > 0 && buffer.AsSpan(0, kept).IndexOf("\"usage\""u8) >= 0)
        {
            LineOutcome outcome = Line(buffer.AsSpan(0, kept), result.NextLine, out bool complete);
            if (complete)
            {
                int malformedBefore = result.Malformed;
                Note(outcome, result.NextLine, ref result);
                result.TailMalformed = result.Malformed - malformedBefore;
            }
        }

        Flush();
        return result;
    }

    private void Lines(ReadOnlySpan<byte> lines, long offset, ref TranscriptReadResult result)
    {
        int at = 0;
        while (true)
        {
            int hit = Usage(lines, at);
            if (hit < 0)
            {
                return;
            }

            int lineStart = lines[at..hit].LastIndexOf((byte)'\n');
            lineStart = lineStart < 0 ? at : at + lineStart + 1;
            int lineEnd = hit + lines[hit..].IndexOf((byte)'\n');
            Note(Line(lines[lineStart..lineEnd], offset + lineStart, out _), offset + lineStart, ref result);
            if (batch.Count >= BatchSize)
            {
                Flush();
            }

            at = lineEnd + 1;
            if (at >= lines.Length)
            {
                return;
            }
        }
    }

    // A quote and an e, of which the framework's search would look for pairs, are too common in JSON: most of its time would go into false starts.
    private static int Usage(ReadOnlySpan<byte> lines, int from)
    {
        while (true)
        {
            int hit = lines[from..].IndexOf("usage\""u8);
            if (hit < 0)
            {
                return -1;
            }

            hit += from;
            if (hit > 0 && lines[hit - 1] == '"')
            {
                return hit - 1;
            }

            from = hit + 1;
        }
    }

    private LineOutcome Line(ReadOnlySpan<byte> line, long offset, out bool complete)
    {
        complete = false;
        ReadOnlySpan<byte> json = LineTrim.Both(line);
        parser.Begin();
        if (!parser.Read(json))
        {
            return LineOutcome.Malformed;
        }

        complete = parser.IsComplete;
        return complete ? extractor.Extract(parser, offset, batch) : LineOutcome.Ignored;
    }

    private void Note(LineOutcome outcome, long offset, ref TranscriptReadResult result)
    {
        result.UsageLines += outcome == LineOutcome.Counted ? 1 : 0;
        int malformed = extractor.MalformedItems + (outcome == LineOutcome.Malformed ? 1 : 0);
        extractor.MalformedItems = 0;
        result.FirstMalformed = result.Malformed == 0 && malformed > 0 ? offset : result.FirstMalformed;
        result.Malformed += malformed;
    }

    private void Flush()
    {
        if (batch.Count > 0)
        {
            sink(batch);
            batch.Clear();
        }
    }
}

/// <summary>What a read found, and where the next one starts.</summary>
internal struct TranscriptReadResult
{
    /// <summary>First byte of the first line that was not ended by <c>\n</c> (R6); the end of the file otherwise.</summary>
    public long NextLine;

    /// <summary>Bytes of the file that were looked at.</summary>
    public long Length;

    /// <summary>Lines that counted.</summary>
    public long UsageLines;

    /// <summary>Lines and iterations that could not be used.</summary>
    public int Malformed;

    /// <summary>The part of <see cref="Malformed"/> in the last line, which has no end yet and is read again.</summary>
    public int TailMalformed;

    /// <summary>Offset of the first malformed line.</summary>
    public long FirstMalformed;
}

/// <summary>White space, NULs and byte order marks around a line's object are not part of it (R5).</summary>
internal static class LineTrim
{
    /// <summary>Removes them on both sides.</summary>
    public static ReadOnlySpan<byte> Both(ReadOnlySpan<byte> line)
    {
        line = Start(line);
        while (line.Length > 0 && IsSpace(line[^1]))
        {
            line = line[..^1];
        }

        return line;
    }

    /// <summary>Removes them before the object.</summary>
    public static ReadOnlySpan<byte> Start(ReadOnlySpan<byte> line)
    {
        while (line.Length > 0)
        {
            if (IsSpace(line[0]))
            {
                line = line[1..];
            }
            else if (line.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }
            else
            {
                break;
            }
        }

        return line;
    }

    /// <summary>Whether nothing but what may follow the object is there.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> rest)
    {
        foreach (byte value in rest)
        {
            if (!IsSpace(value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Space, tab, line breaks, form feeds and NUL.</summary>
    public static bool IsSpace(byte value) => value is 0 or (byte)' ' or >= 9 and <= 13;
}
