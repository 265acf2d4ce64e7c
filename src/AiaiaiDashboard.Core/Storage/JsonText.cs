using System.Text;
using System.Text.Json;

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

    /// <summary>
    /// Refuses escapes that stand for half a character (<c>\ud800</c> without its other half), which the framework's reader takes, and then throws for as
    /// what is no mistake of a text, wherever it is asked for one.
    /// </summary>
    /// <param name="json">A whole document.</param>
    /// <exception cref="JsonException">There is one; says where.</exception>
    public static void RequireWholeCharacters(ReadOnlySpan<byte> json)
    {
        int place = HalfCharacter(json);
        if (place >= 0)
        {
            ReadOnlySpan<byte> before = json[..place];
            throw new JsonException("Half of a UTF-16 surrogate pair.", null, before.Count((byte)'\n'), place - (before.LastIndexOf((byte)'\n') + 1));
        }
    }

    /// <summary>Where the first such escape stands; -1 where there is none.</summary>
    public static int HalfCharacter(ReadOnlySpan<byte> json)
    {
        for (int at = json.IndexOf((byte)'\\'); at >= 0 && at < json.Length;)
        {
            int unit = Unit(json[at..]);
            if (unit >= 0 && char.IsSurrogate((char)unit))
            {
                if (!char.IsHighSurrogate((char)unit) || Unit(json[(at + 6)..]) is not (>= 0xDC00 and <= 0xDFFF))
                {
                    return at;
                }

                at += 6;
            }

            // A backslash that is escaped begins nothing.
            at = Math.Min(at + 2, json.Length);
            int next = json[at..].IndexOf((byte)'\\');
            at = next < 0 ? -1 : at + next;
        }

        return -1;
    }

    // The code unit of an escape \uXXXX at the start; -1 for anything else.
    private static int Unit(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[0] == '\\' && text[1] == 'u' && char.IsAsciiHexDigit((char)text[2]) && char.IsAsciiHexDigit((char)text[3])
        && char.IsAsciiHexDigit((char)text[4]) && char.IsAsciiHexDigit((char)text[5]) ? Hex(text.Slice(2, 4)) : -1;

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
