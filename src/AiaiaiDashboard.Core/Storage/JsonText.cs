using System.Text;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>JSON string text without the framework's exceptions: lone surrogates are harmless here (R7).</summary>
internal static class JsonText
{
    /// <summary>Whether the string is <paramref name="text"/>. Unlike the framework's comparison it does not throw for lone surrogates.</summary>
    /// <param name="token">On a string.</param>
    /// <param name="text">UTF-8, short.</param>
    public static bool Is(in JsonToken token, ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> value = token.Value;
        if (!token.IsEscaped)
        {
            return value.SequenceEqual(text);
        }

        // An escape makes a character at most six times as long.
        if (value.Length > text.Length * 6)
        {
            return false;
        }

        Span<byte> unescaped = stackalloc byte[value.Length];
        return unescaped[..Unescape(value, unescaped)].SequenceEqual(text);
    }

    /// <summary>The text of a string; empty for any other token.</summary>
    public static string Decode(in JsonToken token)
    {
        if (!token.IsEscaped)
        {
            return Encoding.UTF8.GetString(token.Value);
        }

        byte[] unescaped = new byte[token.Value.Length];
        return Encoding.UTF8.GetString(unescaped, 0, Unescape(token.Value, unescaped));
    }

    /// <summary>Resolves the escapes of a string that the reader has already found valid.</summary>
    /// <param name="escaped">Bytes between the quotes.</param>
    /// <param name="target">At least as long as <paramref name="escaped"/>.</param>
    /// <returns>Bytes written.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> target)
    {
        int written = 0;
        for (int i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != '\\')
            {
                target[written++] = escaped[i];
                continue;
            }

            byte kind = escaped[++i];
            if (kind != 'u')
            {
                target[written++] = kind switch
                {
                    (byte)'n' => (byte)'\n',
                    (byte)'t' => (byte)'\t',
                    (byte)'r' => (byte)'\r',
                    (byte)'b' => (byte)'\b',
                    (byte)'f' => (byte)'\f',
                    _ => kind,
                };
                continue;
            }

            char unit = (char)Hex(escaped.Slice(i + 1, 4));
            i += 4;
            Rune rune;
            if (char.IsHighSurrogate(unit) && i + 6 < escaped.Length && escaped[i + 1] == '\\' && escaped[i + 2] == 'u'
                && Rune.TryCreate(unit, (char)Hex(escaped.Slice(i + 3, 4)), out rune))
            {
                i += 6;
            }
            else if (!Rune.TryCreate(unit, out rune))
            {
                rune = Rune.ReplacementChar;
            }

            written += rune.EncodeToUtf8(target[written..]);
        }

        return written;
    }

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte digit in digits)
        {
            value = (value << 4) | (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value;
    }
}
