using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Tests.Storage;
using FluentValidation;

namespace AiaiaiDashboard.Core.Tests.Settings;

public sealed class ConfigDocumentsTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DocumentStore store;

    public ConfigDocumentsTests() => store = new DocumentStore(folder.Data);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Sources_Saved_HoldsNoUsualPatterns()
    {
        await store.WriteAsync(ConfigDocuments.Sources, new SourcesConfig());

        string text = await File.ReadAllTextAsync(folder.Data.PathOf(DataFiles.Sources));
        Assert.DoesNotContain("**", text, StringComparison.Ordinal);
        Assert.Contains("**/*.tsx", store.Read(ConfigDocuments.Sources).Value!.Quality.For("any").Frontend);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"currency":"EUR","usdRate":0.92,"globalBudget":null,"globalThresholds":[]}""")]
    [InlineData("""{"globalBudget":0,"globalThresholds":[{"percent":0.5},{"percent":1000,"level":"critical","label":"x","color":"red"}]}""")]
    [InlineData("""{"globalBudget":200,"globalThresholds":[{"percent":75,"label":"Warning"}],"perProjectLimits":{"alpha":50,"日本":0},"channels":{"slack":{}}}""")]
    [InlineData("""{"schemaVersion":1,"globalBudget":1000000000}""")]
    public void Alerts_ValidFile_IsRead(string json)
    {
        folder.Write(DataFiles.Alerts, json);

        Assert.Null(store.Read(ConfigDocuments.Alerts).Problem);
    }

    [Theory]
    [InlineData("""{"currency":"Euro"}""", "$.currency: \"Euro\" is not allowed: use an ISO 4217 code in capitals")]
    [InlineData("""{"currency":"EUR"}""", "$.usdRate: is missing: with the currency EUR")]
    [InlineData("""{"currency":"EUR","usdRate":0}""", "$.usdRate: 0 is not allowed: a rate is above 0")]
    [InlineData("""{"globalBudget":-1}""", "$.globalBudget: -1 is not allowed: a budget is 0 to 1,000,000,000, or null for none.")]
    [InlineData("""{"globalBudget":1000000000.01}""", "$.globalBudget: 1000000000.01 is not allowed")]
    [InlineData("""{"globalBudget":1e308}""", "$.globalBudget: 1e308 is not allowed here: expected a number")]
    [InlineData("""{"globalBudget":"200"}""", "$.globalBudget: \"200\" is not allowed here: expected a number")]
    [InlineData("""{"globalThresholds":[{"label":"x"}]}""", "$.globalThresholds[0].percent: is missing: a percent is above 0 and at most 1,000.")]
    [InlineData("""{"globalThresholds":[{"percent":1e308}]}""", "$.globalThresholds[0].percent: 1e308 is not allowed here: expected a number above 0, at most 1,000.")]
    [InlineData("""{"schemaVersion":"x"}""", "$.schemaVersion: \"x\" is not allowed: a whole number from 1 to 1 is allowed here.")]
    [InlineData("""{"globalThresholds":[{"percent":0}]}""", "$.globalThresholds[0].percent: 0 is not allowed: a percent is above 0 and at most 1,000.")]
    [InlineData("""{"globalThresholds":[{"percent":50},{"percent":1000.1}]}""", "$.globalThresholds[1].percent: 1000.1 is not allowed")]
    [InlineData("""{"globalThresholds":[{"percent":50},{"percent":50.0}]}""", "$.globalThresholds[1].percent: 50.0 is not allowed: another threshold has the same percent.")]
    [InlineData("""{"globalThresholds":[{"percent":50,"level":"fatal"}]}""", "$.globalThresholds[0].level: \"fatal\" is not allowed: use \"warning\" or \"critical\"")]
    [InlineData("""{"globalThresholds":[null]}""", "$.globalThresholds[0]: null is not allowed here")]
    [InlineData("""{"globalThresholds":null}""", "$.globalThresholds: null is not allowed here: expected a list in [ ].")]
    [InlineData("""{"perProjectLimits":{"a b":-5}}""", "$.perProjectLimits['a b']: -5 is not allowed: a limit is 0 to 1,000,000,000.")]
    [InlineData("""{"perProjectLimits":{"a":"x"}}""", "$.perProjectLimits.a: \"x\" is not allowed here: expected a number")]
    public void Alerts_InvalidFile_NamesPathValueAndWhatIsAllowed(string json, string expected)
    {
        folder.Write(DataFiles.Alerts, json);

        FileProblem? problem = store.Read(ConfigDocuments.Alerts).Problem;

        Assert.StartsWith($"config/alerts.json, {expected}", problem?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Alerts_SeveralFaults_AreAllReported()
    {
        folder.Write(DataFiles.Alerts, """{"currency":"x","globalBudget":-1,"globalThresholds":[{"percent":-1}],"perProjectLimits":{"a":-1}}""");

        Assert.Equal(
            ["$.currency", "$.globalBudget", "$.globalThresholds[0].percent", "$.perProjectLimits.a"],
            store.Read(ConfigDocuments.Alerts).Problems.Select(p => p.Location));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"intervalMinutes":1}""")]
    [InlineData("""{"intervalMinutes":1440}""")]
    [InlineData("""{"watch":false,"stepTimeoutMinutes":120}""")]
    [InlineData("""{"cron":"0 9 * * MON-FRI","timeZone":"Europe/Berlin","onStart":false,"missedRuns":"skip","retentionMonths":1200}""")]
    [InlineData("""{"cron":"@daily","timeZone":null,"retentionMonths":1}""")]
    public void Sync_ValidFile_IsRead(string json)
    {
        folder.Write(DataFiles.Sync, json);

        Assert.Null(store.Read(ConfigDocuments.Sync).Problem);
    }

    [Theory]
    [InlineData("""{"cron":"every day"}""", "$.cron: \"every day\" is not allowed: ")]
    [InlineData("""{"cron":"* * * * * *"}""", "$.cron: ")]
    [InlineData("""{"cron":""}""", "$.cron: \"\" is not allowed: ")]
    [InlineData("""{"cron":"0 0 30 2 *"}""", "$.cron: \"0 0 30 2 *\" is not allowed: it never comes true.")]
    [InlineData("""{"intervalMinutes":0}""", "$.intervalMinutes: 0 is not allowed: 1 to 1440 minutes.")]
    [InlineData("""{"intervalMinutes":1441}""", "$.intervalMinutes: 1441 is not allowed")]
    [InlineData("""{"timeZone":"Mars/Olympus"}""", "$.timeZone: \"Mars/Olympus\" is not allowed: use an IANA name")]
    [InlineData("""{"timeZone":""}""", "$.timeZone: \"\" is not allowed")]
    [InlineData("""{"missedRuns":"runTwice"}""", "$.missedRuns: \"runTwice\" is not allowed: use \"runOnce\" or \"skip\".")]
    [InlineData("""{"retentionMonths":0}""", "$.retentionMonths: 0 is not allowed: 1 to 1200 months.")]
    [InlineData("""{"stepTimeoutMinutes":0}""", "$.stepTimeoutMinutes: 0 is not allowed: 1 to 120 minutes.")]
    [InlineData("""{"stepTimeoutMinutes":121}""", "$.stepTimeoutMinutes: 121 is not allowed: 1 to 120 minutes.")]
    [InlineData("""{"watch":"on"}""", "$.watch: \"on\" is not allowed here: expected true or false.")]
    [InlineData("""{"onStart":"yes"}""", "$.onStart: \"yes\" is not allowed here: expected true or false.")]
    public void Sync_InvalidFile_NamesPathValueAndWhatIsAllowed(string json, string expected)
    {
        folder.Write(DataFiles.Sync, json);

        Assert.StartsWith($"config/sync.json, {expected}", store.Read(ConfigDocuments.Sync).Problem?.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"projects":{"roots":["~/code",""]}}""", "$.projects.roots[1]: \"\" is not allowed: name a folder")]
    [InlineData("""{"projects":{"roots":[null]}}""", "$.projects.roots[0]: null is not allowed")]
    [InlineData("""{"claudeCode":{"paths":["  "]}}""", "$.claudeCode.paths[0]: \"  \" is not allowed")]
    [InlineData("""{"claudeCode":null}""", "$.claudeCode: null is not allowed here: expected an object in { }.")]
    [InlineData("""{"anthropicAdmin":{"days":0}}""", "$.anthropicAdmin.days: 0 is not allowed: expected a whole number from 1 to 92.")]
    [InlineData("""{"anthropicAdmin":{"workspaces":{"wrkspc_1":" "}}}""", "$.anthropicAdmin.workspaces.wrkspc_1: \" \" is not allowed: name a project id")]
    [InlineData("""{"anthropicAdmin":{"apiKeys":{"apikey_1":null}}}""", "$.anthropicAdmin.apiKeys.apikey_1: null is not allowed: name a project id")]
    [InlineData("""{"anthropicAdmin":{"workspaces":{"alpha":"a"}}}""", "$.anthropicAdmin.workspaces: holds a name that is no id: ids begin with wrkspc_, and \"default\" is the default workspace.")]
    [InlineData("""{"anthropicAdmin":{"apiKeys":{"sk-ant-1":"a"}}}""", "$.anthropicAdmin.apiKeys: holds a name that is no id: ids begin with apikey_.")]
    public void Sources_InvalidFile_NamesPathValueAndWhatIsAllowed(string json, string expected)
    {
        folder.Write(DataFiles.Sources, json);

        Assert.StartsWith($"config/sources.json, {expected}", store.Read(ConfigDocuments.Sources).Problem?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_InvalidSettings_WritesNothing()
    {
        await Assert.ThrowsAsync<ValidationException>(() => store.WriteAsync(ConfigDocuments.Alerts, new AlertsConfig { GlobalBudget = -1 }));

        Assert.Empty(folder.Files());
    }

    [Fact]
    public void Sources_AdminMapping_IsReadAndMissingKeysMeanDefaults()
    {
        folder.Write(DataFiles.Sources, """{"anthropicAdmin":{"enabled":true,"workspaces":{"wrkspc_1":"alpha","default":"home"},"apiKeys":{"apikey_1":"beta"}}}""");

        AnthropicAdminSource admin = store.Read(ConfigDocuments.Sources).Value!.AnthropicAdmin;

        Assert.Equal((true, 31, "alpha", "home", "beta"), (admin.Enabled, admin.Days, admin.Workspaces["wrkspc_1"], admin.Workspaces["default"], admin.ApiKeys["apikey_1"]));
        Assert.Empty(DashboardConfig.Default.Sources.AnthropicAdmin.Workspaces);
    }

    [Fact]
    public async Task WriteAsync_NoBudget_StaysNoBudget()
    {
        await store.WriteAsync(ConfigDocuments.Alerts, new AlertsConfig { GlobalBudget = null });

        Assert.Null(store.Read(ConfigDocuments.Alerts).Value!.GlobalBudget);
        Assert.DoesNotContain("usdRate", folder.Text(DataFiles.Alerts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateAsync_UnknownKeys_SurviveAtEveryLevel()
    {
        folder.Write(DataFiles.Sources, """{"mapping":[{"from":"a"}],"projects":{"depth":2},"claudeCode":{"x":1},"anthropicAdmin":{"y":null}}""");

        await store.UpdateAsync(ConfigDocuments.Sources, sources => sources! with { Projects = sources.Projects with { Roots = ["~/code"] } });

        string text = folder.Text(DataFiles.Sources);
        Assert.All((string[])["\"from\": \"a\"", "\"depth\": 2", "\"x\": 1", "\"y\": null"], kept => Assert.Contains(kept, text, StringComparison.Ordinal));
    }
}
