using System.Net;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Integration.Tests.Http;
using AiaiaiDashboard.Security;

namespace AiaiaiDashboard.Integration.Tests.Security;

public sealed class RequestGuardTests
{
    // Columns: method, path, Host ("" = ours), Origin ("own" = ours), Sec-Fetch-Site, Sec-Fetch-Mode -> status
    [Theory]
    [InlineData("GET", "/", "", null, null, null, 200)]
    [InlineData("GET", "/", "evil.example", null, null, null, 400)]
    [InlineData("GET", "/", "127.0.0.1.evil.example", null, null, null, 400)]
    [InlineData("GET", "/", "localhost", null, null, null, 200)]
    [InlineData("GET", "/", "[::1]", null, null, null, 200)]
    [InlineData("GET", "/", "10.0.0.5", null, null, null, 400)]
    [InlineData("POST", "/api/sync", "evil.example", null, null, null, 400)]
    [InlineData("POST", "/api/sync", "", "http://evil.example", null, null, 403)]
    [InlineData("POST", "/api/sync", "", "null", null, null, 403)]
    [InlineData("POST", "/api/sync", "", "http://127.0.0.1:1", null, null, 403)]
    [InlineData("POST", "/api/sync", "", null, "cross-site", "cors", 403)]
    [InlineData("POST", "/api/sync", "", null, "same-site", "cors", 403)]
    [InlineData("POST", "/api/sync", "", "own", "same-origin", "cors", 200)]
    [InlineData("POST", "/api/sync", "", null, null, null, 200)]
    [InlineData("GET", "/api/projects", "", "http://evil.example", null, null, 403)]
    [InlineData("GET", "/api/projects", "", null, "cross-site", "no-cors", 403)]
    [InlineData("GET", "/", "", null, "cross-site", "navigate", 200)] // a link on another site
    [InlineData("POST", "/_blazor/negotiate", "", "http://evil.example", null, null, 403)]
    [InlineData("GET", "/_blazor", "", null, "cross-site", "websocket", 403)]
    public async Task Request_FromElsewhere_IsRefused(string method, string path, string host, string? origin, string? site, string? mode, int expected)
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        int port = new Uri(app.Server.Address).Port;
        if (host.Length > 0)
        {
            request.Headers.Host = $"{host}:{port}";
        }

        Add(request, "Origin", origin == "own" ? app.Server.Address : origin);
        Add(request, "Sec-Fetch-Site", site);
        Add(request, "Sec-Fetch-Mode", mode);

        using HttpResponseMessage response = await app.Http.SendAsync(request);

        Assert.Equal(expected, (int)response.StatusCode);
        if (expected >= 400)
        {
            Assert.Empty(app.Server.Workspaces.Own.Sync.Status.RecentRuns);
        }
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task WebSocket_ForeignOrigin_IsRefused(string origin)
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.CollectHttpResponseDetails = true;

        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => socket.ConnectAsync(new Uri(app.Server.Address.Replace("http:", "ws:", StringComparison.Ordinal) + "/_blazor"), CancellationToken.None));

        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task WebSocket_OwnOrigin_IsAccepted()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", app.Server.Address);

        await socket.ConnectAsync(new Uri(app.Server.Address.Replace("http:", "ws:", StringComparison.Ordinal) + "/_blazor"), CancellationToken.None);

        Assert.Equal(System.Net.WebSockets.WebSocketState.Open, socket.State);
    }

    [Fact]
    public async Task PutSettings_TextPlainFromAForeignPage_ChangesNothing()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/settings/alerts") { Content = new StringContent("""{"globalBudget":1}""") };
        request.Headers.Add("Origin", "http://evil.example");

        using HttpResponseMessage response = await app.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.False(File.Exists(app.Data.PathOf(DataFiles.Alerts)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", "127.0.0.1", true)]
    [InlineData("http://127.0.0.1:5080", "LOCALHOST", true)]
    [InlineData("http://127.0.0.1:5080", "192.168.1.5", false)]
    [InlineData("http://0.0.0.0:5080", "192.168.1.5", true)]
    [InlineData("http://0.0.0.0:5080", "rebound.example", false)]
    [InlineData("http://box.local:5080", "box.local", true)]
    [InlineData("http://box.local:5080", "other.local", false)]
    public void Answers_Host_OnlyByNamesThatCannotBeRebound(string urls, string host, bool expected)
    {
        ListenAddresses addresses = ListenAddresses.Parse(urls).Addresses!;

        Assert.Equal(expected, addresses.Answers(new Microsoft.AspNetCore.Http.HostString(host, 5080)));
    }

    [Theory]
    [InlineData("127.0.0.1:5080")]
    [InlineData("https://127.0.0.1:5080")]
    [InlineData("http://")]
    [InlineData("ftp://127.0.0.1")]
    [InlineData("http://127.0.0.1:5080/path")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("")]
    public void Parse_NoAddress_SaysSo(string urls)
    {
        (ListenAddresses? addresses, IReadOnlyList<string> errors) = ListenAddresses.Parse(urls);

        Assert.Null(addresses);
        Assert.Contains("--urls", Assert.Single(errors), StringComparison.Ordinal);
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
