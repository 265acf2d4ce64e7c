using System.Globalization;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>What to measure.</summary>
/// <param name="Runs">Starts, and loads in the browser, of which the median counts; <c>--runs</c>.</param>
/// <param name="Tabs">Tabs that are open while a run publishes; <c>--tabs</c>.</param>
/// <param name="Hours">Simulated hours of syncs, changes and visits; 0 leaves them out; <c>--hours</c>.</param>
/// <param name="Browser">Whether pages are loaded in Chromium; not with <c>--no-browser</c>.</param>
/// <param name="Program">A published program to measure instead of publishing one; <c>--program</c>.</param>
internal sealed record WebOptions(int Runs, int Tabs, int Hours, bool Browser, string? Program)
{
    public const string Usage = "web [--runs 5] [--tabs 500] [--hours 8] [--no-browser] [--program FILE]";

    /// <summary>Null when they cannot be understood.</summary>
    public static WebOptions? Parse(ReadOnlySpan<string> args)
    {
        var options = new WebOptions(5, 500, 8, true, null);
        for (int i = 0; i < args.Length; i++)
        {
            string next = i + 1 < args.Length ? args[i + 1] : "";
            bool isNumber = int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            switch (args[i])
            {
                case "--runs" when isNumber && number > 0:
                    options = options with { Runs = number };
                    i++;
                    break;
                case "--tabs" when isNumber && number > 0:
                    options = options with { Tabs = number };
                    i++;
                    break;
                case "--hours" when isNumber:
                    options = options with { Hours = number };
                    i++;
                    break;
                case "--program" when File.Exists(next):
                    options = options with { Program = Path.GetFullPath(next) };
                    i++;
                    break;
                case "--no-browser":
                    options = options with { Browser = false };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
