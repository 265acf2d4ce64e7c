using System.Globalization;
using System.Net;
using AiaiaiDashboard.Core.Usage.AnthropicAdmin;

namespace AiaiaiDashboard.Core.Tests.Usage.AnthropicAdmin;

public sealed class AdminUsageClientTests : IDisposable
{
    private const string Key = "sk-ant-admin01-secret-of-this-test";
    private const string Empty = """{"data":[],"has_more":false,"next_page":null}""";

    private static readonly DateTimeOffset From = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TimerClock clock = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
    private readonly List<IDisposable> open = [];

    public void Dispose() => open.ForEach(o => o.Dispose());

    [Fact]
    public async Task UsageAsync_SeveralPages_AsksWithEachTokenAndGivesAllBuckets()
    {
        (AdminUsageClient client, AdminApiServer server) = Start(asked => Reply.Ok(asked.Parameter("page") switch
        {
            null => """{"data":[{"starting_at":"2026-11-01T00:00:00Z","ending_at":"2026-11-02T00:00:00Z","results":[]}],"has_more":true,"next_page":"page_MjA=+/&x"}""",
            "page_MjA=+/&x" => """{"data":[{"starting_at":"2026-11-02T00:00:00Z","ending_at":"2026-11-03T00:00:00Z","results":[]}],"has_more":true,"next_page":"page_3"}""",
            _ => """{"data":[{"starting_at":"2026-11-03T00:00:00Z","ending_at":"2026-11-04T00:00:00Z","results":[]}],"has_more":false,"next_page":null}""",
        }));

        List<AdminBucket<AdminUsage>> buckets = await AllAsync(client.UsageAsync(From, From.AddDays(3), hourly: false, bySpeed: true, CancellationToken.None));

        Assert.Equal([1, 2, 3], buckets.Select(b => b.StartingAt!.Value.Day));
        Assert.Equal([null, "page_MjA=+/&x", "page_3"], server.Requests.Select(r => r.Parameter("page")));
    }

    [Fact]
    public async Task UsageAsync_Request_IsAsDocumented()
    {
        (AdminUsageClient client, AdminApiServer server) = Start(_ => Reply.Ok(Empty));

        await AllAsync(client.UsageAsync(From, From.AddDays(31), hourly: false, bySpeed: true, CancellationToken.None));

        Asked asked = Assert.Single(server.Requests);
        Assert.Equal("/v1/organizations/usage_report/messages", asked.Path);
        Assert.Equal("2026-11-01T00:00:00Z", asked.Parameter("starting_at"));
        Assert.Equal("2026-12-02T00:00:00Z", asked.Parameter("ending_at"));
        Assert.Equal("1d", asked.Parameter("bucket_width"));
        Assert.Equal("31", asked.Parameter("limit"));
        Assert.Contains("group_by[]=model", Uri.UnescapeDataString(asked.Query), StringComparison.Ordinal);
        Assert.Contains("group_by[]=workspace_id", Uri.UnescapeDataString(asked.Query), StringComparison.Ordinal);
        Assert.Contains("group_by[]=api_key_id", Uri.UnescapeDataString(asked.Query), StringComparison.Ordinal);
        Assert.Equal((Key, "2023-06-01"), (asked.Key, asked.Version));
        Assert.StartsWith("AiaiaiDashboard/", asked.UserAgent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WorkspacesAsync_SeveralPages_GoesOnAfterTheLastId()
    {
        (AdminUsageClient client, AdminApiServer server) = Start(asked => Reply.Ok(asked.Parameter("after_id") is null
            ? """{"data":[{"id":"wrkspc_1","type":"workspace","name":"One"}],"has_more":true,"first_id":"wrkspc_1","last_id":"wrkspc_1"}"""
            : """{"data":[{"id":"wrkspc_2","type":"workspace","name":"Two"}],"has_more":false,"first_id":"wrkspc_2","last_id":"wrkspc_2"}"""));

        IReadOnlyDictionary<string, string> names = await client.WorkspacesAsync(CancellationToken.None);

        Assert.Equal(["One", "Two"], names.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => n.Value));
        Assert.Equal([null, "wrkspc_1"], server.Requests.Select(r => r.Parameter("after_id")));
    }

    [Fact]
    public async Task UsageAsync_TooManyRequests_WaitsAsLongAsAskedAndGoesOn()
    {
        int count = 0;
        (AdminUsageClient client, AdminApiServer server) = Start(_ =>
            count++ == 0 ? new Reply(429, "{}") { Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } } : Reply.Ok(Empty));

        Task<List<AdminBucket<AdminUsage>>> asking = UsageAsync(client);
        await clock.PassAsync(due => due == TimeSpan.FromSeconds(7));
        await asking;

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task UsageAsync_TooManyRequestsUntilADate_WaitsUntilThen()
    {
        int count = 0;
        string until = clock.GetUtcNow().AddSeconds(40).ToString("R", CultureInfo.InvariantCulture);
        (AdminUsageClient client, _) = Start(_ =>
            count++ == 0 ? new Reply(503, "") { Headers = new Dictionary<string, string> { ["Retry-After"] = until } } : Reply.Ok(Empty));

        Task<List<AdminBucket<AdminUsage>>> asking = UsageAsync(client);

        Assert.Equal(TimeSpan.FromSeconds(40), await clock.PassAsync(due => due == TimeSpan.FromSeconds(40)));
        Assert.Empty(await asking);
    }

    [Fact]
    public async Task UsageAsync_RetryAfterBeyondTheBound_IsNotWaitedFor()
    {
        (AdminUsageClient client, AdminApiServer server) = Start(_ =>
            new Reply(429, """{"type":"error","error":{"type":"rate_limit_error","message":"Slow down"}}""") { Headers = new Dictionary<string, string> { ["Retry-After"] = "3600" } });

        AdminApiException exception = await Assert.ThrowsAsync<AdminApiException>(() => UsageAsync(client));

        Assert.Equal("The Anthropic Admin API asks for fewer requests (HTTP 429: rate_limit_error, Slow down). The next sync asks again.", exception.Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task UsageAsync_ServerFaults_BacksOffAndGivesUp()
    {
        (AdminUsageClient client, AdminApiServer server) = Start(_ => new Reply(500, "<html>oops"));

        Task<List<AdminBucket<AdminUsage>>> asking = UsageAsync(client);
        for (int retry = 0; retry < AdminConnection.MaxRetries; retry++)
        {
            TimeSpan waited = await clock.PassAsync(IsWait);
            Assert.InRange(waited, TimeSpan.FromTicks(1), AdminConnection.MaxWait);
        }

        AdminApiException exception = await Assert.ThrowsAsync<AdminApiException>(() => asking);
        Assert.Equal("The Anthropic Admin API has a fault (HTTP 500). The next sync asks again.", exception.Message);
        Assert.Equal(1 + AdminConnection.MaxRetries, server.Requests.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task UsageAsync_RefusedKey_SaysWhatToDoAndIsNotRepeated(int status)
    {
        (AdminUsageClient client, AdminApiServer server) = Start(_ =>
            new Reply(status, $$$"""{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key {{{Key}}}"}}"""));

        AdminApiException exception = await Assert.ThrowsAsync<AdminApiException>(() => UsageAsync(client));

        Assert.StartsWith(
            $"The Anthropic Admin API refused the key in ANTHROPIC_ADMIN_KEY (HTTP {status}: authentication_error, invalid x-api-key (key)). It needs an Admin API key",
            exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, exception.ToString(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode)status, exception.Status);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("""{"data":[{"starting_at":"2026-11-01T00:00:00Z","results":[{"output_tokens":"many"}]}],"has_more":false}""", "it is no valid report at $.data[0].results[0].output_tokens")]
    [InlineData("""{"data":[{"starting_at":"yesterday","results":[]}],"has_more":false}""", "it is no valid report at $.data[0].starting_at")]
    [InlineData("""{"data":[""", "it is no valid report at $.data[0]")]
    [InlineData("<html>login</html>", "it is no valid report at $ (line 1)")]
    [InlineData("", "it is no valid report at $ (line 1)")]
    [InlineData("null", "it is null")]
    [InlineData("{}", "it has no \"data\"")]
    [InlineData("""{"data":[null]}""", "an entry of \"data\" is null")]
    [InlineData("""{"data":[],"has_more":true,"next_page":null}""", "it says there are more pages but not which")]
    public async Task UsageAsync_MalformedBody_NamesReportAndPlace(string body, string expected)
    {
        (AdminUsageClient client, AdminApiServer server) = Start(_ => Reply.Ok(body));

        AdminApiException exception = await Assert.ThrowsAsync<AdminApiException>(() => UsageAsync(client));

        Assert.StartsWith($"The answer of the Anthropic Admin API to usage_report/messages could not be used: {expected}", exception.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task UsageAsync_PagesInACircle_Ends()
    {
        (AdminUsageClient client, AdminApiServer server) = Start(_ => Reply.Ok("""{"data":[],"has_more":true,"next_page":"page_1"}"""));

        AdminApiException exception = await Assert.ThrowsAsync<AdminApiException>(() => UsageAsync(client));

        Assert.EndsWith("its pages do not end.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task UsageAsync_NoAnswer_IsGivenUpAfterItsRepetitions()
    {
        using var arrived = new SemaphoreSlim(0);
        (AdminUsageClient client, AdminApiServer server) = Start(_ =>
        {
            arrived.Release();
            return Reply.Nothing;
        });

        Task<List<AdminBucket<AdminUsage>>> asking = UsageAsync(client);
        for (int attempt = 0; attempt <= AdminConnection.MaxRetries; attempt++)
        {
            Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(60)));
            await clock.PassAsync(due => due == AdminConnection.AttemptLimit);
            if (attempt < AdminConnection.MaxRetries)
            {
                await clock.PassAsync(IsWait);
            }
        }

        AdminApiException exception = await Assert.ThrowsAsync<AdminApiException>(() => asking);
        Assert.Equal("The Anthropic Admin API did not answer in time. The next sync asks again.", exception.Message);
        Assert.Equal(1 + AdminConnection.MaxRetries, server.Requests.Count);
    }

    [Fact]
    public async Task UsageAsync_BodyWithoutEnd_IsGivenUp()
    {
        (AdminUsageClient client, _) = Start(_ => Reply.Ok("""{"data":[""") with { NeverEnds = true });

        Task<List<AdminBucket<AdminUsage>>> asking = UsageAsync(client);
        // The first wait of this length is for the head of the answer, the second for its body.
        await clock.PassAsync(due => due == AdminConnection.AttemptLimit, pass: false);
        await clock.PassAsync(due => due == AdminUsageClient.BodyLimit);

        AdminApiException exception = await Assert.ThrowsAsync<AdminApiException>(() => asking);
        Assert.Equal("The Anthropic Admin API did not answer in time. The next sync asks again.", exception.Message);
    }

    [Fact]
    public async Task UsageAsync_HugeBody_IsNotRead()
    {
        string body = new(' ', AdminUsageClient.MaxBody + 1);
        (AdminUsageClient announced, _) = Start(_ => Reply.Ok(body));
        (AdminUsageClient chunked, _) = Start(_ => Reply.Ok(body) with { NeverEnds = true });

        foreach (AdminUsageClient client in new[] { announced, chunked })
        {
            AdminApiException exception = await Assert.ThrowsAsync<AdminApiException>(() => UsageAsync(client));
            Assert.EndsWith("it is larger than 32 MB.", exception.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task UsageAsync_Redirect_IsNotFollowed(int status)
    {
        (_, AdminApiServer elsewhere) = Start(_ => Reply.Ok(Empty));
        (AdminUsageClient client, _) = Start(_ =>
            new Reply(status, "") { Headers = new Dictionary<string, string> { ["Location"] = $"{elsewhere.Address}v1/organizations/usage_report/messages" } });

        AdminApiException exception = await Assert.ThrowsAsync<AdminApiException>(() => UsageAsync(client));

        Assert.Equal($"The Anthropic Admin API answered with a redirect (HTTP {status}), which is not followed: the key goes to no other address.", exception.Message);
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task UsageAsync_Cancelled_IsCancelledAndNoFailure()
    {
        using var cancel = new CancellationTokenSource();
        (AdminUsageClient client, _) = Start(_ =>
        {
            cancel.Cancel();
            return Reply.Nothing;
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => AllAsync(client.UsageAsync(From, From, false, false, cancel.Token)));
    }

    [Theory]
    [InlineData("http://example.org/")]
    [InlineData("https://127.0.0.1.example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("nonsense")]
    public void Address_OverrideThatIsNotThisMachine_IsRefused(string address)
    {
        AdminApiException exception = Assert.Throws<AdminApiException>(() => AdminConnection.Address(_ => address));

        Assert.Equal("AIAIAI_ANTHROPIC_ADMIN_URL is not allowed: it may only name an address of this machine, such as http://127.0.0.1:8080.", exception.Message);
    }

    [Fact]
    public void Address_NoOverride_IsTheApiOverTls() => Assert.Equal("https://api.anthropic.com/", AdminConnection.Address(_ => null).AbsoluteUri);

    // Neither the limit of an attempt or a body nor a timer that never ends.
    private static bool IsWait(TimeSpan due) => due > TimeSpan.Zero && due != AdminConnection.AttemptLimit;

    private static Task<List<AdminBucket<AdminUsage>>> UsageAsync(AdminUsageClient client) =>
        AllAsync(client.UsageAsync(From, From.AddDays(1), hourly: false, bySpeed: false, CancellationToken.None));

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> source)
    {
        var all = new List<T>();
        await foreach (T entry in source)
        {
            all.Add(entry);
        }

        return all;
    }

    private (AdminUsageClient Client, AdminApiServer Server) Start(Func<Asked, Reply> answer)
    {
        var server = new AdminApiServer(answer);
        HttpClient http = AdminConnection.Create(server.Address, Key, clock);
        open.Add(http);
        open.Add(server);
        return (new AdminUsageClient(http, Key, clock), server);
    }
}
