using AiaiaiDashboard.Components.Charts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Components.Tests.Charts;

public sealed class SeriesColoursTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void OfModel_SeveralModels_TheDearestHasTheFirstColour()
    {
        DashboardSnapshot snapshot = Snapshot(("haiku", 4, 50), ("sonnet", 5, 40), ("opus", 90, 30));

        Assert.Equal(["c1", "c2", "c3"], new[] { "opus", "sonnet", "haiku" }.Select(m => SeriesColours.OfModel(snapshot, m)));
    }

    [Fact]
    public void OfModel_AnotherOvertakesItThisMonth_KeepsItsColour()
    {
        DashboardSnapshot snapshot = Snapshot(("sonnet", 5, 30), ("haiku", 4, 30), ("haiku", 900, 1));

        Assert.Equal(("c1", "c2"), (SeriesColours.OfModel(snapshot, "sonnet"), SeriesColours.OfModel(snapshot, "haiku")));
    }

    [Fact]
    public void OfModel_NewThisMonth_TakesTheNextColour()
    {
        DashboardSnapshot snapshot = Snapshot(("sonnet", 5, 40), ("haiku", 4, 40), ("new", 50, 1), ("newer", 60, 1));

        Assert.Equal(["c1", "c2", "c4", "c3"], new[] { "sonnet", "haiku", "new", "newer" }.Select(m => SeriesColours.OfModel(snapshot, m)));
    }

    [Fact]
    public void OfModel_NinthByCostOrNeverUsed_IsGrey()
    {
        DashboardSnapshot snapshot = Snapshot([.. Enumerable.Range(1, 9).Select(n => ($"m{n}", (decimal)n, 10))]);

        Assert.Equal(SeriesColours.Other, SeriesColours.OfModel(snapshot, "m1"));
        Assert.Equal("c8", SeriesColours.OfModel(snapshot, "m2"));
        Assert.Equal(SeriesColours.Other, SeriesColours.OfModel(snapshot, "unheard-of"));
    }

    [Fact]
    public void OfModel_NotUsedFor90Days_HasAColourWhereOneIsLeft()
    {
        (string, decimal, int)[] old = [.. Enumerable.Range(1, 9).Select(n => ($"old{n}", 100m * n, 200))];
        DashboardSnapshot snapshot = Snapshot([.. old, ("sonnet", 5, 40)]);

        Assert.Equal("c8", SeriesColours.OfModel(snapshot, "sonnet"));
        Assert.Equal("c1", SeriesColours.OfModel(snapshot, "old9"));
        Assert.Equal(SeriesColours.Other, SeriesColours.OfModel(snapshot, "old2"));
    }

    private static DashboardSnapshot Snapshot(params (string Model, decimal Cost, int DaysAgo)[] models)
    {
        var usage = new UsageReadModel(
            models.Select(m => new UsageRow { Date = Today.AddDays(-m.DaysAgo), Project = "p", Session = "s", Model = m.Model, Source = UsageSource.ClaudeCode, Calls = 1, Cost = m.Cost }), Today);
        return new DashboardSnapshot { IsLoaded = true, Today = Today, Usage = usage, Analytics = AnalyticsCalculator.Compute(usage, new(), Today, TimeZoneInfo.Utc, []) };
    }
}
