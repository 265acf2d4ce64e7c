using System.Globalization;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Tests.Storage;

namespace AiaiaiDashboard.Core.Tests.Quality;

public sealed class QualityHistoryTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Moves_RangeOfDays_ComparesTheLastDayBeforeWithTheLastDayInIt()
    {
        folder.Write("history/quality-2026-10.jsonl", Row("2026-10-30", "shop", 60, 9) + Row("2026-10-31", "shop", 70, 9));
        folder.Write("history/quality-2026-11.jsonl", Row("2026-11-02", "shop", 71, 9) + "broken\n" + Row("2026-11-03", "shop", 72.5m, 9) + Row("2026-11-03", "new", 40, null) + Row("2026-11-08", "shop", 10, 1));

        IReadOnlyList<QualityMove> moves = QualityHistory.Load(folder.Data, Day("2026-11-10")).Moves(Day("2026-11-01"), Day("2026-11-07"));

        Assert.Equal([new QualityMove("new", "coverage", null, 40, "%"), new QualityMove("shop", "coverage", 70, 72.5m, "%")], moves);
    }

    [Fact]
    public void Moves_RangeYearsAgo_IsReadWhereItIsAskedFor()
    {
        folder.Write("history/quality-2023-05.jsonl", Row("2023-05-20", "shop", 50, 3));
        folder.Write("history/quality-2023-06.jsonl", Row("2023-06-02", "shop", 55, 3));
        DateOnly from = Day("2023-06-01");

        Assert.Empty(QualityHistory.Load(folder.Data, Day("2026-11-10")).Moves(from, Day("2026-11-10")));
        Assert.Equal([new QualityMove("shop", "coverage", 50, 55, "%")], QualityHistory.Load(folder.Data, Day("2026-11-10"), from).Moves(from, Day("2026-11-10")));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Row(string date, string project, decimal coverage, int? issues) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"date":"{{date}}","project":"{{project}}","testCoverage":{"overall":{{coverage}}},"openIssues":{{issues?.ToString(CultureInfo.InvariantCulture) ?? "null"}}}""") + "\n";
}
