using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>Reads the lines of a log one after the other, in memory bounded by the longest line.</summary>
internal static class LogLines
{
    /// <summary>A longer line is reported as bad; the rest of the file is read.</summary>
    public const int MaxLineBytes = 16 * 1024 * 1024;

    private const int InitialBufferBytes = 256 * 1024;

    /// <summary>Reads <paramref name="stream"/> to its end.</summary>
    /// <param name="stream">At its beginning.</param>
    /// <param name="file">Name for problems.</param>
    /// <param name="reader">Gets every line that is not blank.</param>
    public static LogReport Read(Stream stream, string file, LogLineReader reader)
    {
        var findings = new Findings(file, reader);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(InitialBufferBytes);
        int filled = 0;
        long lineOffset = 0;
        long skipped = 0;
        try
        {
            int count;
            while ((count = stream.Read(buffer, filled, buffer.Length - filled)) > 0)
            {
                int scanned = filled;
                int lineStart = 0;
                filled += count;
                int newline;
                while ((newline = buffer.AsSpan(scanned, filled - scanned).IndexOf((byte)'\n')) >= 0)
                {
                    int end = scanned + newline;
                    findings.Line(buffer.AsSpan(lineStart, end - lineStart), lineOffset, skipped > 0 || end - lineStart > MaxLineBytes);
                    lineOffset += skipped + end + 1 - lineStart;
                    skipped = 0;
                    lineStart = scanned = end + 1;
                }

                filled -= lineStart;
                buffer.AsSpan(lineStart, filled).CopyTo(buffer);
                if (skipped > 0 || filled > MaxLineBytes)
                {
                    // The beginning of a line that is too long: only its length is still of interest.
                    skipped += filled;
                    filled = 0;
                }
                else if (filled == buffer.Length)
                {
                    buffer = Grow(buffer, filled);
                }
            }

            findings.Tail(buffer.AsSpan(0, filled), lineOffset, skipped > 0);
            return findings.Report;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Whether the bytes are one whole JSON value in braces. No beginning of such a value is one itself, so this tells a whole record from a torn one.</summary>
    public static bool IsCompleteRecord(ReadOnlySpan<byte> line)
    {
        line = WithoutEdges(line);
        if (line.Length < 2 || line[0] != (byte)'{' || line[^1] != (byte)'}')
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = DocumentJson.MaxDepth });
            while (reader.Read())
            {
                // The reader checks brackets and separators as it goes; a text is checked for whole characters here.
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !System.Text.Unicode.Utf8.IsValid(reader.ValueSpan))
                {
                    return false;
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The line without a byte order mark and blanks around it.</summary>
    public static ReadOnlySpan<byte> WithoutEdges(ReadOnlySpan<byte> line)
    {
        line = line.StartsWith("\uFEFF"u8) ? line[3..] : line;
        while (line.Length > 0 && IsBlank(line[0]))
        {
            line = line[1..];
        }

        while (line.Length > 0 && IsBlank(line[^1]))
        {
            line = line[..^1];
        }

        return line;

        static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r';
    }

    private static byte[] Grow(byte[] buffer, int filled)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private sealed class Findings(string file, LogLineReader reader)
    {
        private readonly List<FileProblem> problems = [];
        private long number;
        private long good;
        private long bad;
        private long? torn;

        public LogReport Report => new() { Lines = good, BadLines = bad, Problems = problems, TornLine = torn };

        public void Line(ReadOnlySpan<byte> line, long offset, bool tooLong)
        {
            number++;
            if (tooLong)
            {
                Bad(offset, $"the line is longer than {MaxLineBytes / 1024 / 1024} MB.");
                return;
            }

            // A line as the program writes it has no edges.
            line = line is [(byte)'{', .., (byte)'}'] ? line : WithoutEdges(line);
            if (line.IsEmpty)
            {
                return;
            }

            try
            {
                reader(line, number, offset);
                good++;
            }
            catch (JsonException exception)
            {
                Bad(offset, line.Contains((byte)0) ? "the line holds NUL bytes." : exception.Message);
            }
            catch (Exception exception) when (exception is FormatException or InvalidDataException or OverflowException or InvalidOperationException or KeyNotFoundException)
            {
                Bad(offset, exception.Message);
            }
        }

        // What follows the last newline: a whole record that only lacks its newline is read; anything less is a torn tail.
        public void Tail(ReadOnlySpan<byte> tail, long offset, bool tooLong)
        {
            if (!tooLong && WithoutEdges(tail).IsEmpty)
            {
                return;
            }

            ReadOnlySpan<byte> content = tail.TrimEnd((byte)0);
            if (!tooLong && IsCompleteRecord(content))
            {
                Line(content, offset, false);
            }
            else
            {
                torn = number + 1;
            }
        }

        private void Bad(long offset, string message)
        {
            bad++;
            if (problems.Count < LogReport.MaxProblems)
            {
                problems.Add(new FileProblem(file, $"line {number}", $"skipped at byte {offset}: {message}"));
            }
        }
    }
}
