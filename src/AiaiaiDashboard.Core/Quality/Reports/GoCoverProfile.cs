using System.Globalization;
using System.Text;

namespace AiaiaiDashboard.Core.Quality.Reports;

/// <summary>
/// A Go cover profile: <c>mode: set</c>, then <c>example.org/shop/cart/cart.go:12.34,15.2 3 1</c> (block from line.column to line.column, statements, count).
/// A block stands there once per test binary that loaded it. Go measures statements, so that these are what counts as lines.
/// </summary>
internal static class GoCoverProfile
{
    private const int MaxPosition = 0xFFFFFF;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is damaged or no cover profile.</exception>
    public static CoverageData Read(ReportLines lines)
    {
        var data = new CoverageData();
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            // Profiles that were put together by "cat" hold the first line several times.
            if (line.IsEmpty || line.StartsWith("mode:"u8))
            {
                continue;
            }

            int colon = line.LastIndexOf((byte)':');
            if (colon <= 0 || !TryParseBlock(Encoding.UTF8.GetString(line[(colon + 1)..]), out long key, out int statements, out bool hit))
            {
                throw lines.Wrong("expected file:line.column,line.column statements count.");
            }

            data.Add(data.File(Encoding.UTF8.GetString(line[..colon])), key, statements, hit);
        }

        return !data.IsEmpty ? data : throw new InvalidDataException("holds no block: no test ran.");
    }

    private static bool TryParseBlock(string text, out long key, out int statements, out bool hit)
    {
        (key, statements, hit) = (0, 0, false);
        string[] parts = text.Split(' ');
        if (parts.Length != 3 || parts[0].Split(',', '.') is not { Length: 4 } positions)
        {
            return false;
        }

        Span<int> numbers = stackalloc int[4];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!int.TryParse(positions[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] > MaxPosition)
            {
                return false;
            }
        }

        // Blocks of one file neither overlap nor share their beginning: that and the lower bits of the end name one.
        key = ((long)numbers[0] << 40) | ((long)(numbers[1] & 0xFFFF) << 24) | (uint)(numbers[2] & 0xFFFFFF);
        hit = parts[2] != "0";
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out statements)
            && ulong.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }
}
