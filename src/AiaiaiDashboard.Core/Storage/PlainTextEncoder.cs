using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AiaiaiDashboard.Core.Storage;

/// <summary>
/// <see cref="JavaScriptEncoder.UnsafeRelaxedJsonEscaping"/>, which is not made ready before a text comes that may need it: its tables take longer to build
/// than many a command runs, and nearly every text is Latin letters, digits and signs that stand for themselves.
/// </summary>
internal sealed class PlainTextEncoder : JavaScriptEncoder
{
    private PlainTextEncoder()
    {
    }

    /// <summary>The only one there is; it holds nothing.</summary>
    public static PlainTextEncoder Instance { get; } = new();

    /// <summary>The bytes of a text between the quotes of a string.</summary>
    public static unsafe ReadOnlySpan<byte> Encoded(string text)
    {
        fixed (char* characters = text)
        {
            return Instance.FindFirstCharacterToEncode(characters, text.Length) < 0
                ? Encoding.UTF8.GetBytes(text)
                : JsonEncodedText.Encode(text, UnsafeRelaxedJsonEscaping).EncodedUtf8Bytes;
        }
    }

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => UnsafeRelaxedJsonEscaping.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (int i = 0; i < textLength; i++)
        {
            // À to ȿ are letters, all of them, and the signs of times and division.
            if (!IsPlain(text[i]) && text[i] is not (>= '\u00C0' and <= '\u023F'))
            {
                return UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncode(text, textLength);
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        for (int i = 0; i < utf8Text.Length; i++)
        {
            if (IsPlain((char)utf8Text[i]))
            {
                continue;
            }

            // The same letters: two bytes, the first C3 to C8.
            if (utf8Text[i] is < 0xC3 or > 0xC8 || ++i == utf8Text.Length || utf8Text[i] is < 0x80 or > 0xBF)
            {
                return UnsafeRelaxedJsonEscaping.FindFirstCharacterToEncodeUtf8(utf8Text);
            }
        }

        return -1;
    }

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => UnsafeRelaxedJsonEscaping.WillEncode(unicodeScalar);

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        UnsafeRelaxedJsonEscaping.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    /// <inheritdoc/>
    public override string Encode(string value) => UnsafeRelaxedJsonEscaping.Encode(value);

    /// <inheritdoc/>
    public override OperationStatus Encode(ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true) =>
        UnsafeRelaxedJsonEscaping.Encode(source, destination, out charsConsumed, out charsWritten, isFinalBlock);

    /// <inheritdoc/>
    public override OperationStatus EncodeUtf8(ReadOnlySpan<byte> utf8Source, Span<byte> utf8Destination, out int bytesConsumed, out int bytesWritten, bool isFinalBlock = true) =>
        UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8Source, utf8Destination, out bytesConsumed, out bytesWritten, isFinalBlock);

    private static bool IsPlain(char value) => value is >= ' ' and < '\u007F' and not ('"' or '\\');
}
