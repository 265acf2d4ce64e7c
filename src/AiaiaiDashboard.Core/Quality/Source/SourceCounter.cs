using System.Text;

namespace AiaiaiDashboard.Core.Quality.Source;

/// <summary>What one source file holds.</summary>
/// <param name="Lines">Lines that are not blank.</param>
/// <param name="Todo">Remarks that something is to be done.</param>
/// <param name="Fixme">Remarks that something is to be repaired.</param>
/// <param name="Hack">Remarks that something is makeshift.</param>
internal readonly record struct SourceCount(int Lines, int Todo, int Fixme, int Hack)
{
    /// <summary>A file that is no text.</summary>
    public static readonly SourceCount Nothing;

    /// <summary>Remarks in all.</summary>
    public int Issues => Todo + Fixme + Hack;
}

/// <summary>Counts lines and open remarks of one file. A remark is one of the three words in capitals, as a whole word, inside a comment.</summary>
internal static class SourceCounter
{
    /// <summary>What stands further right on its line is not looked at: such lines are packed, not written.</summary>
    public const int MaxLineBytes = 1_000;

    private const int SniffedBytes = 8_000;

    /// <summary>Counts.</summary>
    /// <param name="text">The file, in UTF-8 or another encoding that keeps ASCII.</param>
    /// <param name="comments">The language's comments.</param>
    public static SourceCount Count(ReadOnlySpan<byte> text, CommentSyntax comments)
    {
        if (text[..Math.Min(text.Length, SniffedBytes)].Contains((byte)0))
        {
            return SourceCount.Nothing;
        }

        return new SourceCount(Lines(text), Words(text, "TODO"u8, comments), Words(text, "FIXME"u8, comments), Words(text, "HACK"u8, comments));
    }

    private static int Lines(ReadOnlySpan<byte> text)
    {
        int lines = 0;
        while (!text.IsEmpty)
        {
            int end = text.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? text : text[..end];
            // Most lines end in something else than a blank, so that their last byte decides.
            if (!line.IsEmpty && (line[^1] > (byte)' ' || line.ContainsAnyExcept(" \t\r\f\v"u8)))
            {
                lines++;
            }

            text = end < 0 ? [] : text[(end + 1)..];
        }

        return lines;
    }

    private static int Words(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word, CommentSyntax comments)
    {
        int found = 0;
        BlockComments? blocks = null;
        for (int from = 0; text[from..].IndexOf(word) is >= 0 and int at; from += at + word.Length)
        {
            int position = from + at;
            int after = position + word.Length;
            if ((position == 0 || !IsWord(text[position - 1])) && (after == text.Length || !IsWord(text[after])))
            {
                // Looked at only where a word was found, which is rare: counting stays as fast as finding the words.
                ReadOnlySpan<byte> line = text[(text[..position].LastIndexOf((byte)'\n') + 1)..position];
                bool isRemark = line.Length <= MaxLineBytes
                    && ((blocks ??= new BlockComments(comments)).IsOpenAt(text, position - line.Length) || BeginsComment(line, comments));
                found += isRemark ? 1 : 0;
            }
        }

        return found;
    }

    private static bool BeginsComment(ReadOnlySpan<byte> line, CommentSyntax comments)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (StartsWith(line[i..], comments.Line) is not null)
            {
                return true;
            }

            if (StartsWith(line[i..], comments.Open) is { } open)
            {
                // A comment that ends before the word does not hold it.
                int closed = line[(i + comments.Open[open].Length)..].IndexOf(Encoding.ASCII.GetBytes(comments.Close[open]));
                if (closed < 0)
                {
                    return true;
                }

                i += comments.Open[open].Length + closed + comments.Close[open].Length - 1;
                continue;
            }

            // Past a text in quotes, where it ends on this line: what it holds is no comment. An apostrophe without a partner is none.
            if (line[i] is (byte)'"' or (byte)'\'' or (byte)'`')
            {
                int end = line[(i + 1)..].IndexOf(line[i]);
                if (end < 0 && line[i] != (byte)'\'')
                {
                    return false;
                }

                i += end < 0 ? 0 : end + 1;
            }
        }

        return false;
    }

    // Which of the marks the text begins with.
    private static int? StartsWith(ReadOnlySpan<byte> text, string[] marks)
    {
        for (int number = 0; number < marks.Length; number++)
        {
            string mark = marks[number];
            bool same = text.Length >= mark.Length;
            for (int i = 0; same && i < mark.Length; i++)
            {
                same = text[i] == mark[i];
            }

            if (same)
            {
                return number;
            }
        }

        return null;
    }

    private static bool IsWord(byte b) => b is (byte)'_' or >= (byte)'0' and <= (byte)'9' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'a' and <= (byte)'z' or >= 0x80;

    /// <summary>Tells whether a place lies inside a comment of several lines. Asked from the beginning to the end of a text, it reads every byte once.</summary>
    private sealed class BlockComments(CommentSyntax comments)
    {
        private readonly byte[][] open = [.. comments.Open.Select(Encoding.ASCII.GetBytes)];
        private readonly byte[][] close = [.. comments.Close.Select(Encoding.ASCII.GetBytes)];
        private readonly bool[] isOpen = new bool[comments.Open.Length];
        private int read;

        public bool IsOpenAt(ReadOnlySpan<byte> text, int position)
        {
            ReadOnlySpan<byte> added = text[Math.Min(read, position)..position];
            read = Math.Max(read, position);
            bool any = false;
            for (int i = 0; i < isOpen.Length; i++)
            {
                if (open[i].AsSpan().SequenceEqual(close[i]))
                {
                    isOpen[i] ^= added.Count(open[i]) % 2 == 1;
                }
                else
                {
                    int opened = added.LastIndexOf(open[i]);
                    int closed = added.LastIndexOf(close[i]);
                    isOpen[i] = opened == closed ? isOpen[i] : opened > closed;
                }

                any |= isOpen[i];
            }

            return any;
        }
    }
}
