using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Core.Tests.Analytics;

public sealed class AttentionListTests
{
    [Theory]
    [InlineData(74.9, null)]
    [InlineData(75, false)]
    [InlineData(89.9, false)]
    [InlineData(90, true)]
    [InlineData(130, true)]
    public void Of_BudgetPercent_IsListedFromTheFirstThresholdOn(double percent, bool? critical)
    {
        DashboardSnapshot snapshot = With(new MonthFigures { Spend = 10, Budget = 20, Percent = (decimal)percent });

        Assert.Equal(critical, AttentionList.Of(snapshot).SingleOrDefault()?.IsCritical);
    }

    [Fact]
    public void Of_NoBudget_ListsNothing() => Assert.Empty(AttentionList.Of(With(new MonthFigures { Spend = 1_000 })));

    [Fact]
    public void Of_Mixed_CriticalStandsBeforeWarnings()
    {
        DashboardSnapshot snapshot = With(new MonthFigures { Spend = 16, Budget = 20, Percent = 80 }) with
        {
            Projects =
            [
                new ProjectSummary { Id = "late", Name = "late", Deadline = new DateOnly(2026, 11, 20), DaysToDeadline = -3 },
                new ProjectSummary { Id = "over", Name = "over", MonthSpend = 11, Limit = 10, LimitPercent = 110 },
                new ProjectSummary { Id = "done", Name = "done", Status = "completed", DaysToDeadline = -30 },
            ],
            Problems = [new FileProblem("config/alerts.json", "$.x", "is wrong")],
        };

        IReadOnlyList<AttentionItem> items = AttentionList.Of(snapshot);

        Assert.Equal([AttentionKind.ProjectLimit, AttentionKind.Overdue, AttentionKind.Budget, AttentionKind.File], items.Select(i => i.Kind));
        Assert.Equal([true, true, false, false], items.Select(i => i.IsCritical));
        Assert.Equal("$.x: is wrong", items[^1].Reason);
    }

    [Fact]
    public void Of_ProjectFilter_LeavesOtherProjectsOut()
    {
        DashboardSnapshot snapshot = With(new MonthFigures()) with
        {
            Projects =
            [
                new ProjectSummary { Id = "a", Name = "a", DaysToDeadline = -1 },
                new ProjectSummary { Id = "b", Name = "b", DaysToDeadline = -2 },
            ],
        };

        Assert.Equal(["b"], AttentionList.Of(snapshot, "b").Select(i => i.ProjectId));
    }

    [Fact]
    public void Of_StaleProjects_AreTheOnesThatPagesCallStale()
    {
        static HealthScore Quiet(int points) => new(50, [new HealthTerm(HealthScore.Activity, points, "No commit for 40 days.")]);
        DashboardSnapshot snapshot = With(new MonthFigures()) with
        {
            Projects =
            [
                new ProjectSummary { Id = "moving", Name = "moving", Health = Quiet(0) },
                new ProjectSummary { Id = "quiet", Name = "quiet", Health = Quiet(3) },
                new ProjectSummary { Id = "still", Name = "still", Health = Quiet(20) },
                new ProjectSummary { Id = "paused", Name = "paused", Status = "paused", Health = Quiet(20) },
            ],
        };

        IReadOnlyList<AttentionItem> items = AttentionList.Of(snapshot);

        Assert.Equal(["still", "quiet"], items.Select(i => i.ProjectId));
        Assert.All(items, i => Assert.Equal((AttentionKind.Stale, false, "No commit for 40 days."), (i.Kind, i.IsCritical, i.Reason)));
    }

    [Fact]
    public void Of_FailedAndWarningSteps_AreListedWithTheirReason()
    {
        DashboardSnapshot snapshot = With(new MonthFigures()) with
        {
            Status = new SyncStatus
            {
                Status = SyncOutcome.Partial,
                Steps =
                [
                    new SyncStepStatus { Name = "tokens", Status = SyncOutcome.Warning, Error = "3 lines could not be read" },
                    new SyncStepStatus { Name = "projects", Status = SyncOutcome.Error, Error = "no permission" },
                    new SyncStepStatus { Name = "quality", Status = SyncOutcome.Skipped },
                ],
            },
        };

        Assert.Equal([("projects", true), ("tokens", false)], AttentionList.Of(snapshot).Select(i => (i.Subject, i.IsCritical)));
    }

    [Fact]
    public void Of_StepsThatFailedForOneReason_AreOneItem()
    {
        const string full = "There is no space left on the disk.";
        DashboardSnapshot snapshot = With(new MonthFigures()) with
        {
            Status = new SyncStatus
            {
                Status = SyncOutcome.Partial,
                Steps =
                [
                    new SyncStepStatus { Name = "tokens", Status = SyncOutcome.Error, Error = full },
                    new SyncStepStatus { Name = "projects", Status = SyncOutcome.Error, Error = "no permission" },
                    new SyncStepStatus { Name = "quality", Status = SyncOutcome.Error, Error = full },
                    new SyncStepStatus { Name = "alerts", Status = SyncOutcome.Warning, Error = full },
                ],
            },
        };

        Assert.Equal([("tokens, quality", 2L, true), ("projects", 1L, true), ("alerts", 1L, false)], AttentionList.Of(snapshot).Select(i => (i.Subject, i.Count, i.IsCritical)));
    }

    private static DashboardSnapshot With(MonthFigures month) => new()
    {
        IsLoaded = true,
        Alerts = new AlertsConfig(),
        Analytics = new AnalyticsDocument { Total = new ScopeFigures { Month = month } },
    };
}
