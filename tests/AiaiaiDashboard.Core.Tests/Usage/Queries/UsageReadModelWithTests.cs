using System.Text.Json;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Tests.Usage.Queries;

public sealed class UsageReadModelWithTests
{
    private static readonly DateOnly Today = new(2026, 11, 25);

    [Fact]
    public void With_AnyChanges_EqualsTheModelBuiltFromScratch()
    {
        var random = new Random(11);
        for (int round = 0; round < 60; round++)
        {
            var ledger = new Dictionary<UsageKey, UsageRow>();
            foreach (UsageRow row in Some(random, random.Next(0, 60), 200))
            {
                ledger[row.Key] = row;
            }

            var model = new UsageReadModel(ledger.Values, Today);
            for (int step = 0; step < 4; step++)
            {
                UsageRow[] changed = [.. Some(random, random.Next(0, 6), step == 3 ? 200 : 3).DistinctBy(r => r.Key)];
                foreach (UsageRow row in changed)
                {
                    ledger[row.Key] = row;
                }

                model = model.With(changed);
                var scratch = new UsageReadModel(ledger.Values, Today);
                Assert.Equal(scratch.Rows, model.Rows);
                Assert.Equal(scratch.Outranked, model.Outranked);
                Assert.Equal(scratch.Future, model.Future);
                Assert.Equal(Figures(scratch), Figures(model));
                UsageQuery query = new([UsageGrouping.Project, UsageGrouping.Session, UsageGrouping.Model]);
                Assert.Equal(scratch.Query(query).Rows.Select(r => (string.Join('/', r.Keys), r.Cost)), model.Query(query).Rows.Select(r => (string.Join('/', r.Keys), r.Cost)));
            }
        }
    }

    [Fact]
    public void With_ManyNewSessions_KeepsEveryName()
    {
        var model = new UsageReadModel([], Today);
        for (int i = 0; i < 9_000; i++)
        {
            model = i % 1_000 == 0
                ? model.With([.. Enumerable.Range(i, 1_000).Select(n => Row(0, "p", $"s{n}", "m", UsageSource.ClaudeCode, 1))])
                : model;
        }

        Assert.Equal(9_000, model.Query(new UsageQuery([UsageGrouping.Session])).Rows.Count);
        Assert.Equal(9_000, AnalyticsCalculator.Compute(model, new AlertsConfig(), Today, TimeZoneInfo.Utc, []).Total.Windows["7d"].Sessions);
    }

    private static string Figures(UsageReadModel model) =>
        JsonSerializer.Serialize(AnalyticsCalculator.Compute(model, new AlertsConfig(), Today, TimeZoneInfo.Utc, ["p1", "idle"]));

    private static IEnumerable<UsageRow> Some(Random random, int count, int days)
    {
        for (int i = 0; i < count; i++)
        {
            string source = random.Next(4) switch { 0 => UsageSource.AnthropicAdmin, 1 => UsageSource.Manual, _ => UsageSource.ClaudeCode };
            yield return Row(random.Next(days) - 1, $"p{random.Next(3)}", $"s{random.Next(8)}", $"m{random.Next(3)}", source, random.Next(5));
        }
    }

    private static UsageRow Row(int daysAgo, string project, string session, string model, string source, int amount) => new()
    {
        Date = Today.AddDays(-daysAgo),
        Project = project,
        Session = session,
        Model = model,
        Source = source,
        Calls = amount,
        TokensIn = amount * 10,
        Cost = amount / 4m,
        Unpriced = amount == 3,
        Hours = amount > 0 ? new SortedDictionary<string, decimal> { ["09"] = amount / 4m } : null,
    };
}
