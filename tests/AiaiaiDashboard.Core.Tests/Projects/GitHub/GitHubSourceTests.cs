using System.Globalization;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.GitHub;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Tests.Storage;
using AiaiaiDashboard.Core.Tests.Usage.AnthropicAdmin;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Projects.GitHub;

/// <summary>Open issues and pull requests, asked for from a server on this machine through Octokit.</summary>
public sealed class GitHubSourceTests : IDisposable
{
    private const string Token = "ghp_planted0123456789";

    private readonly TestFolder folder = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string?> environment = new() { [GitHubConnection.TokenVariable] = Token };
    private readonly List<AdminApiServer> servers = [];

    private GitHubSource source;

    public GitHubSourceTests() => source = new GitHubSource(name => environment.GetValueOrDefault(name));

    public void Dispose()
    {
        servers.ForEach(s => s.Dispose());
        folder.Dispose();
    }

    [Fact]
    public async Task Run_RepositoryWithIssuesAndPullRequests_CountsThemApart()
    {
        AdminApiServer server = Serve(asked => asked.Path.EndsWith("/pulls", StringComparison.Ordinal) ? Pulls(4) : Repository(11));

        (ProjectScan scan, SyncSourceStatus? status) = await RunAsync(("one", "ada/engine"), ("two", null));

        Assert.Equal((7, 4), (scan.States["one"].GitHub!.OpenIssues, scan.States["one"].GitHub!.OpenPullRequests));
        Assert.Null(scan.States["one"].GitHub!.Note);
        Assert.Null(scan.States["two"].GitHub);
        Assert.Equal((SyncOutcome.Success, 1L), (status!.Status, status.Items));
        Assert.Equal(["/repos/ada/engine", "/repos/ada/engine/pulls"], server.Requests.Select(r => r.Path));
        Assert.All(server.Requests, r => Assert.Equal($"Token {Token}", r.Authorization));
    }

    [Theory]
    [InlineData("[]", 0)]
    [InlineData("[{}]", 1)]
    public async Task Run_OnePageOfPullRequests_CountsWhatIsOnIt(string body, int expected)
    {
        Serve(asked => asked.Path.EndsWith("/pulls", StringComparison.Ordinal) ? Json(200, body) : Repository(3));

        (ProjectScan scan, _) = await RunAsync(("one", "ada/engine"));

        Assert.Equal((3 - expected, expected), (scan.States["one"].GitHub!.OpenIssues, scan.States["one"].GitHub!.OpenPullRequests));
    }

    [Fact]
    public async Task Run_NothingChangedSince_AsksOnceWithWhatItKnowsAndKeepsTheFigures()
    {
        AdminApiServer server = Serve(asked => asked.IfNoneMatch == "W/\"abc\"" ? new Reply(304, "")
            : asked.Path.EndsWith("/pulls", StringComparison.Ordinal) ? Pulls(4) : Repository(11));
        (ProjectScan scan, _) = await RunAsync(("one", "ada/engine"));
        // As after a restart: what the cache holds is all that is known.
        source = new GitHubSource(name => environment.GetValueOrDefault(name));

        (ProjectScan again, SyncSourceStatus? status) = await source.RunAsync(Context(), scan, CancellationToken.None);

        Assert.Equal(scan.States["one"].GitHub, again.States["one"].GitHub);
        Assert.Equal(SyncOutcome.Success, status!.Status);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Run_AskedMinutesAgo_AsksNotAgain()
    {
        AdminApiServer server = Serve(asked => asked.Path.EndsWith("/pulls", StringComparison.Ordinal) ? Pulls(4) : Repository(11));
        (ProjectScan scan, _) = await RunAsync(("one", "ada/engine"));

        time.Advance(GitHubSource.MinAge - TimeSpan.FromSeconds(1));
        await source.RunAsync(Context(), scan, CancellationToken.None);
        int early = server.Requests.Count;
        time.Advance(TimeSpan.FromSeconds(1));
        await source.RunAsync(Context(), scan, CancellationToken.None);

        Assert.Equal((2, 4), (early, server.Requests.Count));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public async Task Run_NoToken_AsksNobodyAndSaysNotConfigured(string? token)
    {
        AdminApiServer server = Serve(_ => Repository(1));
        environment[GitHubConnection.TokenVariable] = token;

        (ProjectScan scan, SyncSourceStatus? status) = await RunAsync(("one", "ada/engine"));

        Assert.Empty(server.Requests);
        Assert.Equal(SyncOutcome.Skipped, status!.Status);
        Assert.Equal("Not configured: the environment variable GITHUB_TOKEN is not set.", scan.States["one"].GitHub!.Note);
        Assert.Null(scan.States["one"].GitHub!.OpenIssues);
    }

    [Fact]
    public async Task Run_NoProjectOnGitHub_IsNoSource()
    {
        (_, SyncSourceStatus? status) = await RunAsync(("one", null));

        Assert.Null(status);
    }

    public static TheoryData<int, string, string, string?> Failures => new()
    {
        { 401, """{"message":"Bad credentials ghp_planted0123456789"}""", "GitHub refused GITHUB_TOKEN (HTTP 401). Set it to a valid token and start the program again.", null },
        { 403, """{"message":"API rate limit exceeded for ghp_planted0123456789"}""", "The rate limit of GitHub is used up (HTTP 403).", "0" },
        { 403, """{"message":"You have exceeded a secondary rate limit. Please wait."}""", "GitHub asks for fewer requests.", null },
        { 429, """{"message":"slow down"}""", "GitHub asks for fewer requests.", null },
        { 403, """{"message":"Resource not accessible by ghp_planted0123456789"}""", "GitHub did not answer the request (HTTP 403): Resource not accessible by (token)", null },
        { 404, """{"message":"Not Found"}""", "GitHub does not know this repository, or GITHUB_TOKEN may not see it (HTTP 404).", null },
        { 451, """{"message":"blocked"}""", "GitHub did not answer the request (HTTP 451): blocked", null },
        { 502, "<html>bad gateway</html>", "GitHub has a fault (HTTP 502).", null },
        { 200, "{ garbage", "The answer of GitHub could not be used.", null },
        { 200, "[]", "The answer of GitHub could not be used.", null },
        { 200, "{}", "The answer of GitHub could not be used.", null },
        { 200, "", "The answer of GitHub could not be used.", null },
        { 200, """{"full_name":"ada/engine","open_issues_count":"many"}""", "The answer of GitHub could not be used.", null },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Run_Failure_IsAWarningThatNamesTheReasonAndKeepsTheFigures(int answer, string body, string expected, string? remaining)
    {
        Serve(_ => Json(answer, body, ("X-RateLimit-Limit", "5000"), ("X-RateLimit-Remaining", remaining ?? "4000"), ("X-RateLimit-Reset", "1795597200")));
        var known = new GitHubFacts { Repository = "ada/engine", OpenIssues = 5, OpenPullRequests = 2 };

        (ProjectScan scan, SyncSourceStatus? status) = await source.RunAsync(Context(), Scan(("one", known)), CancellationToken.None);

        Assert.Equal(known with { Note = expected }, scan.States["one"].GitHub);
        Assert.Equal(SyncOutcome.Warning, status!.Status);
        Assert.Contains(expected, status.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OneOfTwoUnknown_NamesItAndTellsTheOther()
    {
        Serve(asked => asked.Path.Contains("gone", StringComparison.Ordinal) ? Json(404, "{}") : asked.Path.EndsWith("/pulls", StringComparison.Ordinal) ? Pulls(1) : Repository(2));

        (ProjectScan scan, SyncSourceStatus? status) = await RunAsync(("one", "ada/engine"), ("two", "ada/gone"));

        Assert.Equal(1, scan.States["one"].GitHub!.OpenIssues);
        Assert.Equal("two: GitHub does not know this repository, or GITHUB_TOKEN may not see it (HTTP 404).", status!.Error);
    }

    [Fact]
    public async Task Run_RateLimitUsedUp_AsksNobodyUntilItsReset()
    {
        string reset = time.GetUtcNow().AddMinutes(20).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        AdminApiServer server = Serve(_ => Json(403, """{"message":"API rate limit exceeded"}""", ("X-RateLimit-Limit", "60"), ("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", reset)));
        await RunAsync(("one", "ada/engine"));
        int first = server.Requests.Count;

        time.Advance(TimeSpan.FromMinutes(19));
        (_, SyncSourceStatus? waiting) = await RunAsync(("one", "ada/engine"));
        int meanwhile = server.Requests.Count;
        time.Advance(TimeSpan.FromMinutes(1));
        await RunAsync(("one", "ada/engine"));

        Assert.Equal((1, 1, 2), (first, meanwhile, server.Requests.Count));
        Assert.Contains("The rate limit of GitHub is used up", waiting!.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_UnreachableAgainAndAgain_PausesLongerEachTimeUpToAnHour()
    {
        AdminApiServer server = Serve(_ => Json(503, "{}"));
        var pauses = new List<double>();
        for (int i = 0; i < 6; i++)
        {
            await RunAsync(("one", "ada/engine"));
            DateTimeOffset asked = time.GetUtcNow();
            int before = server.Requests.Count;
            while (server.Requests.Count == before)
            {
                time.Advance(TimeSpan.FromMinutes(5));
                await RunAsync(("one", "ada/engine"));
            }

            pauses.Add((time.GetUtcNow() - asked).TotalMinutes);
        }

        Assert.Equal([5, 10, 20, 40, 60, 60], pauses);
    }

    [Fact]
    public async Task Run_Redirect_IsFollowedOnItsOwnHostOnly()
    {
        AdminApiServer other = Serve(_ => Repository(99));
        Serve(asked => asked.Path == "/repos/ada/old" ? Json(301, "{}", ("Location", servers[^1].Address + "repositories/7"))
            : asked.Path == "/repos/ada/old/pulls" ? Pulls(1)
            : asked.Path == "/repos/ada/evil" ? Json(301, "{}", ("Location", other.Address + "repos/ada/evil"))
            : Repository(3));

        (ProjectScan scan, _) = await RunAsync(("one", "ada/old"));
        (ProjectScan evil, _) = await RunAsync(("two", "ada/evil"));

        Assert.Equal(2, scan.States["one"].GitHub!.OpenIssues);
        Assert.Equal("GitHub could not be reached: it redirects to another address, which is not followed.", evil.States["two"].GitHub!.Note);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task Run_AnswerLargerThanAny_IsNotUsed()
    {
        Serve(_ => Json(200, $$"""{"full_name":"ada/engine","open_issues_count":1,"description":"{{new string('x', GitHubConnection.MaxBody)}}"}"""));

        (ProjectScan scan, _) = await RunAsync(("one", "ada/engine"));

        Assert.Equal("The answer of GitHub could not be used.", scan.States["one"].GitHub!.Note);
    }

    [Fact]
    public async Task Run_NoAnswer_GivesUpInTimeAndKeepsTheFigures()
    {
        AdminApiServer server = Serve(_ => Reply.Nothing);
        var known = new GitHubFacts { Repository = "ada/engine", OpenIssues = 5, OpenPullRequests = 2 };

        Task<(ProjectScan Scan, SyncSourceStatus? Status)> run = source.RunAsync(Context(), Scan(("one", known)), CancellationToken.None);
        Assert.True(SpinWait.SpinUntil(() => server.Requests.Count > 0, TimeSpan.FromSeconds(60)));
        time.Advance(GitHubReader.Limit);
        (ProjectScan scan, SyncSourceStatus? status) = await run.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(known with { Note = "GitHub did not answer in time." }, scan.States["one"].GitHub);
        Assert.Equal(SyncOutcome.Warning, status!.Status);
    }

    [Fact]
    public async Task Run_CancelledByTheSync_Ends()
    {
        AdminApiServer server = Serve(_ => Reply.Nothing);
        using var stop = new CancellationTokenSource();

        Task run = source.RunAsync(Context(), Scan(("one", new GitHubFacts { Repository = "ada/engine" })), stop.Token);
        Assert.True(SpinWait.SpinUntil(() => server.Requests.Count > 0, TimeSpan.FromSeconds(60)));
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Run_AddressElsewhere_SendsNothing()
    {
        environment[GitHubConnection.AddressVariable] = "https://evil.example/";

        (ProjectScan scan, SyncSourceStatus? status) = await RunAsync(("one", "ada/engine"));

        Assert.Equal(SyncOutcome.Warning, status!.Status);
        Assert.StartsWith("AIAIAI_GITHUB_URL is not allowed", scan.States["one"].GitHub!.Note, StringComparison.Ordinal);
    }

    private static Reply Repository(int open) =>
        Json(200, FormattableString.Invariant($$"""{"id":7,"full_name":"ada/engine","open_issues_count":{{open}}}"""), ("ETag", "W/\"abc\""));

    private Reply Pulls(int count) => count < 2 ? Json(200, count == 0 ? "[]" : "[{}]")
        : Json(200, "[{}]", ("Link", FormattableString.Invariant($"<{servers[^1].Address}repositories/7/pulls?state=open&per_page=1&page=2>; rel=\"next\", <{servers[^1].Address}repositories/7/pulls?state=open&per_page=1&page={count}>; rel=\"last\"")));

    private static Reply Json(int status, string body, params (string Name, string Value)[] headers) =>
        new(status, body) { Headers = headers.Append(("Content-Type", "application/json; charset=utf-8")).ToDictionary(h => h.Item1, h => h.Item2) };

    private AdminApiServer Serve(Func<Asked, Reply> answer)
    {
        var server = new AdminApiServer(answer);
        servers.Add(server);
        environment[GitHubConnection.AddressVariable] = server.Address.ToString();
        return server;
    }

    private Task<(ProjectScan Scan, SyncSourceStatus? Status)> RunAsync(params (string Id, string? Repository)[] projects) => source.RunAsync(
        Context(), Scan([.. projects.Select(p => (p.Id, p.Repository is { } name ? new GitHubFacts { Repository = name } : null))]), CancellationToken.None);

    private static ProjectScan Scan(params (string Id, GitHubFacts? Facts)[] projects) =>
        ProjectScan.Empty with { States = projects.ToDictionary(p => p.Id, p => new ProjectState { Id = p.Id, WasLookedAt = true, GitHub = p.Facts }) };

    private SyncContext Context() => new()
    {
        Store = new DocumentStore(folder.Data),
        Config = new DashboardConfig(new AlertsConfig(), new SyncConfig(), new SourcesConfig(), []),
        Time = time,
        Zone = TimeZoneInfo.Utc,
        Catalogue = new ProjectCatalogue([]),
    };
}
