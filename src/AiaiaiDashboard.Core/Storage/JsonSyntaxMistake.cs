using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>Says in one own sentence why a text is not JSON: line, byte, JSON path, what stands there, what is allowed. A parser's words are not repeated.</summary>
internal static class JsonSyntaxMistake
{
    // Parts of System.Text.Json's messages (.NET 10) that tell the mistakes apart, and what is said instead; the first that fits counts.
    private static readonly (string Sign, string Words)[] Mistakes =
    [
        ("trailing comma", "a comma stands before a closing bracket; remove it"),
        ("Duplicate propert", "the same name stands twice in one object; keep one of them"),
        ("uplicate", "the same name stands twice in one object; keep one of them"),
        ("maximum configured depth", "the brackets are nested too deeply; at most 64 levels are allowed"),
        ("after a single JSON value", "expected nothing more after the value that is the file"),
        ("end of data", "the file ends in the middle of a value; a quote or a bracket is not closed"),
        ("Expected depth to be zero", "the file ends before every bracket is closed"),
        ("does not contain any JSON tokens", "the file holds no value"),
        ("start of a property name", "expected a name in double quotes"),
        ("after a property name", "expected a colon between name and value"),
        ("after a value", "expected a comma or a closing bracket"),
        ("within a JSON string", "a text may not hold this character as it is; write it as an escape such as \\n"),
        ("hex digit", "\\u is followed by four hexadecimal digits"),
        ("escapable", "only \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u may follow a backslash"),
        ("UTF-8", "the text is not UTF-8"),
        ("UTF-16", "an escape stands for half a character; both halves are needed"),
        ("number", "a number is written with digits, such as 12 or 0.5"),
        ("digit", "a number is written with digits, such as 12 or 0.5"),
        ("decimal", "a number is written with digits, such as 12 or 0.5"),
        ("JSON literal", "expected true, false or null, or a text in double quotes"),
        ("start of a value", "expected a value: a text in double quotes, a number, true, false, null, [ or {"),
    ];

    /// <summary>Explains the mistake.</summary>
    /// <param name="file">Name for the message.</param>
    /// <param name="json">The whole input.</param>
    /// <param name="exception">What the parser said.</param>
    public static FileProblem Explain(string file, ReadOnlySpan<byte> json, JsonException exception)
    {
        string? words = null;
        foreach ((string sign, string own) in Mistakes)
        {
            if (exception.Message.Contains(sign, StringComparison.Ordinal))
            {
                words = own;
                break;
            }
        }

        words ??= "something stands here that JSON does not allow";
        string path = PathOfEnd(json);
        if (exception.LineNumber is not { } line)
        {
            return new FileProblem(file, path, $"not valid JSON: {words}.");
        }

        long at = exception.BytePositionInLine ?? 0;
        string found = FoundAt(json, line, at);
        return new FileProblem(
            file,
            string.Create(CultureInfo.InvariantCulture, $"line {line + 1}"),
            string.Create(CultureInfo.InvariantCulture, $"not valid JSON at byte {at + 1} of the line, in {path}: {found}{words}."));
    }

    private static string FoundAt(ReadOnlySpan<byte> json, long line, long at)
    {
        for (; line > 0; line--)
        {
            int newline = json.IndexOf((byte)'\n');
            if (newline < 0)
            {
                return "";
            }

            json = json[(newline + 1)..];
        }

        if (at >= json.Length)
        {
            return "";
        }

        Rune.DecodeFromUtf8(json[(int)at..], out Rune rune, out _);
        return Rune.IsControl(rune) || rune == Rune.ReplacementChar ? "" : $"found '{rune}'; ";
    }

    // Where the reader stands when it cannot go on: in which member of which object.
    private static string PathOfEnd(ReadOnlySpan<byte> json)
    {
        var open = new Stack<(string Path, int Index)>();
        string at = "$";
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = DocumentJson.MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    at = open.Pop().Path;
                    continue;
                }

                if (open.TryPeek(out (string Path, int Index) parent))
                {
                    if (reader.TokenType == JsonTokenType.PropertyName)
                    {
                        at = JsonPath.Member(parent.Path, reader.GetString()!);
                        continue;
                    }

                    if (parent.Index >= 0)
                    {
                        open.Pop();
                        at = JsonPath.Element(parent.Path, parent.Index);
                        open.Push(parent with { Index = parent.Index + 1 });
                    }
                }

                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    open.Push((at, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // That is the place.
        }

        return at;
    }
}
