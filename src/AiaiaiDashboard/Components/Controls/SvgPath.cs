using System.Globalization;
using System.Text;

namespace AiaiaiDashboard.Components.Controls;

/// <summary>Path data of the small graphics that the server draws.</summary>
public static class SvgPath
{
    private const double Margin = 2;

    /// <summary>A line through the values, the highest 2 px below the top and zero 1 px above the bottom.</summary>
    /// <returns>Path data, and the height of its last point.</returns>
    public static (string Path, double End) Line(IReadOnlyList<decimal> values, double width, double height)
    {
        if (values.Count < 2)
        {
            return ("", height - 1);
        }

        double top = (double)values.Max();
        var path = new StringBuilder();
        double y = height - 1;
        for (int index = 0; index < values.Count; index++)
        {
            y = top <= 0 ? height - 1 : height - 1 - ((height - 1 - Margin) * Math.Max(0, (double)values[index]) / top);
            path.Append(index == 0 ? 'M' : 'L').Append(Number(width * index / (values.Count - 1))).Append(' ').Append(Number(y));
        }

        return (path.ToString(), y);
    }

    /// <summary>A number as SVG reads it, whatever the culture is.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
