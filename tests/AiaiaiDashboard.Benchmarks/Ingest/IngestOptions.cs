using System.Globalization;

namespace AiaiaiDashboard.Benchmarks.Ingest;

/// <summary>What to measure.</summary>
/// <param name="Megabytes">Size of a set, in MiB; <c>--mb</c>.</param>
/// <param name="Runs">Of each program for each figure; <c>--runs</c>.</param>
/// <param name="Growth">Whether a quarter, a half, one and two times that size are compared too; <c>--growth</c>.</param>
/// <param name="Keep">Whether everything generated stays; <c>--keep</c>.</param>
internal sealed record IngestOptions(int Megabytes, int Runs, bool Growth, bool Keep)
{
    public const string Usage = "ingest [--mb 1024] [--runs 5] [--growth] [--keep]";

    /// <summary>Null when they cannot be understood.</summary>
    public static IngestOptions? Parse(ReadOnlySpan<string> args)
    {
        var options = new IngestOptions(1024, 5, false, false);
        for (int i = 0; i < args.Length; i++)
        {
            string next = i + 1 < args.Length ? args[i + 1] : "";
            bool isNumber = int.TryParse(next, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0;
            switch (args[i])
            {
                case "--mb" when isNumber:
                    options = options with { Megabytes = number };
                    i++;
                    break;
                case "--runs" when isNumber:
                    options = options with { Runs = number };
                    i++;
                    break;
                case "--growth":
                    options = options with { Growth = true };
                    break;
                case "--keep":
                    options = options with { Keep = true };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
