using System.Globalization;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Usage;
using static AiaiaiDashboard.Core.Tests.Usage.Queries.Rows;

namespace AiaiaiDashboard.Core.Tests.Alerts;

public sealed class BudgetEvaluatorTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static IReadOnlyList<ActiveAlert> Evaluate(AlertsConfig config, params UsageRow[] rows) => BudgetEvaluator.Evaluate(
        AnalyticsCalculator.Compute(new UsageReadModel(rows, Today), config, Today, TimeZoneInfo.Utc, []), config, id => id);

    // spend of a budget of 200 with thresholds 75 and 90
    [Theory]
    [InlineData("149.99", "")]
    [InlineData("150", "global-75:warning")]
    [InlineData("180", "global-90:critical global-75:warning")]
    [InlineData("200", "global-100:critical global-90:critical global-75:warning")]
    [InlineData("1000", "global-100:critical global-90:critical global-75:warning")]
    public void Evaluate_Spend_ActivatesTheThresholdsItReached(string spend, string expected)
    {
        IReadOnlyList<ActiveAlert> alerts = Evaluate(new AlertsConfig(), Row("2026-11-20", decimal.Parse(spend, CultureInfo.InvariantCulture)));

        Assert.Equal(expected, string.Join(' ', alerts.Select(a => $"{a.Key}:{a.Level}")));
    }

    [Fact]
    public void Evaluate_ProjectLimit_HasKeysOfTheProject()
    {
        var config = new AlertsConfig { GlobalBudget = null, PerProjectLimits = new Dictionary<string, decimal> { ["alpha"] = 10 } };

        IReadOnlyList<ActiveAlert> alerts = Evaluate(config, Row("2026-11-20", 8), Row("2026-11-20", 100, "beta"));

        ActiveAlert alert = Assert.Single(alerts);
        Assert.Equal(("project-alpha-75", "project", "alpha", 80m), (alert.Key, alert.Type, alert.Project, alert.Percent));
        Assert.Equal("alpha has spent 75% of its limit: $8.00 of $10.00 this month (80%).", alert.Message);
    }

    [Fact]
    public void Evaluate_Since_IsTheDayTheThresholdWasReached()
    {
        IReadOnlyList<ActiveAlert> alerts = Evaluate(new AlertsConfig(), Row("2026-10-31", 500), Row("2026-11-03", 100), Row("2026-11-09", 60), Row("2026-11-15", 30));

        Assert.Equal([("global-90", new DateOnly(2026, 11, 15)), ("global-75", new DateOnly(2026, 11, 9))], alerts.Select(a => (a.Key, a.Since)));
    }

    [Fact]
    public void Evaluate_ConfiguredHundredAsWarning_StaysCritical()
    {
        var config = new AlertsConfig { GlobalThresholds = [new() { Percent = 100, Level = "warning" }, new() { Percent = 87.5m }] };

        Assert.Equal(["global-100:critical", "global-87.5:warning"], Evaluate(config, Row("2026-11-20", 200)).Select(a => $"{a.Key}:{a.Level}"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public void Evaluate_NoBudget_HasNoAlerts(int? budget) => Assert.Empty(Evaluate(new AlertsConfig { GlobalBudget = budget }, Row("2026-11-20", 500)));
}
