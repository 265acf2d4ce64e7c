using System.Globalization;
using Serilog.Events;
using Serilog.Formatting;

namespace AiaiaiDashboard.Hosting;

/// <summary>
/// Lines for people at a terminal. Names in messages come from transcripts and repositories: a control character in them is shown as a question mark,
/// so that none colours the screen, moves the cursor or makes up a line of its own. An exception's lines stand below, indented.
/// </summary>
internal sealed class TerminalFormatter : ITextFormatter
{
    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        string level = logEvent.Level switch
        {
            LogEventLevel.Verbose => "VRB",
            LogEventLevel.Debug => "DBG",
            LogEventLevel.Information => "INF",
            LogEventLevel.Warning => "WRN",
            LogEventLevel.Error => "ERR",
            _ => "FTL",
        };
        output.Write(logEvent.Timestamp.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        output.Write($" {level} ");
        // l: texts without quotation marks.
        using var message = new StringWriter(CultureInfo.InvariantCulture);
        logEvent.MessageTemplate.Render(Literal(logEvent.Properties), message, CultureInfo.InvariantCulture);
        output.WriteLine(Printable(message.ToString()));
        foreach (string line in logEvent.Exception?.ToString().Split('\n') ?? [])
        {
            output.WriteLine($"         {Printable(line.TrimEnd('\r'))}");
        }
    }

    // A text property renders itself in quotation marks; this one does not.
    private static Dictionary<string, LogEventPropertyValue> Literal(IReadOnlyDictionary<string, LogEventPropertyValue> properties) =>
        properties.ToDictionary(p => p.Key, p => p.Value is ScalarValue { Value: string text } ? new ScalarValue(new Unquoted(text)) : p.Value, StringComparer.Ordinal);

    private static string Printable(string text) => string.Create(text.Length, text, static (characters, source) =>
    {
        for (int i = 0; i < source.Length; i++)
        {
            characters[i] = IsHarmless(source[i]) ? source[i] : '?';
        }
    });

    // Nor a character that turns the reading direction: what follows it would be read as something else.
    private static bool IsHarmless(char c) => !char.IsControl(c) && c is not ((>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    private sealed record Unquoted(string Text)
    {
        public override string ToString() => Text;
    }
}
