using System.Runtime.CompilerServices;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// Reads one whole text, a line or a document, as strictly as <see cref="Utf8JsonReader"/> does. Most bytes of a usage line are text full of escaped line breaks, which that
/// reader walks byte by byte; here 16 bytes are looked at in one step. What is inlined here and in the parser is so because precompiled code calls
/// through a stub, and these are called for every token of a gigabyte (cold sync of the benchmark "ingest": 6 % less time; inlining more takes longer).
/// </summary>
internal ref struct JsonScanner
{
    /// <summary>What opens a level of nesting, by level; one array per thread is enough.</summary>
    private readonly byte[] levels;
    private readonly ReadOnlySpan<byte> data;
    private int at;
    private int depth;
    private Expects expects;

    /// <param name="line">The text, trimmed.</param>
    /// <param name="levels">Its length is the deepest nesting accepted.</param>
    public JsonScanner(ReadOnlySpan<byte> line, byte[] levels)
    {
        data = line;
        this.levels = levels;
    }

    private enum Expects : byte
    {
        Value,
        ValueOrEnd,
        Name,
        NameOrEnd,
        CommaOrEnd,
    }

    /// <summary>Whether the line turned out to be no JSON; nothing more can be read then.</summary>
    public bool IsBad { get; private set; }

    /// <summary>Reads the next token. False at the end of the line, or where it is no JSON.</summary>
    public bool Read(out JsonToken token)
    {
        token = default;
        int next = Next();
        if (expects == Expects.CommaOrEnd)
        {
            if (depth == 0)
            {
                // Nothing may follow the value.
                return next >= 0 && Bad();
            }

            if (next == ',')
            {
                at++;
                next = Next();
                expects = levels[depth - 1] == '{' ? Expects.Name : Expects.Value;
            }
            else
            {
                return End(next, out token) || Bad();
            }
        }

        switch (expects)
        {
            case Expects.NameOrEnd when next == '}':
            case Expects.ValueOrEnd when next == ']':
                return End(next, out token);
            case Expects.Name or Expects.NameOrEnd:
                return next == '"' ? Name(out token) : Bad();
            default:
                return Value(next, out token);
        }
    }

    /// <summary>Reads on to the end of the object or array whose start was read last. False where the line is no JSON.</summary>
    public bool Skip(out JsonToken end)
    {
        int outside = depth - 1;
        while (Read(out end))
        {
            if (depth == outside)
            {
                return true;
            }
        }

        return Bad();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next()
    {
        while (at < data.Length)
        {
            byte value = data[at];
            if (value is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return value;
            }

            at++;
        }

        return -1;
    }

    private bool Bad()
    {
        IsBad = true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Open(JsonTokenType type, byte kind, Expects inside, out JsonToken token)
    {
        token = default;
        if (depth == levels.Length)
        {
            return Bad();
        }

        levels[depth++] = kind;
        expects = inside;
        at++;
        token = new JsonToken(type, default, false, at);
        return true;
    }

    private bool End(int next, out JsonToken token)
    {
        bool isObject = levels[depth - 1] == '{';
        if (next != (isObject ? '}' : ']'))
        {
            token = default;
            return Bad();
        }

        depth--;
        at++;
        expects = Expects.CommaOrEnd;
        token = new JsonToken(isObject ? JsonTokenType.EndObject : JsonTokenType.EndArray, default, false, at);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Name(out JsonToken token)
    {
        if (!Text(JsonTokenType.PropertyName, out token))
        {
            return false;
        }

        if (Next() != ':')
        {
            return Bad();
        }

        at++;
        expects = Expects.Value;
        return true;
    }

    private bool Value(int next, out JsonToken token)
    {
        token = default;
        switch (next)
        {
            case '{':
                return Open(JsonTokenType.StartObject, (byte)'{', Expects.NameOrEnd, out token);
            case '[':
                return Open(JsonTokenType.StartArray, (byte)'[', Expects.ValueOrEnd, out token);
            case '"':
                expects = Expects.CommaOrEnd;
                return Text(JsonTokenType.String, out token);
            case 't':
                return Literal("true"u8, JsonTokenType.True, out token);
            case 'f':
                return Literal("false"u8, JsonTokenType.False, out token);
            case 'n':
                return Literal("null"u8, JsonTokenType.Null, out token);
            case '-' or (>= '0' and <= '9'):
                return Number(out token);
            default:
                return Bad();
        }
    }

    private bool Literal(ReadOnlySpan<byte> word, JsonTokenType type, out JsonToken token)
    {
        token = default;
        if (!data[at..].StartsWith(word))
        {
            return Bad();
        }

        at += word.Length;
        expects = Expects.CommaOrEnd;
        token = new JsonToken(type, default, false, at);
        return true;
    }

    // -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?
    private bool Number(out JsonToken token)
    {
        token = default;
        int start = at;
        at += data[at] == '-' ? 1 : 0;
        int first = at;
        int whole = Digits();
        if (whole == 0 || (whole > 1 && data[first] == '0'))
        {
            return Bad();
        }

        if (at < data.Length && data[at] == '.')
        {
            at++;
            if (Digits() == 0)
            {
                return Bad();
            }
        }

        if (at < data.Length && data[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < data.Length && data[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            if (Digits() == 0)
            {
                return Bad();
            }
        }

        expects = Expects.CommaOrEnd;
        token = new JsonToken(JsonTokenType.Number, data[start..at], false, at);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Digits()
    {
        int start = at;
        while (at < data.Length && (uint)(data[at] - '0') <= 9)
        {
            at++;
        }

        return at - start;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Text(JsonTokenType type, out JsonToken token)
    {
        int start = at + 1;
        int end = JsonString.End(data, start, out bool escaped);
        if (end < 0)
        {
            token = default;
            return Bad();
        }

        at = end + 1;
        token = new JsonToken(type, data[start..end], escaped, at);
        return true;
    }
}
