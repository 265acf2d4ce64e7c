using System.Text.Json;
using AiaiaiDashboard.Components.Charts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Components.Tests.Charts;

public sealed class SpendPlotsTests
{
    private static readonly DashboardSnapshot Snapshot = SampleSnapshot.Practice().Build();

    [Fact]
    public void Of_CurrentMonth_LeavesDaysAfterTodayEmpty()
    {
        SpendPlots plots = SpendPlots.Of(Snapshot, SpendSeries.ForMonth(Snapshot, SampleSnapshot.Today, SpendSplit.Model), byProject: false, budget: 200);

        Assert.Equal(30, plots.PerDay.Days.Count);
        Assert.Equal(22, plots.Cumulative.Today);
        ChartSeries spend = Assert.Single(plots.Cumulative.Series, s => s.Mark);
        Assert.NotNull(spend.Values[22]);
        Assert.All(spend.Values.Skip(23), Assert.Null);
        Assert.Equal(200, plots.Cumulative.Series.Single(s => s.Dashed).Values[29]);
    }

    [Fact]
    public void Of_ManyProjects_AddsTheRestUpAsOther()
    {
        SpendSeries series = SpendSeries.ForWindow(Snapshot, 90, SpendSplit.Project);

        SpendPlots plots = SpendPlots.Of(Snapshot, series, byProject: true, budget: null);

        Assert.Equal(SpendSeries.MaxSeries + 1, plots.Legend.Count);
        Assert.Equal((SpendSeries.Other, SeriesColours.Other), (plots.Legend[^1].Name, plots.Legend[^1].Colour));
        Assert.Equal(series.Sum, plots.Legend.Sum(entry => entry.Cost));
        Assert.Equal(["c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"], plots.Legend.SkipLast(1).Select(entry => entry.Colour).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_Range_SaysLastValueAndPeak()
    {
        SpendPlots plots = SpendPlots.Of(Snapshot, SpendSeries.ForWindow(Snapshot, 30, SpendSplit.Model), byProject: false, budget: null);

        Assert.Contains("highest $", plots.PerDayLabel, StringComparison.Ordinal);
        Assert.Contains("Friday, November 20, 2026", plots.PerDayLabel, StringComparison.Ordinal);
        Assert.Null(plots.Cumulative.Reference);
    }

    [Fact]
    public void Options_Serialised_SpeakTheModulesWords()
    {
        string json = JsonSerializer.Serialize(
            new ChartOptions { Kind = ChartKind.Bars, Days = ["2026-11-01"], Series = [new ChartSeries("a", [1.5m], "c1")] }, JsonSerializerOptions.Web);

        Assert.Contains("\"kind\":\"bars\"", json, StringComparison.Ordinal);
        Assert.Contains("\"unit\":\"usd\"", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_SameContent_AreEqual()
    {
        static ChartOptions Make(decimal value) => new() { Kind = ChartKind.Lines, Days = ["2026-11-01"], Series = [new ChartSeries("a", [value], "c1")] };

        Assert.Equal(Make(1), Make(1));
        Assert.NotEqual(Make(1), Make(2));
    }

    [Fact]
    public void PerDayWithout_ASeries_KeepsTheOthersAndTheirColours()
    {
        SpendPlots plots = SpendPlots.Of(Snapshot, SpendSeries.ForWindow(Snapshot, 30, SpendSplit.Model), byProject: false, budget: null);

        ChartOptions rest = plots.PerDayWithout(new HashSet<string> { plots.Legend[0].FullName });

        Assert.Equal(plots.PerDay.Series.Skip(1), rest.Series);
        Assert.Same(plots.PerDay, plots.PerDayWithout(new HashSet<string>()));
    }
}
