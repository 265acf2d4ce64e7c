using System.Text;

namespace AiaiaiDashboard.Benchmarks.Ingest.Transcripts;

/// <summary>Text that looks like code and prose, escaped for JSON once, of which lines take any part.</summary>
internal sealed class TextPool
{
    private const int TextLength = 2_000_000;
    private const int Base64Length = 200_000;
    private const string Base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly string[] Words =
    [
        "the", "of", "to", "and", "in", "for", "is", "with", "return", "await", "async", "Task", "string", "int", "var", "public", "private",
        "class", "import", "const", "function", "export", "interface", "value", "error", "result", "count", "token", "usage", "cost", "budget",
        "project", "parse", "load", "save", "test", "assert", "expect", "build", "run", "server", "request", "response", "cache", "queue", "path",
    ];

    // Escaped as JSON wants it; beyond ASCII as it comes, which is how the agent writes it.
    private static readonly string[] Ends = [";", ":", " {", "}", ")", "", """ => \"x\" """, " // ok", " # é中文 😀"];

    private readonly SeededRandom random;
    private readonly string text;
    private readonly string base64;

    public TextPool(SeededRandom random)
    {
        this.random = random;
        var built = new StringBuilder(TextLength + 200);
        while (built.Length < TextLength)
        {
            built.Append(' ', 4 * random.Between(0, 5));
            for (int words = random.Between(2, 11); words > 0; words--)
            {
                built.Append(random.Pick(Words)).Append(' ');
            }

            built.Append(random.Pick(Ends)).Append("\\n");
        }

        text = built.ToString();
        base64 = string.Create(Base64Length, random, static (span, from) =>
        {
            for (int i = 0; i < span.Length; i++)
            {
                span[i] = Base64Digits[from.Between(0, Base64Digits.Length)];
            }
        });
    }

    public string Word() => random.Pick(Words);

    /// <summary>About so many characters that stand between the quotes of a JSON string.</summary>
    public ReadOnlySpan<char> Text(int length)
    {
        ReadOnlySpan<char> part = Part(text, length);
        // From space to space: no escape and no surrogate pair is cut.
        int first = part.IndexOf(' ');
        int last = part.LastIndexOf(' ');
        return last > first ? part[first..last] : [];
    }

    public ReadOnlySpan<char> Base64(int length) => Part(base64, length);

    private ReadOnlySpan<char> Part(string source, int length)
    {
        length = Math.Clamp(length, 0, source.Length - 1);
        return source.AsSpan(random.Between(0, source.Length - length), length);
    }
}
