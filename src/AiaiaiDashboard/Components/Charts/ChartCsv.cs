using System.Globalization;
using System.Text;
using AiaiaiDashboard.Core.Usage.Export;

namespace AiaiaiDashboard.Components.Charts;

/// <summary>The data of a chart as CSV: a line per day (or what its axis is), a column per series, CRLF. Formulas in names are neutralised.</summary>
public static class ChartCsv
{
    /// <summary>Writes it.</summary>
    public static string Of(ChartOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var text = new StringBuilder(options.Axis);
        foreach (ChartSeries series in options.Series)
        {
            text.Append(',').Append(CsvText.Field(series.Name));
        }

        text.Append(options.Band is null ? "\r\n" : ",low,high\r\n");
        for (int day = 0; day < options.Days.Count; day++)
        {
            text.Append(CsvText.Field(options.Days[day]));
            foreach (ChartSeries series in options.Series)
            {
                text.Append(',').Append(Amount(series.Values[day]));
            }

            text.Append(options.Band is { } band ? $",{Amount(band.Low[day])},{Amount(band.High[day])}\r\n" : "\r\n");
        }

        return text.ToString();
    }

    private static string Amount(decimal? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";
}
