using System.Globalization;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>Prints figures beside their bars and those of the dashboard this one replaces.</summary>
internal sealed class LoadTable(TextWriter output)
{
    /// <summary>Whether every figure so far met its bar.</summary>
    public bool AllMet { get; private set; } = true;

    /// <summary>The first lines.</summary>
    public void Head()
    {
        output.WriteLine("| figure | measured | bar | original | |");
        output.WriteLine("| --- | ---: | ---: | ---: | --- |");
    }

    /// <summary>A figure that must not be above its bar.</summary>
    public void AtMost(string figure, double value, double bar, string unit, string original = "-") => Row(figure, value, bar, unit, original, value <= bar);

    /// <summary>A figure that must not be below its bar.</summary>
    public void AtLeast(string figure, double value, double bar, string unit, string original = "-") => Row(figure, value, bar, unit, original, value >= bar);

    /// <summary>A figure that is only told.</summary>
    public void Told(string figure, double value, string unit) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {figure} | {Text(value)} {unit} | - | - | |"));

    /// <summary>A figure that could not be measured here.</summary>
    public void Missing(string figure, string reason)
    {
        AllMet = false;
        output.WriteLine($"| {figure} | not measured: {reason} | | | |");
    }

    private void Row(string figure, double value, double bar, string unit, string original, bool met)
    {
        AllMet &= met;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {figure} | {Text(value)} {unit} | {bar:0.##} {unit} | {original} | {(met ? "met" : "MISSED")} |"));
        output.Flush();
    }

    private static string Text(double value) => value.ToString(value >= 100 ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
