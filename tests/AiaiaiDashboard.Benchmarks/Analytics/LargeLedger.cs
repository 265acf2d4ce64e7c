using System.Globalization;
using AiaiaiDashboard.Benchmarks.Ingest.Transcripts;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Benchmarks.Analytics;

/// <summary>Two years of rows, the same in every run but for the day they end on.</summary>
internal static class LargeLedger
{
    public const int Days = 730;

    private static readonly string[] Models = ["claude-opus-5", "claude-sonnet-5", "claude-haiku-4-5", "claude-opus-4-8"];

    /// <summary>The rows, oldest first.</summary>
    public static IEnumerable<UsageRow> Rows(int count, int projects, DateOnly today)
    {
        var random = new SeededRandom(3);
        for (int i = 0; i < count; i++)
        {
            int day = (int)((long)i * Days / count);
            long tokens = random.Between(100, 20_000);
            decimal cost = random.Between(1, 2_000_000) / 10_000_000m;
            yield return new UsageRow
            {
                Date = today.AddDays(day - Days + 1),
                Project = ProjectName(random.Between(0, projects)),
                Session = $"s-{i / 3:x8}",
                Model = random.Pick(Models),
                Source = UsageSource.ClaudeCode,
                Calls = 12,
                TokensIn = tokens,
                TokensOut = tokens / 3,
                CacheWrite = tokens * 2,
                CacheRead = tokens * 30,
                Cost = cost,
                Hours = new SortedDictionary<string, decimal>(StringComparer.Ordinal) { [(i % 24).ToString("00", CultureInfo.InvariantCulture)] = cost },
            };
        }
    }

    public static string ProjectName(int number) => FormattableString.Invariant($"client-project-{number:00}");
}
