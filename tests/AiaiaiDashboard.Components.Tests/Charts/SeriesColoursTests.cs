using AiaiaiDashboard.Components.Charts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Components.Tests.Charts;

public sealed class SeriesColoursTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void OfModel_AnotherOvertakesIt_KeepsItsColour()
    {
        DashboardSnapshot before = Snapshot(("sonnet", 5, 20), ("haiku", 4, 10));
        DashboardSnapshot after = Snapshot(("sonnet", 5, 20), ("haiku", 9, 10));

        Assert.Equal(("c1", "c2"), (SeriesColours.OfModel(before, "sonnet"), SeriesColours.OfModel(before, "haiku")));
        Assert.Equal(("c1", "c2"), (SeriesColours.OfModel(after, "sonnet"), SeriesColours.OfModel(after, "haiku")));
    }

    [Fact]
    public void OfModel_NewOne_TakesTheNextColour()
    {
        DashboardSnapshot snapshot = Snapshot(("sonnet", 5, 20), ("haiku", 4, 10), ("a-new-one", 50, 1));

        Assert.Equal(["c1", "c2", "c3"], new[] { "sonnet", "haiku", "a-new-one" }.Select(m => SeriesColours.OfModel(snapshot, m)));
    }

    [Fact]
    public void OfModel_NinthByCostOrNeverUsed_IsGrey()
    {
        DashboardSnapshot snapshot = Snapshot([.. Enumerable.Range(1, 9).Select(n => ($"m{n}", (decimal)n, 10))]);

        Assert.Equal(SeriesColours.Other, SeriesColours.OfModel(snapshot, "m1"));
        Assert.Equal("c1", SeriesColours.OfModel(snapshot, "m2"));
        Assert.Equal(SeriesColours.Other, SeriesColours.OfModel(snapshot, "unheard-of"));
    }

    private static DashboardSnapshot Snapshot(params (string Model, decimal Cost, int DaysAgo)[] models)
    {
        var usage = new UsageReadModel(
            models.Select(m => new UsageRow { Date = Today.AddDays(-m.DaysAgo), Project = "p", Session = "s", Model = m.Model, Source = UsageSource.ClaudeCode, Calls = 1, Cost = m.Cost }), Today);
        return new DashboardSnapshot { IsLoaded = true, Today = Today, Usage = usage, Analytics = AnalyticsCalculator.Compute(usage, new(), Today, TimeZoneInfo.Utc, []) };
    }
}
