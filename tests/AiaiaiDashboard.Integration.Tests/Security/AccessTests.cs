using System.Net;
using System.Net.WebSockets;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Hosting;
using AiaiaiDashboard.Integration.Tests.Cli;
using AiaiaiDashboard.Integration.Tests.Http;
using AiaiaiDashboard.Security;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Integration.Tests.Security;

/// <summary>A server that asks who is there.</summary>
public sealed class AccessTests
{
    private const string ApiKey = "0123456789abcdef0123456789abcdef";
    private const string SecondKey = "fedcba9876543210fedcba9876543210";
    private const string Password = "correct horse battery";

    private static readonly Lazy<string> PasswordHash = new(() => PasswordHashes.Make(Password));

    [Theory]
    [InlineData("GET", "/", 302)]
    [InlineData("GET", "/projects/alpha", 302)]
    [InlineData("GET", "/no-such-page", 302)]
    [InlineData("GET", "/settings", 302)]
    [InlineData("GET", "/error", 302)]
    [InlineData("GET", "/not-found", 302)]
    [InlineData("POST", "/", 401)]
    [InlineData("GET", "/_blazor", 401)]
    [InlineData("POST", "/_blazor/negotiate?negotiateVersion=1", 401)]
    [InlineData("POST", "/_blazor/disconnect", 401)]
    [InlineData("GET", "/_blazor/initializers", 401)]
    [InlineData("GET", "/api/projects", 401)]
    [InlineData("GET", "/api/no-such-route", 401)]
    [InlineData("GET", "/api/export/usage.csv", 401)]
    [InlineData("HEAD", "/api/projects", 401)]
    [InlineData("POST", "/api/sync", 401)]
    [InlineData("PUT", "/api/settings/alerts", 401)]
    [InlineData("PATCH", "/api/projects/alpha", 401)]
    [InlineData("GET", "/healthz", 401)]
    [InlineData("GET", "/metrics", 401)]
    [InlineData("GET", "/openapi/v1.json", 401)]
    [InlineData("POST", "/login/link", 401)]
    [InlineData("POST", "/logout", 401)]
    [InlineData("GET", "/login", 200)]
    [InlineData("GET", "/css/tokens.css", 200)]
    public async Task AnyEndpoint_NobodySignedIn_IsClosed(string method, string path, int expected)
    {
        await using RunningApp app = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Origin", app.Server.Address);

        using HttpResponseMessage response = await app.Http.SendAsync(request);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Empty(app.Server.Workspaces.Own.Sync.Status.RecentRuns);
        if (expected == 302)
        {
            Assert.Equal($"{app.Server.Address}/login?return={Uri.EscapeDataString(path)}", response.Headers.Location?.AbsoluteUri);
        }
    }

    [Fact]
    public async Task WebSocket_NobodySignedIn_IsRefused()
    {
        await using RunningApp app = await StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", app.Server.Address);
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new Uri(app.Server.Address.Replace("http:", "ws:", StringComparison.Ordinal) + "/_blazor"), CancellationToken.None));

        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Link_Opened_LetsTheBrowserInOnceAndLeavesNoTokenInTheAddress()
    {
        await using RunningApp app = await StartAsync();
        using var first = new Visitor(app.Server.Address);
        using var second = new Visitor(app.Server.Address);

        using HttpResponseMessage opened = await first.GetAsync(app.Server.FirstLink! + "&return=%2Fprojects");
        using HttpResponseMessage replayed = await second.GetAsync(app.Server.FirstLink!);

        Assert.Matches("/login\\?t=[0-9a-f]{32}$", app.Server.FirstLink);
        Assert.Equal((HttpStatusCode.Redirect, "/projects"), (opened.StatusCode, opened.Headers.Location?.OriginalString));
        string cookie = Assert.Single(opened.Headers.GetValues("Set-Cookie"));
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, await first.StatusOfAsync("/"));
        Assert.Equal(200, await first.StatusOfAsync("/healthz"));
        Assert.Equal(HttpStatusCode.Unauthorized, replayed.StatusCode);
        Assert.False(replayed.Headers.Contains("Set-Cookie"));
        Assert.Equal(302, await second.StatusOfAsync("/"));
    }

    [Fact]
    public async Task Link_ADayOld_LetsNobodyIn()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using RunningApp app = await StartAsync(o => o with { Time = time });
        using var visitor = new Visitor(app.Server.Address);
        time.Advance(LoginLink.Lifetime + TimeSpan.FromSeconds(1));

        Assert.Equal(401, await visitor.StatusOfAsync(app.Server.FirstLink!));
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    public async Task Link_ReturnElsewhere_GoesToTheRoot(string target)
    {
        await using RunningApp app = await StartAsync();
        using var visitor = new Visitor(app.Server.Address);

        using HttpResponseMessage opened = await visitor.GetAsync($"{app.Server.FirstLink}&return={Uri.EscapeDataString(target)}");

        Assert.Equal("/", opened.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task Link_GuessedTooOften_WaitsWhateverIsTriedNext()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using RunningApp app = await StartAsync(o => o with { Time = time });
        using var visitor = new Visitor(app.Server.Address);
        for (int i = 0; i < LoginAttempts.MaxPerAddress; i++)
        {
            Assert.Equal(401, await visitor.StatusOfAsync("/login?t=wrong"));
        }

        using HttpResponseMessage blocked = await visitor.GetAsync(app.Server.FirstLink!);
        time.Advance(LoginAttempts.Window);
        using HttpResponseMessage later = await visitor.GetAsync(app.Server.FirstLink!);

        Assert.Equal(HttpStatusCode.TooManyRequests, blocked.StatusCode);
        Assert.NotNull(blocked.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    [Fact]
    public async Task Password_RightAndWrong_DecidesAndIsAskedOnlyByItsOwnForm()
    {
        await using RunningApp app = await StartAsync(o => o with { Access = new AccessOptions { Mode = LoginMode.Password, PasswordHash = PasswordHash.Value } });
        using var visitor = new Visitor(app.Server.Address);
        (string, string) token = await visitor.FormTokenAsync("/login");

        using HttpResponseMessage forged = await visitor.PostFormAsync("/login", ("password", Password));
        using HttpResponseMessage wrong = await visitor.PostFormAsync("/login", token, ("password", "wrong horse battery"));
        using HttpResponseMessage right = await visitor.PostFormAsync("/login", token, ("password", Password), ("return", "/tokens"));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Contains("That is not the password.", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.Redirect, "/tokens"), (right.StatusCode, right.Headers.Location?.OriginalString));
        Assert.Equal(200, await visitor.StatusOfAsync("/tokens"));
        Assert.Null(app.Server.FirstLink);
    }

    [Fact]
    public async Task Logout_OwnForm_EndsTheSessionAndAForgedOneDoesNot()
    {
        await using RunningApp app = await StartAsync();
        using var visitor = new Visitor(app.Server.Address);
        using HttpResponseMessage opened = await visitor.GetAsync(app.Server.FirstLink!);
        (string, string) token = await visitor.FormTokenAsync("/");

        using HttpResponseMessage forged = await visitor.PostFormAsync("/logout");
        int still = await visitor.StatusOfAsync("/");
        using HttpResponseMessage left = await visitor.PostFormAsync("/logout", token);

        Assert.Equal((HttpStatusCode.BadRequest, 200), (forged.StatusCode, still));
        Assert.Equal(HttpStatusCode.Redirect, left.StatusCode);
        Assert.Equal(302, await visitor.StatusOfAsync("/"));
    }

    [Fact]
    public async Task Page_FormWithoutItsToken_IsRefused()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using var visitor = new Visitor(app.Server.Address);

        using HttpResponseMessage response = await visitor.PostFormAsync("/settings", ("_handler", "x"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData(ApiKey, null, 200)]
    [InlineData(SecondKey, null, 200)]
    [InlineData(null, ApiKey, 200)]
    [InlineData(null, SecondKey, 200)]
    [InlineData(ApiKey, ApiKey, 401)] // two keys are one too many
    [InlineData("0123456789abcdef0123456789abcdeX", null, 401)]
    [InlineData("", null, 401)]
    [InlineData(null, "", 401)]
    public async Task Api_Key_OpensItWhereItIsValid(string? header, string? bearer, int expected)
    {
        await using RunningApp app = await StartAsync();
        foreach ((string method, string path) in ((string, string)[])[("GET", "/api/projects"), ("POST", "/api/sync"), ("GET", "/metrics"), ("GET", "/healthz")])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            Add(request, LocalKey.HeaderName, header);
            Add(request, "Authorization", bearer is null ? null : $"Bearer {bearer}");

            using HttpResponseMessage response = await app.Http.SendAsync(request);

            // A request that changes something and shows no valid key is refused before it is asked who it is.
            Assert.Equal(expected == 401 && method == "POST" ? 403 : expected, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/_blazor/initializers")]
    [InlineData("POST", "/login/link")]
    public async Task ApiKey_WherePeopleOrTheUserOfTheMachineBelong_IsForbidden(string method, string path)
    {
        await using RunningApp app = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add(LocalKey.HeaderName, ApiKey);

        using HttpResponseMessage response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task ApiKey_FromAForeignPage_ChangesNothing()
    {
        await using RunningApp app = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sync");
        request.Headers.Add(LocalKey.HeaderName, ApiKey);
        request.Headers.Add("Origin", "http://evil.example");

        using HttpResponseMessage response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(app.Server.Workspaces.Own.Sync.Status.RecentRuns);
    }

    [Fact]
    public async Task Commands_ServerWithLogin_EnterByTheLocalKey()
    {
        await using RunningApp app = await StartAsync();
        string root = Path.GetDirectoryName(app.Data.Root)!;

        CommandResult sync = await Executable.RunAsync(root, "sync", "--data", app.Data.Root);
        CommandResult link = await Executable.RunAsync(root, "login-link", "--data", app.Data.Root);

        Assert.Equal(0, sync.ExitCode);
        Assert.Equal(SyncOutcome.Success, app.Server.Workspaces.Own.Sync.Status.Status);
        Assert.Equal(0, link.ExitCode);
        using var visitor = new Visitor(app.Server.Address);
        Assert.Equal(401, await visitor.StatusOfAsync(app.Server.FirstLink!));
        Assert.Equal(302, await visitor.StatusOfAsync(link.Out.Trim()));
        Assert.Equal(200, await visitor.StatusOfAsync("/"));
    }

    [Fact]
    public void Sessions_OtherPassword_CountNoMore()
    {
        var first = new AccessOptions { Mode = LoginMode.Password, PasswordHash = "a" };

        Assert.NotEqual(first.Stamp, (first with { PasswordHash = "b" }).Stamp);
        Assert.NotEqual(first.Stamp, (first with { Mode = LoginMode.Link }).Stamp);
        Assert.Equal(first.Stamp, (first with { ApiKeys = [ApiKey], SessionLength = TimeSpan.FromDays(1) }).Stamp);
    }

    [Fact]
    public async Task Proxy_PublicHttpsAddress_IsAnsweredAsTheBrowserSeesIt()
    {
        (ListenAddresses? addresses, _) = ListenAddresses.Parse("http://127.0.0.1:0", ["https://dash.example.com"]);
        await using RunningApp app = await RunningApp.StartAsync(change: o => o with { Addresses = addresses! });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Server.FirstLink!).PathAndQuery);
        request.Headers.Host = "dash.example.com";
        request.Headers.Add("Origin", "https://dash.example.com");

        using HttpResponseMessage response = await app.Http.SendAsync(request);

        Assert.StartsWith("https://dash.example.com/login?t=", app.Server.FirstLink, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Contains("; secure", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("max-age=", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")), StringComparison.Ordinal);
        using HttpResponseMessage plain = await app.Http.GetAsync(new Uri("/login", UriKind.Relative));
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
    }

    [SkippableFact]
    public async Task KeyRing_AfterStart_IsTheOwnersAlone()
    {
        Skip.If(OperatingSystem.IsWindows(), "Needs a Unix file system.");
        await using RunningApp app = await StartAsync();
        using var visitor = new Visitor(app.Server.Address);
        using HttpResponseMessage opened = await visitor.GetAsync(app.Server.FirstLink!);

        string keys = app.Data.PathOf("keys");

        Assert.NotEmpty(Directory.GetFiles(keys));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(keys).UnixFileMode);
    }

    private static Task<RunningApp> StartAsync(Func<ServerOptions, ServerOptions>? change = null) => RunningApp.StartAsync(change: options =>
    {
        options = options with { Access = new AccessOptions { Mode = LoginMode.Link, ApiKeys = [ApiKey, SecondKey] } };
        return change?.Invoke(options) ?? options;
    });

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
