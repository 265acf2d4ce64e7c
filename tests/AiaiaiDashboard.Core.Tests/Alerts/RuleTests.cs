using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Analytics.Forecasting;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using static AiaiaiDashboard.Core.Tests.Usage.Queries.Rows;

namespace AiaiaiDashboard.Core.Tests.Alerts;

public sealed class RuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static AnalyticsDocument Figures(AlertsConfig config, params UsageRow[] rows) =>
        AnalyticsCalculator.Compute(new UsageReadModel(rows, Today), config, Today, TimeZoneInfo.Utc, []);

    private static AlertInputs Inputs(AnalyticsDocument? figures, AlertsConfig? config = null, params SyncStepStatus[] steps) =>
        new() { Config = config ?? new AlertsConfig(), Figures = figures, Today = Today, NameOf = id => id.ToUpperInvariant(), Steps = steps };

    private static AnalyticsDocument Heading(decimal expected, decimal spend = 156.42m) => new()
    {
        Date = Today,
        Total = new ScopeFigures
        {
            Month = new MonthFigures { Spend = spend, Budget = 200, Percent = spend / 2 },
            Forecast = new MonthForecast { State = "ready", Expected = expected, Low = 212, High = 260 },
        },
    };

    private static UsageRow[] Days(params decimal[] costs) =>
        [.. costs.Select((cost, i) => Row(Today.AddDays(i + 1 - costs.Length).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), cost))];

    private static SyncStepStatus Tokens(string status, params SyncSourceStatus[] sources) =>
        new() { Name = SyncStepNames.Tokens, Status = status, Error = status == SyncOutcome.Error ? "It fails." : null, Sources = sources.Length == 0 ? null : sources };

    [Fact]
    public void Forecast_MedianPassesTheBudget_NamesTotalAndRangeAndNoDate()
    {
        ActiveAlert alert = AlertEvaluator.Evaluate(Inputs(Heading(236))).Single(a => a.Type == AlertType.Forecast);

        Assert.Equal(("forecast-month", AlertLevel.Warning), (alert.Key, alert.Level));
        Assert.Equal("At this pace the month ends at $236.00, $36.00 over budget; range $212.00 to $260.00.", alert.Message);
        Assert.Equal("$43.58 of $200.00 is left. Slow the most expensive work down, or raise the budget.", alert.Advice);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(236, false)]
    public void Forecast_WithinBudgetOrSwitchedOff_IsNoAlert(int expected, bool on) =>
        Assert.DoesNotContain(
            AlertEvaluator.Evaluate(Inputs(Heading(expected), new AlertsConfig { Rules = new AlertRules { Forecast = on } })), a => a.Type == AlertType.Forecast);

    [Fact]
    public void Spike_DayFarAboveItsOwnHistory_NamesProjectAndModel()
    {
        AnalyticsDocument figures = Figures(new AlertsConfig { GlobalBudget = null }, Days(10, 11, 9, 10, 12, 10, 45.2m));

        ActiveAlert alert = AlertEvaluator.Evaluate(Inputs(figures, new AlertsConfig { GlobalBudget = null })).Single();

        Assert.Equal(("spike-alpha-2026-11-21", "alpha", 45.2m), (alert.Key, alert.Project, alert.Spend));
        Assert.Equal("ALPHA spent $45.20 on Nov 21, 4.5 times its usual $10.00 per day.", alert.Message);
        Assert.Contains("Most of it, $45.20, went to ", alert.Advice, StringComparison.Ordinal);
    }

    public static TheoryData<string, decimal[]> Calm => new()
    {
        { "too little history", [10, 10, 10, 10, 90] },
        { "an amount that does not matter", [0.5m, 0.5m, 0.5m, 0.5m, 0.5m, 4] },
        { "days that vary as much anyway", [1, 40, 2, 60, 1, 50, 3, 55, 75] },
        { "less than the factor", [10, 11, 9, 10, 12, 25] },
    };

    [Theory]
    [MemberData(nameof(Calm))]
    public void Spike_NotFarEnough_IsNoAlert(string why, decimal[] days)
    {
        var config = new AlertsConfig { GlobalBudget = null };

        Assert.True(AlertEvaluator.Evaluate(Inputs(Figures(config, Days(days)), config)).Count == 0, why);
    }

    [Fact]
    public void Source_Failing_HasItsNameAndReason()
    {
        IReadOnlyList<ActiveAlert> alerts = AlertEvaluator.Evaluate(Inputs(null, null, Tokens(
            SyncOutcome.Error,
            new SyncSourceStatus { Name = "claude-code", Status = SyncOutcome.Warning },
            new SyncSourceStatus { Name = "anthropic-admin", Status = SyncOutcome.Error, Error = "The key is not accepted." })));

        Assert.Equal(("source-anthropic-admin", "The source anthropic-admin cannot be read: The key is not accepted."), (alerts.Single().Key, alerts.Single().Message));
    }

    [Fact]
    public void Source_StepFailsAsAWhole_IsUsage() =>
        Assert.Equal("source-usage", AlertEvaluator.Evaluate(Inputs(null, null, Tokens(SyncOutcome.Error))).Single().Key);

    [Theory]
    [InlineData(11, 0)]
    [InlineData(12, 1)]
    public void Source_UsageNotReadForLong_IsStale(int hours, int count) =>
        Assert.Equal(count, AlertEvaluator.Evaluate(Inputs(null) with { Age = TimeSpan.FromHours(hours) }).Count(a => a.Key == "source-sync"));

    public static TheoryData<string, FileProblem> Damage => new()
    {
        { "ledger", new FileProblem("history/tokens-2026-11.jsonl", "line 3", "is not JSON.") },
        { "manual entries", new FileProblem(DataFiles.Tokens, null, "is not JSON.") },
        { "projects", new FileProblem(DataFiles.Projects, null, "is not JSON.") },
    };

    [Theory]
    [MemberData(nameof(Damage))]
    public void Stays_DamagedFile_KeepsAnAlertUntilItsLimitIsRaised(string what, FileProblem problem)
    {
        ActiveAlert known = BudgetEvaluator.Evaluate(Heading(0, 160), new AlertsConfig(), id => id).Single();
        AlertInputs damaged = Inputs(Heading(0, 1)) with { Problems = [problem] };

        Assert.True(damaged.Stays()!(known), what);
        Assert.False((damaged with { Config = new AlertsConfig { GlobalBudget = 300 } }).Stays()!(known), what);
        Assert.False((damaged with { Config = new AlertsConfig { GlobalThresholds = [] } }).Stays()!(known), what);
        Assert.Null((damaged with { Problems = [] }).Stays());
    }
}
