using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>What single values of a line mean.</summary>
internal static class LineValues
{
    /// <summary>
    /// R22 sets no bound, but sums have one: a stated cost above this counts as this much, so that a file can't make them overflow.
    /// </summary>
    private const decimal MaxCost = 1_000_000_000_000_000_000m;

    /// <summary>A counter (R13).</summary>
    public static TokenCount Count(in JsonToken token)
    {
        if (token.Type == JsonTokenType.Null)
        {
            return default;
        }

        if (token.Type != JsonTokenType.Number)
        {
            return new TokenCount { Bad = true };
        }

        ReadOnlySpan<byte> text = token.Value;
        if (Utf8Parser.TryParse(text, out long whole, out int used) && used == text.Length)
        {
            return whole is >= 0 and <= TokenCount.Max ? new TokenCount { Value = whole } : new TokenCount { Bad = true };
        }

        // 10.75, 1e2, -0.5: floored where it is a number from 0 on.
        return JsonNumber.TryFloor(text, TokenCount.Max, out long floor) ? new TokenCount { Value = floor } : new TokenCount { Bad = true };
    }

    /// <summary>A stated cost in USD; false for what is none.</summary>
    public static bool TryCost(in JsonToken token, out decimal cost)
    {
        cost = 0;
        ReadOnlySpan<byte> text = token.Type == JsonTokenType.Number ? token.Value : [];
        if (text.IsEmpty || (text[0] == '-' && text.IndexOfAnyInRange((byte)'1', (byte)'9') >= 0))
        {
            return false;
        }

        cost = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal stated) ? Math.Min(stated, MaxCost) : MaxCost;
        return true;
    }

    /// <summary>The kind of an item of <c>iterations</c>.</summary>
    public static IterationKind Kind(in JsonToken token) =>
        JsonText.Is(token, "message"u8) ? IterationKind.Message
        : JsonText.Is(token, "fallback_message"u8) ? IterationKind.Fallback
        : JsonText.Is(token, "advisor_message"u8) ? IterationKind.Advisor
        : JsonText.Is(token, "compaction"u8) ? IterationKind.Compaction
        : IterationKind.Other;
}
