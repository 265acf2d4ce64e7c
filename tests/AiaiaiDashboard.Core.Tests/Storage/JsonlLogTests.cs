using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

public sealed class JsonlLogTests : IDisposable
{
    private const string Name = "history/tokens-2026-11.jsonl";

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("a\nb\r\n")]
    [InlineData("\u2028\u2029\u0085\0")]
    [InlineData("\uD800 alone")]
    [InlineData("\"}\n{\"name\":\"forged\"")]
    public void Append_HostileText_StaysOneRecordOnOneLine(string text)
    {
        byte[] line = DocumentJson.SerializeLine(new Reading { Name = text + new string('x', 1_000_000) }, DocumentJson.TypeInfo<Reading>(NoteJsonContext.Default));
        var log = new JsonlLog(folder.Data.PathOf("history/hostile.jsonl"));

        log.Append(line);
        log.Append(line);

        int records = 0;
        LogReport report = log.Read((record, _, _) =>
        {
            Assert.Equal(line.AsSpan(0, line.Length - 1), record);
            records++;
        });
        Assert.Equal((2, 0L, false), (records, report.BadLines, report.HasTornTail));
    }

    [Fact]
    public void Append_MissingFolder_CreatesItAndKeepsCallOrder()
    {
        JsonlLog log = folder.Data.Log(Name);
        Assert.False(log.Exists);
        for (int i = 0; i < 50; i++)
        {
            log.Append(Encoding.UTF8.GetBytes($"{{\"i\":{i}}}\n{{\"i\":{i}.5}}\n"));
        }

        Assert.Equal(Enumerable.Range(0, 50).SelectMany(i => (string[])[$"{{\"i\":{i}}}", $"{{\"i\":{i}.5}}"]), Lines(log));
        Assert.True(log.Exists);
    }

    [Fact]
    public void Append_FromManyThreads_KeepsEveryLineWhole()
    {
        JsonlLog log = folder.Data.Log(Name);

        Parallel.For(0, 200, i => log.Append(Encoding.UTF8.GetBytes($"{{\"i\":{i},\"pad\":\"{new string('x', i)}\"}}\n")));

        Assert.Equal(Enumerable.Range(0, 200), Lines(log).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("i").GetInt32()).Order());
    }

    [Fact]
    public void Append_Nothing_CreatesNothing()
    {
        folder.Data.Log(Name).Append([]);

        Assert.Empty(folder.Files());
    }

    [Fact]
    public void Append_LineWithoutNewline_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => folder.Data.Log(Name).Append("{}"u8));
        Assert.Empty(folder.Files());
    }

    [Fact]
    public void Read_MissingFile_IsEmpty() => Assert.Equal(0, folder.Data.Log(Name).Read((_, _, _) => Assert.Fail("no line")).Lines);

    [Fact]
    public void Read_LinesOfAnyForm_GivesNumberAndOffset()
    {
        folder.Write(Name, "\uFEFF{\"a\":1}\r\n\n  \n{\"b\":\"é\"}\n{\"c\":1}");
        List<(string, long, long)> seen = [];

        LogReport report = folder.Data.Log(Name).Read((line, number, offset) => seen.Add((Encoding.UTF8.GetString(line), number, offset)));

        Assert.Equal([("{\"a\":1}", 1, 0), ("{\"b\":\"é\"}", 4, 16), ("{\"c\":1}", 5, 27)], seen);
        Assert.Equal((3, 0, false), (report.Lines, report.BadLines, report.HasTornTail));
    }

    [Fact]
    public void Read_BadLinesInTheMiddle_AreCountedReportedAndKept()
    {
        string content = "{\"a\":1}\nnot json\n{\"a\":2}\n\0\0\0\0\n{\"a\":\n[]\n{\"a\":3}\n";
        folder.Write(Name, content);
        List<int> values = [];

        LogReport report = folder.Data.Log(Name).Read((line, _, _) => values.Add(Value(line)));

        Assert.Equal([1, 2, 3], values);
        Assert.Equal((3, 4), (report.Lines, report.BadLines));
        Assert.Equal(["line 2", "line 4", "line 5", "line 6"], report.Problems.Select(p => p.Location));
        Assert.All(report.Problems, p => Assert.Equal(Name, p.File));
        Assert.StartsWith("skipped at byte 8: ", report.Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal("skipped at byte 25: the line holds NUL bytes.", report.Problems[1].Message);
        Assert.Equal(content, folder.Text(Name));
    }

    [Fact]
    public void Read_ManyBadLines_ReportsABoundedNumber()
    {
        folder.Write(Name, string.Concat(Enumerable.Repeat("x\n", 1000)));

        LogReport report = folder.Data.Log(Name).Read((line, _, _) => Value(line));

        Assert.Equal((1000, LogReport.MaxProblems), (report.BadLines, report.Problems.Count));
    }

    [Theory]
    [InlineData(LogLines.MaxLineBytes + 1)]
    [InlineData(LogLines.MaxLineBytes * 2 + 300_000)]
    public void Read_LineOfMegabytes_IsReadAndAnEndlessOneSkipped(int endless)
    {
        string large = $"{{\"a\":1,\"text\":\"{new string('x', 1_000_000)}\"}}";
        folder.Write(Name, $"{large}\n{new string('y', endless)}\n{{\"a\":2}}\n");
        List<int> values = [];

        LogReport report = folder.Data.Log(Name).Read((line, _, _) => values.Add(Value(line)));

        Assert.Equal([1, 2], values);
        Assert.Equal("line 2", Assert.Single(report.Problems).Location);
        Assert.Equal($"skipped at byte {large.Length + 1}: the line is longer than 16 MB.", report.Problems[0].Message);
    }

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("\u2028 \u2029 \u0085 \r")]
    [InlineData("\0 \u001f")]
    [InlineData("🎈 \ud83d")]
    public void SerializeLine_HostileText_StaysOneLine(string text)
    {
        JsonlLog log = folder.Data.Log(Name);
        log.Append(DocumentJson.SerializeLine(new Reading { Name = text }, ReadingJson));
        log.Append(DocumentJson.SerializeLine(new Reading { Name = "next" }, ReadingJson));

        List<string> names = [];
        LogReport report = log.Read((line, _, _) => names.Add(JsonSerializer.Deserialize(line, ReadingJson)!.Name));

        Assert.Equal([text.Replace('\ud83d', '\uFFFD').Replace("\uFFFD\udf88", "🎈", StringComparison.Ordinal), "next"], names);
        Assert.Equal(2, File.ReadAllBytes(folder.Data.PathOf(Name)).Count(b => b == '\n'));
        Assert.Equal(0, report.BadLines);
    }

    [Fact]
    public void SerializeLine_NotANumber_IsRefused() =>
        Assert.Throws<ArgumentException>(() => DocumentJson.SerializeLine(new Reading { Name = "a", Value = double.NaN }, ReadingJson));

    [Fact]
    public void Read_LineNestedTooDeep_IsBad()
    {
        folder.Write(Name, $"{{\"name\":\"a\",\"x\":{new string('[', 500)}{new string(']', 500)}}}\n{{\"name\":\"b\"}}\n");

        LogReport report = folder.Data.Log(Name).Read((line, _, _) => JsonSerializer.Deserialize(line, ReadingJson));

        Assert.Equal((1, 1), (report.Lines, report.BadLines));
    }

    [Fact]
    public void Replace_NewContent_IsAllThereIsAndThrowingLeavesTheOld()
    {
        JsonlLog log = folder.Data.Log(Name);
        log.Append("{\"a\":1}\n"u8);

        log.Replace(output => output.Write("{\"a\":2}\n"u8));
        Assert.Throws<FormatException>(() => log.Replace(output =>
        {
            output.Write("{\"a\":3}\n"u8);
            throw new FormatException();
        }));

        Assert.Equal(["{\"a\":2}"], Lines(log));
        Assert.Equal([Name], folder.Files());
    }

    [Fact]
    public void Compact_SupersededRows_GoAndBadLinesStay()
    {
        folder.Write(Name, "{\"a\":1,\"v\":1}\nbad\n{\"a\":2,\"v\":1}\n{\"a\":1,\"v\":2}\n\n{\"a\":1,\"v\":3}\n");
        JsonlLog log = folder.Data.Log(Name);

        LogCompaction first = log.Compact(line => Value(line));
        LogCompaction second = log.Compact(line => Value(line));

        Assert.Equal(new LogCompaction(true, 3, 2), first);
        Assert.Equal(new LogCompaction(false, 3, 0), second);
        Assert.Equal("bad\n{\"a\":2,\"v\":1}\n\n{\"a\":1,\"v\":3}\n", folder.Text(Name));
    }

    [Fact]
    public void Compact_TornTail_IsRecoveredFirst()
    {
        folder.Write(Name, "{\"a\":1,\"v\":1}\n{\"a\":1,\"v\":2}\n{\"a\":1,\"v\":");

        Assert.Equal(new LogCompaction(true, 1, 1), folder.Data.Log(Name).Compact(line => Value(line)));

        Assert.Equal("{\"a\":1,\"v\":2}\n", folder.Text(Name));
        Assert.Equal([Name, Name + ".broken"], folder.Files());
    }

    [Fact]
    public void Compact_MissingFile_IsNothing() => Assert.Equal(new LogCompaction(false, 0, 0), folder.Data.Log(Name).Compact(line => Value(line)));

    internal static int Value(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.GetProperty("a"u8).GetInt32();
    }

    internal static List<string> Lines(JsonlLog log)
    {
        List<string> lines = [];
        log.Read((line, _, _) => lines.Add(Encoding.UTF8.GetString(line)));
        return lines;
    }

    private static System.Text.Json.Serialization.Metadata.JsonTypeInfo<Reading> ReadingJson { get; } = DocumentJson.TypeInfo<Reading>(NoteJsonContext.Default);
}
