using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>The encoder of documents against the framework's: the same bytes for every text.</summary>
public sealed class PlainTextEncoderTests
{
    [Fact]
    public void Write_EveryCharacter_IsWrittenAsTheFrameworkDoes()
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            Same(((char)code).ToString());
            Same($"a{(char)code}b");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("Müller & Søn, Čapek ×2 ÷3")]
    [InlineData("\"quoted\" \\ back / slash \u007f \u00a0 \u00ad \u0240 \u2028 日本 👩‍💻 \ud83d \udca9")]
    [InlineData("tab\tnewline\nreturn\r\b\f\0\u001f")]
    public void Write_Text_IsWrittenAsTheFrameworkDoes(string text) => Same(text);

    [Fact]
    public void Write_RandomTexts_AreWrittenAsTheFrameworkDoes()
    {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            char[] text = new char[random.Next(40)];
            for (int at = 0; at < text.Length; at++)
            {
                text[at] = random.Next(8) switch
                {
                    0 => (char)random.Next(0x10000),
                    1 => (char)random.Next(0x300),
                    2 => "\"\\\n\u007f"[random.Next(4)],
                    _ => (char)random.Next(' ', 0x7F),
                };
            }

            Same(new string(text));
        }
    }

    // Bytes that are no UTF-8, or end in the middle of a letter.
    [Fact]
    public void Write_DamagedUtf8_IsWrittenAsTheFrameworkDoes()
    {
        var random = new Random(8);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] text = new byte[random.Next(12)];
            for (int at = 0; at < text.Length; at++)
            {
                text[at] = (byte)(random.Next(3) == 0 ? random.Next(0x80, 0x100) : random.Next(0x20, 0x7F));
            }

            Assert.Equal(Written(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping), Written(text, PlainTextEncoder.Instance));
        }
    }

    private static void Same(string text)
    {
        Assert.Equal(Written(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping), Written(text, PlainTextEncoder.Instance));
        Assert.Equal(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text), PlainTextEncoder.Instance.Encode(text));
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        Assert.Equal(Written(utf8, JavaScriptEncoder.UnsafeRelaxedJsonEscaping), Written(utf8, PlainTextEncoder.Instance));
    }

    private static string Written(string text, JavaScriptEncoder encoder) => Written(encoder, writer =>
    {
        writer.WriteString(text, text);
    });

    private static string Written(byte[] utf8, JavaScriptEncoder encoder) => Written(encoder, writer => writer.WriteString("a"u8, utf8));

    private static string Written(JavaScriptEncoder encoder, Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = encoder }))
        {
            writer.WriteStartObject();
            try
            {
                write(writer);
            }
            catch (ArgumentException)
            {
                return "refused";
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
