using AiaiaiDashboard.Hosting;
using AiaiaiDashboard.Tests.Shared;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace AiaiaiDashboard.Integration.Tests.Hosting;

public sealed class TerminalFormatterTests
{
    [Theory]
    [InlineData("a\nb", "a?b")]
    [InlineData("a\r\n12:00:00 ERR forged", "a??12:00:00 ERR forged")]
    [InlineData("\u001b[31mred\u001b[0m", "?[31mred?[0m")]
    [InlineData("\u009b2J", "?2J")]
    [InlineData("{Other} {0}", "{Other} {0}")]
    public void Message_HostileName_StaysOneLineOfText(string name, string shown)
    {
        string line = Write(log => log.Information("Project {Name} was found after {Count} tries", name, 3));

        Assert.EndsWith($" INF Project {shown} was found after 3 tries{Environment.NewLine}", line, StringComparison.Ordinal);
        Assert.Single(line.TrimEnd().Split('\n'));
    }

    public static IEnumerable<object[]> Texts => HostileTexts.Cases;

    [Theory]
    [MemberData(nameof(Texts))]
    public void Message_AnyHostileText_IsOneLineWithoutControlCharacters(string text)
    {
        string line = Write(log => log.Warning("Project {Name} of {Client} failed", text, text));

        Assert.EndsWith(Environment.NewLine, line, StringComparison.Ordinal);
        Assert.All(line[..^Environment.NewLine.Length], c => Assert.False(char.IsControl(c) || c == '\u202E'));
        Assert.Contains(" WRN Project ", line, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void CompactJson_AnyHostileText_IsOneLineAndOneValue(string text)
    {
        using var output = new StringWriter();
        using (Logger log = new LoggerConfiguration().WriteTo.Sink(new JsonSink(output)).CreateLogger())
        {
            log.Warning("Project {Name} failed", text);
        }

        string line = Assert.Single(output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        using var parsed = System.Text.Json.JsonDocument.Parse(line);
        Assert.Equal(text, parsed.RootElement.GetProperty("Name").GetString());
        Assert.Equal(["@t", "@mt", "@l", "Name"], parsed.RootElement.EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public void Exception_LinesOfIts_AreIndentedSoThatNoneLooksLikeALineOfTheLog()
    {
        string text = Write(log => log.Error(new InvalidDataException("first\n12:00:00 INF forged\u001b[2J"), "Failed"));

        Assert.All(text.TrimEnd().Split('\n').Skip(1), line => Assert.StartsWith("         ", line, StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', text);
    }

    private sealed class JsonSink(TextWriter output) : ILogEventSink
    {
        private readonly Serilog.Formatting.Compact.CompactJsonFormatter formatter = new();

        public void Emit(LogEvent logEvent) => formatter.Format(logEvent, output);
    }

    private static string Write(Action<ILogger> write)
    {
        using var output = new StringWriter();
        using Logger log = new LoggerConfiguration().WriteTo.Sink(new Sink(output)).CreateLogger();
        write(log);
        return output.ToString();
    }

    private sealed class Sink(TextWriter output) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) => new TerminalFormatter().Format(logEvent, output);
    }
}
