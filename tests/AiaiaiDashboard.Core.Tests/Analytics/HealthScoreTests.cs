using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Core.Tests.Analytics;

public class HealthScoreTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void Of_NothingKnown_IsFullAndSaysWhatIsNotKnown()
    {
        HealthScore health = Score(p => p);

        Assert.Equal(100, health.Value);
        Assert.Equal(
            ["No deadline is set.", "No commit and no usage is known.", "Not measured.", "No limit is set.", "Not measured."],
            health.Terms.Select(t => t.Reason));
    }

    [Fact]
    public void Of_DeadlineThatIsNoDay_CostsNothingAndIsNamed() =>
        Assert.Equal(new HealthTerm("Deadline", 0, "\"soon\" is no single day."), Score(p => p with { DeadlineNote = "soon" }).Terms[0]);

    [Theory]
    [InlineData(-1, 21, "1 day overdue.")]
    [InlineData(-4, 24, "4 days overdue.")]
    [InlineData(-4000, 40, "4000 days overdue.")]
    public void Of_Overdue_CostsMoreEachDayUpToALimit(int days, int points, string reason)
    {
        HealthTerm term = Score(p => p with { Deadline = Today.AddDays(days), DaysToDeadline = days }).Terms[0];

        Assert.Equal(("Deadline", points, reason), (term.Name, term.Points, term.Reason));
    }

    [Theory]
    [InlineData(50, 0)]
    [InlineData(36, 0)]
    [InlineData(30, 10)]
    [InlineData(0, 20)]
    public void Of_BehindTheTime_CostsHalfOfWhatIsMissing(int progress, int points)
    {
        HealthScore health = Score(p => p with { StartDate = Today.AddDays(-50), Deadline = Today.AddDays(50), DaysToDeadline = 50, Progress = progress });

        Assert.Equal(points, health.Terms[0].Points);
    }

    [Theory]
    [InlineData("active", 10, 0)]
    [InlineData("active", 12, 2)]
    [InlineData("active", 400, 20)]
    [InlineData("paused", 400, 0)]
    [InlineData("completed", 400, 0)]
    public void Of_Quiet_CostsOnlyActiveProjects(string status, int days, int points)
    {
        ProjectSummary project = Project(p => p with { Status = status, LastCommit = Today.AddDays(-days), LastUsage = Today.AddDays(-days - 5) });

        Assert.Equal(points, project.Health.Terms[1].Points);
        Assert.Equal(points > 0, ProjectHealths.Of(project) == ProjectHealth.Stale);
    }

    [Fact]
    public void Of_EverythingWrong_SumsItsTermsAndNeverFallsBelowZero()
    {
        HealthScore health = Score(p => p with
        {
            Deadline = Today.AddDays(-90),
            DaysToDeadline = -90,
            LastCommit = Today.AddDays(-90),
            Coverage = 0,
            LimitPercent = 250,
            TechDebt = "high",
        });

        Assert.Equal([40, 20, 20, 25, 15], health.Terms.Select(t => t.Points));
        Assert.Equal(0, health.Value);
    }

    [Theory]
    [InlineData(100.01, 25)]
    [InlineData(100, 10)]
    [InlineData(89.99, 5)]
    [InlineData(74.99, 0)]
    public void Of_Limit_CostsByHowMuchIsSpent(double percent, int points) =>
        Assert.Equal(points, Score(p => p with { LimitPercent = (decimal)percent }).Terms[3].Points);

    [Theory]
    [InlineData(80, 5)]
    [InlineData(60, 0)]
    public void Of_Coverage_CostsByTheConfiguredThreshold(int threshold, int points)
    {
        var project = new ProjectSummary { Id = "a", Name = "a", Coverage = 70 };

        Assert.Equal(points, HealthScore.Of(project, Today, threshold).Terms[2].Points);
    }

    private static HealthScore Score(Func<ProjectSummary, ProjectSummary> change) => Project(change).Health;

    private static ProjectSummary Project(Func<ProjectSummary, ProjectSummary> change)
    {
        ProjectSummary project = change(new ProjectSummary { Id = "a", Name = "a" });
        return project with { Health = HealthScore.Of(project, Today, coverageThreshold: 70) };
    }
}
