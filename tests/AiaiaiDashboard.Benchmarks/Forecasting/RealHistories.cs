using System.Globalization;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Benchmarks.Forecasting;

/// <summary>Histories of real people, as real-histories.txt and a ledger hold them.</summary>
internal static class RealHistories
{
    /// <summary>Those of real-histories.txt.</summary>
    public static IEnumerable<SpendHistory> All()
    {
        using Stream stream = typeof(RealHistories).Assembly.GetManifestResourceStream("real-histories.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            // commits 2023-04-01 0 3 0 0 7
            string[] words = line.Split(' ');
            if (words[0] != "#")
            {
                yield return new SpendHistory(
                    words[0],
                    DateOnly.ParseExact(words[1], "yyyy-MM-dd", CultureInfo.InvariantCulture),
                    [.. words.Skip(2).Select(w => decimal.Parse(w, NumberStyles.Number, CultureInfo.InvariantCulture))]);
            }
        }
    }

    /// <summary>Those of a data directory: everything together, and each project.</summary>
    public static IEnumerable<SpendHistory> OfLedger(string directory)
    {
        var model = new UsageReadModel(UsageLedger.Load(new DataDirectory(directory), repair: false).Rows, DateOnly.MaxValue);
        foreach (IGrouping<string, UsageRow> group in model.Rows.Select(r => ("all", r)).Concat(model.Rows.Select(r => (r.Project, r))).GroupBy(p => p.Item1, p => p.Item2))
        {
            DateOnly first = group.Min(r => r.Date);
            decimal[] days = new decimal[group.Max(r => r.Date).DayNumber - first.DayNumber + 1];
            foreach (UsageRow row in group)
            {
                days[row.Date.DayNumber - first.DayNumber] += row.Cost;
            }

            yield return new SpendHistory(group.Key, first, days);
        }
    }
}
