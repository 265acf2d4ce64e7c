namespace AiaiaiDashboard.Core.Usage.ClaudeCode;

/// <summary>Whole parts of JSON numbers of any precision (rule R13).</summary>
internal static class JsonNumber
{
    /// <summary>Exponents beyond this make a number nothing or far too large.</summary>
    private const int MaxExponent = 100_000;

    /// <summary>The number without its fraction: <c>10.75</c> is 10, <c>1e2</c> is 100.</summary>
    /// <param name="text">A valid JSON number.</param>
    /// <param name="max">Largest value allowed, fraction included.</param>
    /// <param name="value">The whole part.</param>
    /// <returns>False when the number is below 0 or above <paramref name="max"/>.</returns>
    public static bool TryFloor(ReadOnlySpan<byte> text, long max, out long value)
    {
        value = 0;
        bool negative = text[0] == '-';
        text = negative ? text[1..] : text;
        int e = text.IndexOfAny((byte)'e', (byte)'E');
        int exponent = e < 0 ? 0 : Exponent(text[(e + 1)..]);
        text = e < 0 ? text : text[..e];
        int dot = text.IndexOf((byte)'.');

        // The digits without the point, and how many of them stand before it once the exponent has moved it.
        int before = (dot < 0 ? text.Length : dot) + exponent;
        int seen = 0;
        bool more = false;
        foreach (byte digit in text)
        {
            if (digit == '.')
            {
                continue;
            }

            if (seen++ < before)
            {
                if (value > (long.MaxValue - 9) / 10)
                {
                    return false;
                }

                value = (value * 10) + (digit - '0');
            }
            else
            {
                more |= digit != '0';
            }
        }

        for (; seen < before && value > 0; seen++)
        {
            if (value > max)
            {
                return false;
            }

            value *= 10;
        }

        return negative ? value == 0 && !more : value < max || (value == max && !more);
    }

    private static int Exponent(ReadOnlySpan<byte> text)
    {
        bool negative = text[0] == '-';
        int exponent = 0;
        foreach (byte digit in text)
        {
            exponent = digit is >= (byte)'0' and <= (byte)'9' ? Math.Min(MaxExponent, (exponent * 10) + (digit - '0')) : exponent;
        }

        return negative ? -exponent : exponent;
    }
}
