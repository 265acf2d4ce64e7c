using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>The strings of one line that matter, unescaped, one after the other.</summary>
internal sealed class CaptureBuffer
{
    private byte[] bytes = new byte[4096];
    private int used;

    /// <summary>Prepares for the next line.</summary>
    public void Clear() => used = 0;

    /// <summary>Bytes of a captured string.</summary>
    public ReadOnlySpan<byte> Bytes(Captured captured) => bytes.AsSpan(captured.Start, captured.Length);

    /// <summary>Takes in a string.</summary>
    public Captured Add(in JsonToken token)
    {
        // As in lines of any length: names are known by their beginning, so that no row's key gets too long for the ledger.
        ReadOnlySpan<byte> value = StringShortener.Beginning(token.Value);
        if (bytes.Length - used < value.Length)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, used + value.Length));
        }

        Span<byte> target = bytes.AsSpan(used);
        int length = value.Length;
        if (token.IsEscaped)
        {
            length = JsonText.Unescape(value, target);
        }
        else
        {
            value.CopyTo(target);
        }

        var captured = new Captured { Start = used, Length = length, IsString = true };
        used += length;
        return captured;
    }
}
