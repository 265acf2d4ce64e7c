using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>Our reader of lines against the framework's: the same tokens of what is JSON, and the same refusal of what is not (R7).</summary>
public sealed class JsonScannerTests
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = UsageLineParser.MaxDepth };
    private readonly byte[] levels = new byte[UsageLineParser.MaxDepth];

    public static TheoryData<string> Lines =>
    [
        "{}", "[]", "\"a\"", "1", "true", " { } ", "{\"a\":1}", "{\"a\":[1,2,{\"b\":null}],\"c\":\"\\n\\u00e9\\\"\"}", "[[],{},\"\"]",
        "", "{", "}", "[", "]", ",", ":", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{1:2}", "{\"a\":1}}", "{\"a\":1} x", "[1,]", "[,1]", "[1 2]", "[}", "{]",
        "01", "-", "-0", "-01", "1.", ".5", "1.5e", "1e+", "1E-2", "1.0e+10", "+1", "0x1", "1e5.5", "NaN", "Infinity", "-Infinity", "tru", "truee", "nul", "True",
        "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u1234\"", "\"\\ud800\"", "\"a\tb\"", "\"a\nb\"", "\"a\u001fb\"", "\"a\u007fb\"", "\"abcdefghijklmnop\\\"", "\"abcdefghijklmno\u0001p\"",
        "\"абвгд и эмодзи 🎉\"", "'a'", "{\"a\":1/*x*/}", "//x", "{\"a\":\"" + "x\\n0123456789abcdef\\\\" + "\"}",
    ];

    [Theory]
    [MemberData(nameof(Lines))]
    public void Read_Line_GivesTheTokensOfTheFramework(string line) => Same(Encoding.UTF8.GetBytes(line));

    [Fact]
    public void Read_BytesThatAreNotUtf8_AreHarmlessInStrings() => Same([(byte)'"', 0xC3, 0x28, 0xFF, 0xFE, (byte)'"']);

    [Theory]
    [InlineData(1_000)]
    [InlineData(UsageLineParser.MaxDepth)]
    [InlineData(UsageLineParser.MaxDepth + 1)]
    public void Read_DeepNesting_EndsWhereTheFrameworkDoes(int depth) =>
        Same(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth))));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Read_DamagedLines_GivesTheTokensOfTheFramework(int seed)
    {
        var random = new Random(seed);
        byte[] alphabet = Encoding.UTF8.GetBytes("{}[]:,\"\\ntrue0123456789.eE+-u \t\r\0\u001f\u00e9xfalsnul");
        byte[][] samples =
        [
            Encoding.UTF8.GetBytes(Assistant("m1").Message("content", """[{"type":"text","text":"a\nb\\\"cé"},{"type":"tool_use","input":{"id":null,"n":[1.5e3,-0,{}]}}]""").Item("advisor_message", "x")),
            Encoding.UTF8.GetBytes(Progress(Assistant("m2").Split(1, 2))),
            Encoding.UTF8.GetBytes("[{\"a\":{\"b\":[[[1]]]}},\"0123456789abcdef\\u12aF0123456789abcdef\",-1.25E+3]"),
        ];
        for (int i = 0; i < 4_000; i++)
        {
            byte[] line = [.. samples[i % samples.Length]];
            for (int change = random.Next(1, 4); change > 0; change--)
            {
                int place = random.Next(line.Length);
                byte value = alphabet[random.Next(alphabet.Length)];
                line = random.Next(3) switch
                {
                    0 => [.. line[..place], .. line[(place + 1)..]],
                    1 => [.. line[..place], value, .. line[place..]],
                    _ => [.. line[..place], value, .. line[(place + 1)..]],
                };
            }

            Same(random.Next(10) == 0 ? line[..random.Next(line.Length)] : line);
        }
    }

    [Fact]
    public void Skip_Object_EndsBehindIt()
    {
        var json = new JsonScanner("{\"a\":{\"b\":[1,{}]},\"c\":2}"u8, levels);
        Assert.True(json.Read(out _) && json.Read(out _) && json.Read(out JsonToken start) && start.Type == JsonTokenType.StartObject);

        Assert.True(json.Skip(out JsonToken end));

        Assert.Equal((JsonTokenType.EndObject, 17L), (end.Type, end.End));
        Assert.True(json.Read(out JsonToken name) && name.Value.SequenceEqual("c"u8));
    }

    private void Same(byte[] line)
    {
        List<string> expected = [];
        bool valid = true;
        try
        {
            var reader = new Utf8JsonReader(line, isFinalBlock: true, new JsonReaderState(Options));
            while (reader.Read())
            {
                expected.Add(Describe(JsonToken.Of(ref reader)));
            }
        }
        catch (JsonException)
        {
            valid = false;
        }

        List<string> actual = [];
        var json = new JsonScanner(line, levels);
        while (json.Read(out JsonToken token))
        {
            actual.Add(Describe(token));
        }

        // A line of nothing has no token: the framework's reader takes it for a mistake.
        Assert.True(valid == !json.IsBad || line.AsSpan().IndexOfAnyExcept(" \t\r\n"u8) < 0, Encoding.UTF8.GetString(line));
        if (valid)
        {
            Assert.Equal(expected, actual);
        }
    }

    // The framework counts the colon to the name.
    private static string Describe(JsonToken token) => token.Type == JsonTokenType.PropertyName
        ? $"{token.Type} {Convert.ToHexString(token.Value)} {token.IsEscaped}"
        : $"{token.Type} {Convert.ToHexString(token.Value)} {token.IsEscaped && token.Type == JsonTokenType.String} {token.End}";
}
