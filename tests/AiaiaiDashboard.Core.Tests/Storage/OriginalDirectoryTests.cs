using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage.Manual;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>A data directory as the original dashboard writes it: opens as it is, and reading changes nothing.</summary>
public sealed class OriginalDirectoryTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DocumentStore store;

    public OriginalDirectoryTests()
    {
        store = new DocumentStore(folder.Data);
        folder.Write("config/alerts.json", """{"globalBudget":300,"globalThresholds":[{"percent":50},{"percent":95,"label":"Crítico"}],"perProjectLimits":{"Proyecto Uno":40}}""");
        folder.Write("config/sync.json", """{ "intervalMinutes": 90 }""");
        folder.Write("config/budget.json", """{"monthly":250,"currency":"USD"}""");
        folder.Write("projects.json", """
            [{"id":"uno","name":"Proyecto Uno","client":"ACME","status":"active","progress":40,"startDate":"enero 2025","deadline":"","stack":["Next.js"],"lastCommit":"%Y->- (HEAD -> main)","tasksTotal":10,"tasksDone":4,"description":"x","healthScore":71,"lastActivity":"ayer","velocity":1.5}]
            """);
        folder.Write("tokens.json", """{"budget":{"monthly":200,"currency":"USD"},"entries":[{"date":"2025-02-01","project":"uno","session":"auto-sync","tokensIn":10,"tokensOut":20,"cost":0.5,"model":"claude-sonnet-4"}]}""");
        folder.Write("quality.json", """
            [{"project":"uno","date":"2025-01-01","testCoverage":{"frontend":10,"backend":20},"lighthouseScore":80,"openIssues":3,"techDebt":"high"},
             {"project":"uno","date":"2025-02-01","testCoverage":{"frontend":30,"backend":40},"lighthouseScore":90,"openIssues":2,"techDebt":"medium"}]
            """);
        folder.Write("sync-status.json", """{"lastSync":"2025-02-01T10:00:00.000Z","status":"error","error":"x"}""");
        folder.Write("analytics.json", """{"generatedAt":"2025-02-01T10:00:00.000Z","windows":{"7d":{"totalCost":1,"tokensIn":1,"tokensOut":2,"byModel":{},"burnRate":0.1}}}""");
        folder.Write("alert-state.json", """{"firedAlerts":["global-75"],"lastReset":"2025-02-01","month":"2025-02"}""");
        folder.Write("history/tokens/tokens-2025-02.jsonl", "{\"date\":\"2025-02-01\"}\n");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_SettingsOfTheOriginal_AreInForceWithoutProblems()
    {
        DashboardConfig config = DashboardConfig.Load(store, null);

        Assert.Empty(config.Problems);
        Assert.Equal((300m, 90, 40m), (config.Alerts.GlobalBudget, config.Sync.IntervalMinutes, config.Alerts.PerProjectLimits["Proyecto Uno"]));
    }

    [Fact]
    public void Read_DocumentsOfTheOriginal_HaveNoProblemAndStayAsTheyAre()
    {
        Dictionary<string, string> before = folder.Files().ToDictionary(f => f, folder.Text);

        DocumentRead<ProjectList> project = store.Read(ProjectDocuments.Projects);
        DocumentRead<QualityList> quality = store.Read(QualityDocuments.Quality);
        FileProblem?[] problems =
        [
            project.Problem,
            quality.Problem,
            store.Read(ManualTokens.Document).Problem,
            store.Read(SyncDocuments.Status).Problem,
            store.Read(AnalyticsDocuments.Analytics).Problem,
        ];

        Assert.All(problems, Assert.Null);
        Assert.Equal("enero 2025", Assert.Single(project.Value!).StartDate);
        Assert.Equal(2, quality.Value!.Count);
        Assert.Equal("history/tokens/tokens-2025-02.jsonl", Assert.Single(folder.Data.HistoryFiles("tokens")).Name);
        Assert.Equal(before, folder.Files().ToDictionary(f => f, folder.Text));
    }

    [Fact]
    public async Task UpdateAsync_ProjectsOfTheOriginal_KeepsWhatItDoesNotKnow()
    {
        string original = folder.Text("projects.json");

        await store.UpdateAsync(ProjectDocuments.Projects, list => [.. list!.Select(p => p with { Status = "paused" })]);

        string text = folder.Text("projects.json");
        Assert.All((string[])["\"healthScore\": 71", "\"lastActivity\": \"ayer\"", "\"velocity\": 1.5", "\"deadline\": \"\"", "(HEAD -> main)"], kept => Assert.Contains(kept, text, StringComparison.Ordinal));
        Assert.Equal(original, folder.Text("projects.json.bak"));
    }
}
