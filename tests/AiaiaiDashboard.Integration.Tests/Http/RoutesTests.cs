using System.Net;
using System.Text.Json;

namespace AiaiaiDashboard.Integration.Tests.Http;

public sealed class RoutesTests
{
    [Fact]
    public async Task Get_EveryRoute_AnswersWithItsStatusAndType()
    {
        (string Path, int Status, string Type)[] routes =
        [
            ("/", 200, "text/html"),
            ("/projects", 200, "text/html"),
            ("/projects/alpha", 200, "text/html"),
            ("/projects/nowhere", 404, "text/html"),
            ("/kanban", 200, "text/html"),
            ("/tokens", 200, "text/html"),
            ("/quality", 200, "text/html"),
            ("/analytics", 200, "text/html"),
            ("/alerts", 200, "text/html"),
            ("/settings", 200, "text/html"),
            ("/nowhere", 404, "text/html"),
            ("/healthz", 200, "application/json"),
            ("/metrics", 200, "text/plain"),
            ("/openapi/v1.json", 200, "application/json"),
            ("/api/sync", 200, "application/json"),
            ("/api/projects", 200, "application/json"),
            ("/api/projects/alpha", 200, "application/json"),
            ("/api/projects/nowhere", 404, "application/problem+json"),
            ("/api/usage?by=day,model&since=7d", 200, "application/json"),
            ("/api/usage?by=week", 400, "application/problem+json"),
            ("/api/usage?since=2026-02-30", 400, "application/problem+json"),
            ("/api/analytics", 200, "application/json"),
            ("/api/alerts", 200, "application/json"),
            ("/api/settings/alerts", 200, "application/json"),
            ("/api/export/usage.csv", 200, "text/csv"),
            ("/api/nowhere", 404, "application/problem+json"),
        ];
        await using RunningApp app = await RunningApp.StartAsync();

        foreach ((string path, int status, string type) in routes)
        {
            using HttpResponseMessage response = await app.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal((path, status, type), (path, (int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        }
    }

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/healthz", 200)]
    [InlineData("/api/projects", 200)]
    [InlineData("/no-such-page", 404)]
    [InlineData("/api/nowhere", 404)]
    public async Task Head_AnyRoute_AnswersAsGetWithoutABody(string path, int status)
    {
        await using RunningApp app = await RunningApp.StartAsync();

        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using HttpResponseMessage response = await app.Http.SendAsync(request);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Get_AnyPage_CarriesTheSecurityHeaders()
    {
        await using RunningApp app = await RunningApp.StartAsync();

        foreach (string path in (string[])["/", "/nowhere", "/api/sync", "/healthz"])
        {
            using HttpResponseMessage response = await app.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Contains("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    [Fact]
    public async Task Healthz_DirectoryGone_Is503WithTheReason()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        string aside = app.Data.Root + "-aside";
        Directory.Move(app.Data.Root, aside);

        using HttpResponseMessage response = await app.Http.GetAsync(new Uri("/healthz", UriKind.Relative));
        string body = await response.Content.ReadAsStringAsync();
        Directory.Move(aside, app.Data.Root);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("cannot be written", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/api/sync", 405)]
    [InlineData("PUT", "/api/alerts", 405)]
    [InlineData("DELETE", "/api/projects/alpha", 405)]
    [InlineData("POST", "/healthz", 405)]
    [InlineData("POST", "/metrics", 405)]
    public async Task Send_ToAProgramsRouteThatDoesNotAnswerIt_IsProblemDetails(string method, string path, int status)
    {
        await using RunningApp app = await RunningApp.StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.ParseAdd("text/html");

        using HttpResponseMessage response = await app.Http.SendAsync(request);

        Assert.Equal((status, "application/problem+json"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
    }
}
