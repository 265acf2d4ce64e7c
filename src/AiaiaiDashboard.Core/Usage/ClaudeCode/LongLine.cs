using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>How reading a long line ended.</summary>
/// <param name="Line">What became of it.</param>
/// <param name="Ended">Whether a <c>\n</c> was found.</param>
/// <param name="End">First byte after that <c>\n</c>.</param>
internal readonly record struct LongLineOutcome(LineOutcome Line, bool Ended, long End);

/// <summary>
/// Reads a line that does not fit the buffer (single lines of 734 MB exist) in pieces. Long strings are shortened before the JSON reader
/// sees them, so that no token, and no memory, grows with the line.
/// </summary>
internal sealed class LongLine(CallExtractor extractor, UsageLineParser parser, JsonReaderOptions options)
{
    private readonly StringShortener shortener = new();
    private byte[] pending = new byte[TranscriptReader.BufferSize];

    /// <summary>Reads the line that starts at <paramref name="start"/>.</summary>
    public LongLineOutcome Read(
        SafeFileHandle file, long start, long end, byte[] buffer, CallList batch, Action<long> read, CancellationToken cancellation)
    {
        var state = new JsonReaderState(options);
        shortener.Reset();
        parser.Begin();
        int held = 0;
        long position = start;
        bool ended = false;
        bool hasUsage = false;
        bool malformed = false;
        bool begun = false;
        var tail = new UsageBytes();
        while (!ended && position < end)
        {
            cancellation.ThrowIfCancellationRequested();
            int got = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - position)), position);
            if (got == 0)
            {
                break;
            }

            read(got);
            ReadOnlySpan<byte> chunk = buffer.AsSpan(0, got);
            int newline = chunk.IndexOf((byte)'\n');
            ended = newline >= 0;
            chunk = ended ? chunk[..newline] : chunk;
            position += ended ? newline + 1 : got;
            hasUsage |= tail.Contains(chunk);
            if (malformed)
            {
                continue;
            }

            if (!begun)
            {
                // A byte order mark can be cut in two by the end of a piece.
                chunk = LineTrim.Start(chunk);
                if (!ended && position < end && chunk.Length < 3 && "\uFEFF"u8.StartsWith(chunk))
                {
                    position -= chunk.Length;
                    continue;
                }

                begun = true;
            }

            held = Hold(chunk, held);
            if (parser.IsComplete)
            {
                // Only what may stand around the object may follow it.
                malformed = !LineTrim.IsBlank(pending.AsSpan(0, held));
                held = 0;
                continue;
            }

            try
            {
                held = Feed(held, ref state, out malformed);
            }
            catch (JsonException)
            {
                malformed = true;
            }
        }

        if (!hasUsage)
        {
            return new LongLineOutcome(LineOutcome.Ignored, ended, position);
        }

        if (malformed || !parser.IsComplete)
        {
            return new LongLineOutcome(ended ? LineOutcome.Malformed : LineOutcome.Ignored, ended, position);
        }

        return new LongLineOutcome(extractor.Extract(parser, start, batch), ended, position);
    }

    private int Hold(ReadOnlySpan<byte> chunk, int held)
    {
        if (pending.Length - held < chunk.Length)
        {
            Array.Resize(ref pending, held + chunk.Length);
        }

        return held + shortener.Shorten(chunk, pending.AsSpan(held));
    }

    /// <summary>Gives the parser what is held; keeps the part of a token that is not whole yet.</summary>
    private int Feed(int held, ref JsonReaderState state, out bool malformed)
    {
        malformed = false;
        var reader = new Utf8JsonReader(pending.AsSpan(0, held), isFinalBlock: false, state);
        try
        {
            parser.Consume(ref reader);
        }
        catch (JsonException) when (parser.IsComplete)
        {
            // Bytes after the object: trimmed below, or malformed.
        }

        int used = (int)reader.BytesConsumed;
        state = reader.CurrentState;
        int left = held - used;
        if (parser.IsComplete)
        {
            malformed = !LineTrim.IsBlank(pending.AsSpan(used, left));
            return 0;
        }

        pending.AsSpan(used, left).CopyTo(pending);
        return left;
    }

    /// <summary>Looks for the bytes <c>"usage"</c> across pieces.</summary>
    private struct UsageBytes
    {
        private ulong last;

        public bool Contains(ReadOnlySpan<byte> chunk)
        {
            Span<byte> seam = stackalloc byte[12];
            for (int i = 0; i < 6; i++)
            {
                seam[i] = (byte)(last >> (8 * (5 - i)));
            }

            int head = Math.Min(6, chunk.Length);
            chunk[..head].CopyTo(seam[6..]);
            bool found = seam[..(6 + head)].IndexOf("\"usage\""u8) >= 0 || chunk.IndexOf("\"usage\""u8) >= 0;
            foreach (byte value in chunk[Math.Max(0, chunk.Length - 6)..])
            {
                last = (last << 8) | value;
            }

            return found;
        }
    }
}

/// <summary>Drops the inside of long JSON strings as they stream by, and keeps the line as valid, or as invalid, as it was.</summary>
internal sealed class StringShortener
{
    /// <summary>Bytes of a string that are kept. No name a line is read for is longer.</summary>
    public const int Kept = 8192;

    private bool inString;
    private int length;
    private int escape;
    private bool escapeKept;

    /// <summary>What <see cref="Shorten"/> keeps of a valid string, given between its quotes.</summary>
    public static ReadOnlySpan<byte> Beginning(ReadOnlySpan<byte> text)
    {
        if (text.Length <= Kept)
        {
            return text;
        }

        int at = 0;
        while (at < Kept)
        {
            at += text[at] != '\\' ? 1 : text[at + 1] == 'u' ? 6 : 2;
        }

        return text[..at];
    }

    /// <summary>Prepares for the next line.</summary>
    public void Reset()
    {
        inString = false;
        length = 0;
        escape = 0;
    }

    /// <summary>Copies a piece of the line without the inside of its long strings.</summary>
    /// <param name="source">Next piece.</param>
    /// <param name="target">At least as long.</param>
    /// <returns>Bytes written.</returns>
    public int Shorten(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int written = 0;
        for (int i = 0; i < source.Length; i++)
        {
            byte value = source[i];
            if (!inString)
            {
                inString = value == '"';
                length = 0;
                target[written++] = value;
                continue;
            }

            length++;
            bool keep = length <= Kept;
            if (escape > 0)
            {
                // An escape begun inside the kept part is kept whole; an invalid one becomes a byte that the reader refuses.
                bool valid = escape == 5 ? "\"\\/bfnrtu"u8.Contains(value) : char.IsAsciiHexDigit((char)value);
                escape = !valid ? 0 : escape == 5 ? (value == 'u' ? 4 : 0) : escape - 1;
                keep = escapeKept || !valid;
                value = valid ? value : (byte)1;
            }
            else if (value == '\\')
            {
                escape = 5;
                escapeKept = keep;
            }
            else if (value == '"')
            {
                inString = false;
                keep = true;
            }
            else if (value < 0x20)
            {
                // Not allowed in a string: let the reader see it.
                keep = true;
            }

            if (keep)
            {
                target[written++] = value;
            }
        }

        return written;
    }
}
