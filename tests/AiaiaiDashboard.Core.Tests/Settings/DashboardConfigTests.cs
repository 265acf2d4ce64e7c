using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Tests.Storage;

namespace AiaiaiDashboard.Core.Tests.Settings;

public sealed class DashboardConfigTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DocumentStore store;

    public DashboardConfigTests() => store = new DocumentStore(folder.Data);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_NoFiles_GivesDefaultsAndCreatesNothing()
    {
        DashboardConfig config = DashboardConfig.Load(store, null);

        Assert.Equal((200m, "*/15 * * * *", true, 24), (config.Alerts.GlobalBudget, config.Sync.Cron, config.Sources.ClaudeCode.Enabled, config.Sync.RetentionMonths));
        Assert.Equal([75m, 90m], config.Alerts.GlobalThresholds.Select(t => t.Percent));
        Assert.Empty(config.Problems);
        Assert.Empty(folder.Files());
    }

    [Fact]
    public void Load_BrokenFile_KeepsTheLastGoodSettingsOfThatFileOnly()
    {
        folder.Write(DataFiles.Alerts, """{"globalBudget":70}""");
        DashboardConfig good = DashboardConfig.Load(store, null);
        folder.Write(DataFiles.Alerts, """{"globalBudget":-70}""");
        folder.Write(DataFiles.Sync, """{"intervalMinutes":30}""");

        DashboardConfig config = DashboardConfig.Load(store, good);

        Assert.Equal((70m, 30), (config.Alerts.GlobalBudget, config.Sync.IntervalMinutes));
        Assert.Equal("$.globalBudget", Assert.Single(config.Problems).Location);
    }

    [Fact]
    public void Load_BrokenFilesAtStart_GivesDefaultsAndEveryProblem()
    {
        folder.Write(DataFiles.Alerts, "{");
        folder.Write(DataFiles.Sync, """{"retentionMonths":0,"missedRuns":"x"}""");
        folder.Write(DataFiles.Sources, "[]");

        DashboardConfig config = DashboardConfig.Load(store, null);

        Assert.Equal(["config/alerts.json", "config/sync.json", "config/sync.json", "config/sources.json"], config.Problems.Select(p => p.File));
        Assert.Equal(200m, config.Alerts.GlobalBudget);
    }

    [Fact]
    public void Load_BrokenTokensThatMayStateTheBudget_KeepsTheLastOneOrNone()
    {
        WriteIfAny(DataFiles.Tokens, """{"budget":90,"entries":[]}""");
        DashboardConfig before = DashboardConfig.Load(store, null);
        WriteIfAny(DataFiles.Tokens, "not json");

        AlertsConfig kept = DashboardConfig.Load(store, before).Alerts;
        AlertsConfig afresh = DashboardConfig.Load(store, null).Alerts;

        Assert.Equal((90m, false), (kept.GlobalBudget, kept.IsBudgetUnknown));
        Assert.Equal((null, true), (afresh.GlobalBudget, afresh.IsBudgetUnknown));
    }

    [Theory]
    [InlineData("""{"monthly":350,"currency":"USD"}""", null, 350)]
    [InlineData("""{"monthly":350}""", """{"budget":{"monthly":90,"currency":"USD"},"entries":[]}""", 350)]
    [InlineData(null, """{"budget":{"monthly":90,"currency":"USD"},"entries":[{"date":"someday"}]}""", 90)]
    [InlineData(null, """{"budget":85.5,"entries":[]}""", 85.5)]
    [InlineData(null, """{"budget":null}""", 200)]
    [InlineData(null, null, 200)]
    public void Load_NoAlertsFile_UsesTheOriginalsBudget(string? budget, string? tokens, double expected)
    {
        WriteIfAny(DataFiles.Budget, budget);
        WriteIfAny(DataFiles.Tokens, tokens);

        DashboardConfig config = DashboardConfig.Load(store, null);

        Assert.Equal((decimal)expected, config.Alerts.GlobalBudget);
        Assert.Empty(config.Problems);
    }

    [Fact]
    public void Load_AlertsFileExists_IgnoresTheOriginalsBudget()
    {
        folder.Write(DataFiles.Budget, """{"monthly":350,"currency":"USD"}""");
        folder.Write(DataFiles.Tokens, """{"budget":90}""");
        folder.Write(DataFiles.Alerts, """{"globalBudget":null}""");

        Assert.Null(DashboardConfig.Load(store, null).Alerts.GlobalBudget);
    }

    [Theory]
    [InlineData("""{"monthly":350,"currency":"EUR"}""", "config/budget.json, $.currency: \"EUR\" cannot be used without a rate")]
    [InlineData("""{"monthly":-1,"currency":"USD"}""", "config/budget.json, $.monthly: -1 is not allowed")]
    [InlineData("""{"monthly":"a"}""", "config/budget.json, $.monthly: \"a\" is not allowed here: expected a number")]
    public void Load_OriginalsBudgetThatCannotBeUsed_IsReported(string budget, string expected)
    {
        folder.Write(DataFiles.Budget, budget);

        DashboardConfig config = DashboardConfig.Load(store, null);

        Assert.StartsWith(expected, Assert.Single(config.Problems).ToString(), StringComparison.Ordinal);
        Assert.Equal(200m, config.Alerts.GlobalBudget);
    }

    private void WriteIfAny(string name, string? content)
    {
        if (content is not null)
        {
            folder.Write(name, content);
        }
    }
}
