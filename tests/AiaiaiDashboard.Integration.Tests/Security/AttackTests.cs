using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Integration.Tests.Http;

namespace AiaiaiDashboard.Integration.Tests.Security;

/// <summary>Requests that mean harm: the server refuses them, gives nothing away and goes on.</summary>
public sealed class AttackTests
{
    [Theory]
    [InlineData("/../data/.lock")]
    [InlineData("/../../../../../../etc/passwd")]
    [InlineData("/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/css/%2e%2e/%2e%2e/%2e%2e/appsettings.json")]
    [InlineData("/css/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/css/..%5c..%5c.lock")]
    [InlineData("/css/....//....//.lock")]
    [InlineData("/css/%00.lock")]
    [InlineData("//etc/passwd")]
    [InlineData("/.lock")]
    [InlineData("/data/.lock")]
    [InlineData("/keys/")]
    [InlineData("/logs/")]
    [InlineData("/config/sources.json")]
    [InlineData("/AiaiaiDashboard.dll")]
    [InlineData("/projects/..%2f..%2f.lock")]
    [InlineData("/api/projects/..%2f..%2f.lock")]
    [InlineData("/_content/..%2f..%2f..%2fetc/passwd")]
    public async Task Path_LeadingOut_GivesNothingAway(string path)
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using RawConnection connection = await RawConnection.OpenAsync(app.Server.Address);
        await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: {new Uri(app.Server.Address).Authority}\r\nConnection: close\r\n\r\n");

        string answer = await connection.ReadToEndAsync();

        Assert.Matches("^HTTP/1.1 (400|404) ", answer);
        Assert.DoesNotContain(app.Server.Key.Text, answer, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"claudeCode\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_Oversized_IsRefusedAndChangesNothing()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using var content = new StringContent($"{{\"globalBudget\":1,\"x\":\"{new string('x', 2 * 1024 * 1024)}\"}}", Encoding.UTF8, "application/json");

        using HttpResponseMessage response = await app.Http.PutAsync(new Uri("/api/settings/alerts", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.False(File.Exists(app.Data.PathOf(DataFiles.Alerts)));
    }

    [Fact]
    public async Task Body_OversizedInChunks_IsRefusedAndChangesNothing()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using RawConnection connection = await RawConnection.OpenAsync(app.Server.Address);
        await connection.SendAsync($"PUT /api/settings/alerts HTTP/1.1\r\nHost: {new Uri(app.Server.Address).Authority}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
        Task<string> answer = connection.ReadToEndAsync();
        string chunk = new(' ', 64 * 1024);
        try
        {
            for (int i = 0; i < 64 && !answer.IsCompleted; i++)
            {
                await connection.SendAsync($"{chunk.Length:x}\r\n{chunk}\r\n");
            }
        }
        catch (IOException)
        {
            // Cut off while sending: that is what is wanted.
        }

        Assert.DoesNotContain(" 200 ", (await answer).Split('\n')[0], StringComparison.Ordinal);
        Assert.False(File.Exists(app.Data.PathOf(DataFiles.Alerts)));
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData(9_000, 10, 414)]
    [InlineData(10, 17_000, 431)]
    public async Task Head_Oversized_IsRefused(int pathLength, int headerLength, int expected)
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using RawConnection connection = await RawConnection.OpenAsync(app.Server.Address);
        await connection.SendAsync($"GET /{new string('a', pathLength)} HTTP/1.1\r\nHost: {new Uri(app.Server.Address).Authority}\r\nX: {new string('b', headerLength)}\r\nConnection: close\r\n\r\n");

        Assert.StartsWith($"HTTP/1.1 {expected.ToString(CultureInfo.InvariantCulture)} ", await connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: ")] // headers that never end
    [InlineData("PUT /api/settings/alerts HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{")] // a body that never comes
    [InlineData("GET / HTTP/1.1\r\nHost: HOST\r\n\r\n")] // a connection kept for nothing
    public async Task Client_Slow_IsCutOffWhileOthersAreServed(string sent)
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using RawConnection connection = await RawConnection.OpenAsync(app.Server.Address);
        await connection.SendAsync(sent.Replace("HOST", new Uri(app.Server.Address).Authority, StringComparison.Ordinal));

        Task<string> cutOff = connection.ReadToEndAsync();
        using HttpResponseMessage other = await app.Http.GetAsync(new Uri("/healthz", UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        await cutOff;
        Assert.False(File.Exists(app.Data.PathOf(DataFiles.Alerts)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200_000)] // more than a message may have
    public async Task WebSocket_Garbage_IsClosedAndTheServerGoesOn(int length)
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Origin", app.Server.Address);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        await socket.ConnectAsync(new Uri(app.Server.Address.Replace("http:", "ws:", StringComparison.Ordinal) + "/_blazor"), limit.Token);
        byte[] buffer = new byte[4096];
        try
        {
            await socket.SendAsync(Enumerable.Repeat((byte)0xc1, length).ToArray(), WebSocketMessageType.Binary, true, limit.Token);
            while ((await socket.ReceiveAsync(buffer, limit.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Closed without a goodbye.
        }

        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync(new Uri("/healthz", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Answers_OfEveryKind_CarryThePolicies()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        foreach (string path in (string[])["/", "/no-such-page", "/api/projects", "/api/no-such-route", "/css/app.css", "/healthz", "/_blazor/initializers"])
        {
            using HttpResponseMessage response = await app.Http.GetAsync(new Uri(path, UriKind.Relative));
            string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));

            Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe-eval", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.NotEmpty(response.Headers.GetValues("Permissions-Policy"));
            Assert.False(response.Headers.Contains("Server"));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task Cookies_OfEveryPage_AreHttpOnlyAndSameSite()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        using HttpResponseMessage response = await app.Http.GetAsync(new Uri("/", UriKind.Relative));

        Assert.All(response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? cookies : [], cookie =>
        {
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        });
    }
}
