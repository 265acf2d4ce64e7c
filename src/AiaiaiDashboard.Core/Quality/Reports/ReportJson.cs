using System.Text.Json;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>The tokens of a JSON report, one at a time: memory is bounded by the longest text in it, not by the file.</summary>
internal sealed class ReportJson(Stream stream)
{
    /// <summary>Longest single text, bytes; Lighthouse reports hold screenshots of some 100 KB.</summary>
    public const int MaxTokenBytes = 16 * 1024 * 1024;

    /// <summary>Levels of nesting; Lighthouse's own reach 30.</summary>
    public const int MaxDepth = 128;

    private byte[] buffer = new byte[64 * 1024];
    private JsonReaderState state = new(new JsonReaderOptions { MaxDepth = MaxDepth, AllowTrailingCommas = false });
    private int start;
    private int end;
    private bool ended;
    private bool begun;

    /// <summary>The token read last.</summary>
    public JsonTokenType Token { get; private set; }

    /// <summary>Depth of the token read last; 0 at the top.</summary>
    public int Depth { get; private set; }

    /// <summary>The name or text read last; null for other tokens, or for a text of over 64 KB, which no figure has.</summary>
    public string? Text { get; private set; }

    /// <summary>The number read last; null for other tokens.</summary>
    public decimal? Number { get; private set; }

    /// <summary>Reads the next token; false at the end.</summary>
    /// <exception cref="JsonException">It is not JSON, ends too early, or is nested too deeply.</exception>
    /// <exception cref="InvalidDataException">A text is too long.</exception>
    public bool Next()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(buffer.AsSpan(start, end - start), ended, state);
            if (reader.Read())
            {
                Take(ref reader);
                return true;
            }

            state = reader.CurrentState;
            start += (int)reader.BytesConsumed;
            if (ended)
            {
                return false;
            }

            Fill();
        }
    }

    /// <summary>Reads to the end of the value that begins with the token read last; nothing for a single value.</summary>
    public void Skip()
    {
        if (Token is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            int depth = Depth;
            while (Next() && Depth > depth)
            {
            }
        }
    }

    /// <summary>Reads to the next property of the object at <paramref name="depth"/> (of its braces), whose name is then <see cref="Text"/>; false at its end.</summary>
    public bool NextProperty(int depth)
    {
        while (Next())
        {
            if (Depth == depth && Token == JsonTokenType.EndObject)
            {
                return false;
            }

            if (Depth == depth + 1 && Token == JsonTokenType.PropertyName)
            {
                return true;
            }
        }

        return false;
    }

    private void Take(ref Utf8JsonReader reader)
    {
        Token = reader.TokenType;
        Depth = reader.CurrentDepth;
        bool isText = Token is JsonTokenType.String or JsonTokenType.PropertyName;
        Text = isText && reader.ValueSpan.Length <= ReportLines.MaxLineBytes ? GetText(ref reader) : null;
        Number = Token == JsonTokenType.Number && reader.TryGetDecimal(out decimal number) ? number : null;
        state = reader.CurrentState;
        start += (int)reader.BytesConsumed;
    }

    private static string? GetText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A text in it is not valid UTF-8.", e);
        }
    }

    private void Fill()
    {
        if (start == 0 && end == buffer.Length)
        {
            if (buffer.Length >= MaxTokenBytes)
            {
                throw new InvalidDataException("holds a single text of over 16 MB.");
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }

        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        int read = stream.Read(buffer, end, buffer.Length - end);
        ended = read == 0;
        end += read;
        if (!begun)
        {
            begun = true;
            start = buffer.AsSpan(0, end).StartsWith("\uFEFF"u8) ? 3 : 0;
        }
    }
}
