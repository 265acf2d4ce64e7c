using System.Net;
using System.Text;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Integration.Tests.Http;

public sealed class ApiTests
{
    private static async Task<(HttpStatusCode Status, string Text, JsonElement Body)> SendAsync(RunningApp app, HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        using HttpResponseMessage response = await app.Http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        using JsonDocument document = JsonDocument.Parse(text);
        return (response.StatusCode, text, document.RootElement.Clone());
    }

    [Fact]
    public async Task PostSync_RunsAndAnswersWithTheCompactStatus()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        (HttpStatusCode status, string text, JsonElement body) = await SendAsync(app, HttpMethod.Post, "/api/sync");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("success", body.GetProperty("status").GetString());
        Assert.Equal(SyncStepNames.All, body.GetProperty("steps").EnumerateArray().Select(s => s.GetProperty("name").GetString()));
        Assert.Equal("api", body.GetProperty("recentRuns")[0].GetProperty("trigger").GetString());
        Assert.DoesNotContain("\n", text, StringComparison.Ordinal);
        Assert.False(body.TryGetProperty("error", out _));
    }

    [Fact]
    public async Task PostSync_AllStepsFail_Is500WithTheStatus()
    {
        await using RunningApp app = await RunningApp.StartAsync([new HeldStep(_ => throw new IOException("disk on fire"))]);

        (HttpStatusCode status, _, JsonElement body) = await SendAsync(app, HttpMethod.Post, "/api/sync");

        Assert.Equal((HttpStatusCode.InternalServerError, "error"), (status, body.GetProperty("status").GetString()));
        Assert.Contains("disk on fire", body.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetSync_DuringARun_TellsStepAndProgressAndCallsJoin()
    {
        var entered = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        int runs = 0;
        await using RunningApp app = await RunningApp.StartAsync([new HeldStep(async _ =>
        {
            runs++;
            entered.TrySetResult();
            await gate.Task;
            return new SyncStepResult(SyncOutcome.Success, 1);
        })]);

        Task<(HttpStatusCode, string, JsonElement)> first = SendAsync(app, HttpMethod.Post, "/api/sync");
        await entered.Task;
        JsonElement during = (await SendAsync(app, HttpMethod.Get, "/api/sync")).Body;
        Task<SyncStatus> joined = app.Server.Workspaces.SyncNowAsync("manual");
        gate.SetResult();
        await Task.WhenAll(first, joined);
        JsonElement after = (await SendAsync(app, HttpMethod.Get, "/api/sync")).Body;

        Assert.Equal(("running", "tokens", 1), (during.GetProperty("state").GetString(), during.GetProperty("step").GetString(), during.GetProperty("progress").GetProperty("stepCount").GetInt32()));
        Assert.Equal(("idle", 1), (after.GetProperty("state").GetString(), runs));
    }

    [Fact]
    public async Task GetUsage_ByDayAndModel_HasRowsAndTotal()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        JsonElement body = (await SendAsync(app, HttpMethod.Get, "/api/usage?by=day,model&since=7d")).Body;

        JsonElement row = Assert.Single(body.GetProperty("rows").EnumerateArray());
        Assert.Equal((app.Day, "opus", 160m), (row.GetProperty("day").GetString(), row.GetProperty("model").GetString(), row.GetProperty("cost").GetDecimal()));
        Assert.Equal(30, body.GetProperty("total").GetProperty("totalTokens").GetInt64());
    }

    [Fact]
    public async Task GetAlerts_BudgetUsedTo80Percent_HasTheWarning()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        JsonElement alert = Assert.Single((await SendAsync(app, HttpMethod.Get, "/api/alerts")).Body.EnumerateArray());

        Assert.Equal(
            ("global-75", "global", "warning", 160m, 200m, 80m),
            (alert.GetProperty("key").GetString(), alert.GetProperty("type").GetString(), alert.GetProperty("level").GetString(),
                alert.GetProperty("spend").GetDecimal(), alert.GetProperty("budget").GetDecimal(), alert.GetProperty("percent").GetDecimal()));
        Assert.False(alert.TryGetProperty("project", out _));
    }

    [Fact]
    public async Task PatchProject_Status_IsWrittenAndShown()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        (HttpStatusCode status, _, JsonElement body) = await SendAsync(app, HttpMethod.Patch, "/api/projects/alpha", """{"status":"paused"}""");

        Assert.Equal((HttpStatusCode.OK, "paused"), (status, body.GetProperty("status").GetString()));
        Assert.Contains("\"status\": \"paused\"", app.Read(DataFiles.Projects), StringComparison.Ordinal);
        Assert.Equal("paused", app.Server.Workspaces.State.Current.Project("alpha")!.Status);
    }

    [Theory]
    [InlineData("alpha", """{"status":"sleeping"}""", "application/json", 400)]
    [InlineData("alpha", """{"status":null}""", "application/json", 400)]
    [InlineData("alpha", """{"status":"paused","id":"other"}""", "application/json", 400)]
    [InlineData("alpha", """{"status":""", "application/json", 400)]
    [InlineData("alpha", """{"status":"paused"}""", "text/plain", 415)]
    [InlineData("nowhere", """{"status":"paused"}""", "application/json", 404)]
    public async Task PatchProject_Refused_ChangesNothing(string id, string body, string type, int expected)
    {
        await using RunningApp app = await RunningApp.StartAsync();
        string before = app.Read(DataFiles.Projects);

        (HttpStatusCode status, _, JsonElement problem) = await SendAsync(app, HttpMethod.Patch, $"/api/projects/{id}", body, type);

        Assert.Equal((expected, expected), ((int)status, problem.GetProperty("status").GetInt32()));
        Assert.Equal(before, app.Read(DataFiles.Projects));
        if (body.Contains("sleeping", StringComparison.Ordinal))
        {
            Assert.Equal("\"sleeping\" is not allowed: use \"active\", \"paused\" or \"completed\".", problem.GetProperty("errors").GetProperty("$.status")[0].GetString());
        }
    }

    [Fact]
    public async Task PutAlerts_Valid_IsWrittenAndCounts()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        (HttpStatusCode status, _, _) = await SendAsync(app, HttpMethod.Put, "/api/settings/alerts", """{"globalBudget":320,"perProjectLimits":{"alpha":100}}""");
        JsonElement read = (await SendAsync(app, HttpMethod.Get, "/api/settings/alerts")).Body;
        JsonElement alerts = (await SendAsync(app, HttpMethod.Get, "/api/alerts")).Body;

        Assert.Equal((HttpStatusCode.OK, 320m), (status, read.GetProperty("globalBudget").GetDecimal()));
        Assert.Equal(["project-alpha-100", "project-alpha-90", "project-alpha-75"], alerts.EnumerateArray().Select(a => a.GetProperty("key").GetString()));
        Assert.Contains("\"globalBudget\": 320", app.Read(DataFiles.Alerts), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PutAlerts_Invalid_HasOneMessagePerFieldAndWritesNothing()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        (HttpStatusCode status, _, JsonElement body) = await SendAsync(
            app, HttpMethod.Put, "/api/settings/alerts", """{"globalBudget":-1,"globalThresholds":[{"percent":0}],"perProjectLimits":{"alpha":-2}}""");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(
            ["$.globalBudget", "$.globalThresholds[0].percent", "$.perProjectLimits.alpha"],
            body.GetProperty("errors").EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.False(File.Exists(app.Data.PathOf(DataFiles.Alerts)));
    }

    [Fact]
    public async Task PutAlerts_FileBrokeMeanwhile_IsRefusedAndKept()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        app.Write(DataFiles.Alerts, "{ broken");

        (HttpStatusCode status, _, JsonElement body) = await SendAsync(app, HttpMethod.Put, "/api/settings/alerts", """{"globalBudget":320}""");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("config/alerts.json", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("{ broken", app.Read(DataFiles.Alerts));
    }

    [Fact]
    public async Task ExportCsv_HostileModelName_IsNoFormula()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        string csv = await app.Http.GetStringAsync(new Uri("/api/export/usage.csv", UriKind.Relative));

        string[] lines = csv.Split("\r\n");
        Assert.StartsWith("date,project,session,model,source,calls,", lines[0], StringComparison.Ordinal);
        Assert.Contains(",'=cmd|' /C calc'!A0,", lines[1], StringComparison.Ordinal);
        Assert.StartsWith($"{app.Day},alpha,s1,opus,claude-code,1,10,20,0,0,0,160", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportCsv_ByModelWithText_SumsUpWhatTheTableShows()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        string all = await app.Http.GetStringAsync(new Uri("/api/export/usage.csv?by=model", UriKind.Relative));
        string found = await app.Http.GetStringAsync(new Uri("/api/export/usage.csv?by=model&q=OPUS", UriKind.Relative));
        HttpResponseMessage refused = await app.Http.GetAsync(new Uri("/api/export/usage.csv?by=colour", UriKind.Relative));

        Assert.Equal(4, all.Split("\r\n").Length);
        Assert.Contains("\r\n'=cmd|' /C calc'!A0,", all, StringComparison.Ordinal);
        Assert.Equal(["model,calls,tokensIn,tokensOut,cacheWrite,cacheWrite1h,cacheRead,cost,unpriced", "opus,1,10,20,0,0,0,160.00000000", ""], found.Split("\r\n").Select(line => line.Replace(",true", "", StringComparison.Ordinal).Replace(",false", "", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task OpenApi_NamesEveryRouteOfTheContract()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        JsonElement paths = (await SendAsync(app, HttpMethod.Get, "/openapi/v1.json")).Body.GetProperty("paths");

        Assert.Equal(
            [
                "GET /api/alerts", "GET /api/analytics", "GET /api/export/usage.csv", "GET /api/projects", "GET /api/projects/{id}", "GET /api/settings/alerts",
                "GET /api/sync", "GET /api/usage", "PATCH /api/projects/{id}", "POST /api/sync", "PUT /api/settings/alerts",
            ],
            paths.EnumerateObject().SelectMany(p => p.Value.EnumerateObject().Select(m => $"{m.Name.ToUpperInvariant()} {p.Name}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Metrics_AfterASyncBeforeTheFirstScrape_CountIt()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        await app.Server.Workspaces.SyncNowAsync("manual");

        string text = await app.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Matches("""(?m)^aiaiai_sync_runs_total\{status="success",trigger="manual"\} [1-9]""", text);
        Assert.Contains("\naiaiai_ledger_rows 2\n", text, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^aiaiai_sync_lag_seconds \d", text);
        Assert.Matches(@"(?m)^aiaiai_sync_last_duration_seconds \d", text);
        Assert.Contains("\naiaiai_sync_last_failed 0\n", text, StringComparison.Ordinal);
        Assert.Matches("""(?m)^aiaiai_sync_step_seconds\{step="analytics"\} \d""", text);
    }

    [Fact]
    public async Task Dispose_DuringASyncThatDoesNotStop_GivesItUpAndSaysSo()
    {
        var entered = new TaskCompletionSource();
        var never = new TaskCompletionSource<SyncStepResult>();
        RunningApp app = await RunningApp.StartAsync([new HeldStep(_ =>
        {
            entered.SetResult();
            return never.Task;
        })]);
        Task<HttpResponseMessage> request = app.Http.PostAsync(new Uri("/api/sync", UriKind.Relative), null);
        await entered.Task;

        await app.Server.DisposeAsync();

        Assert.Contains("It has not stopped yet.", app.Read(DataFiles.SyncStatus), StringComparison.Ordinal);
        await Task.WhenAny(request);
        never.SetResult(new SyncStepResult(SyncOutcome.Success, 0));
        app.Http.Dispose();
        Directory.Delete(Path.GetDirectoryName(app.Data.Root)!, recursive: true);
    }

    private sealed class HeldStep(Func<CancellationToken, Task<SyncStepResult>> run) : ISyncStep
    {
        public string Name => SyncStepNames.Tokens;

        public Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct) => run(ct);
    }
}
