using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>Finds the ends of strings, 16 bytes in one step.</summary>
internal static class JsonString
{
    /// <summary>Position of the quote that ends a string; -1 where it has none, or holds what no JSON string may.</summary>
    /// <param name="data">The line.</param>
    /// <param name="start">Behind the quote that begins it.</param>
    /// <param name="escaped">Whether it holds escapes.</param>
    public static int End(ReadOnlySpan<byte> data, int start, out bool escaped)
    {
        escaped = false;
        int end = start;
        while (true)
        {
            end = Special(data, end);
            if (end >= data.Length || data[end] < ' ')
            {
                return -1;
            }

            if (data[end] == '"')
            {
                return end;
            }

            escaped = true;
            int length = Escape(data[end..]);
            if (length == 0)
            {
                return -1;
            }

            end += length;
        }
    }

    /// <summary>Length of the escape at the start, 0 where it is none.</summary>
    private static int Escape(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
        {
            return 0;
        }

        switch (text[1])
        {
            case (byte)'n' or (byte)'"' or (byte)'\\' or (byte)'t' or (byte)'/' or (byte)'r' or (byte)'b' or (byte)'f':
                return 2;
            case (byte)'u':
                return text.Length >= 6 && char.IsAsciiHexDigit((char)text[2]) && char.IsAsciiHexDigit((char)text[3])
                    && char.IsAsciiHexDigit((char)text[4]) && char.IsAsciiHexDigit((char)text[5]) ? 6 : 0;
            default:
                return 0;
        }
    }

    /// <summary>Position of the next quote, backslash or control character; the length of the line where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Special(ReadOnlySpan<byte> data, int from)
    {
        ref byte first = ref MemoryMarshal.GetReference(data);
        int i = from;
        for (; i <= data.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref first, (nuint)i);
            Vector128<byte> hits = Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.Equals(Vector128.Min(bytes, Vector128.Create((byte)0x1F)), bytes);
            uint mask = hits.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return i + System.Numerics.BitOperations.TrailingZeroCount(mask);
            }
        }

        for (; i < data.Length; i++)
        {
            if (data[i] is (byte)'"' or (byte)'\\' or < (byte)' ')
            {
                return i;
            }
        }

        return data.Length;
    }
}
