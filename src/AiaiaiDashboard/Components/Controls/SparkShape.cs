using System.Globalization;
using System.Runtime.CompilerServices;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>A sparkline as SVG reads it. Values of a snapshot are drawn once, whichever number of tabs show them.</summary>
/// <param name="Width">Width of its box.</param>
/// <param name="Height">Its height.</param>
/// <param name="Line">Path data of the line.</param>
/// <param name="Area">Path data of what is below it.</param>
/// <param name="EndY">Height of its last point.</param>
internal sealed record SparkShape(int Width, int Height, string Line, string Area, string EndY)
{
    // Gone with the snapshot that its values belong to.
    private static readonly ConditionalWeakTable<IReadOnlyList<decimal>, SparkShape> drawn = [];

    /// <summary>The box, for <c>viewBox</c>.</summary>
    public string Box { get; } = string.Create(CultureInfo.InvariantCulture, $"0 0 {Width} {Height}");

    /// <summary>Where its last point is.</summary>
    public string EndX { get; } = Width.ToString(CultureInfo.InvariantCulture);

    /// <summary>The shape of some values; a single one is a level line.</summary>
    public static SparkShape Of(IReadOnlyList<decimal> values, int width, int height)
    {
        if (drawn.TryGetValue(values, out SparkShape? known) && known.Width == width && known.Height == height)
        {
            return known;
        }

        (string line, double end) = SvgPath.Line(values.Count == 1 ? [values[0], values[0]] : values, width, height);
        var shape = new SparkShape(width, height, line, string.Create(CultureInfo.InvariantCulture, $"{line}L{width} {height}L0 {height}Z"), SvgPath.Number(end));
        drawn.AddOrUpdate(values, shape);
        return shape;
    }
}
