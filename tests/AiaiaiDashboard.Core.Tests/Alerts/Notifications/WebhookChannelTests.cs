using System.Text.Json;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Tests.Alerts.Notifications;

public sealed class WebhookChannelTests : IAsyncLifetime
{
    private readonly HookServer server = new();

    private static readonly Notification Alert = new(new ActiveAlert
    {
        Key = "project-alpha-90",
        Type = AlertType.Project,
        Level = AlertLevel.Critical,
        Title = "Limit of <!channel> é: 90 % reached",
        Message = "The limit of @everyone & \"alpha\" is used.",
        Advice = "Stop.",
        Project = "alpha",
        Spend = 45,
        Budget = 50,
        Percent = 90,
        Since = new DateOnly(2026, 11, 21),
    });

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => server.DisposeAsync().AsTask();

    private WebhookChannel Channel(string format = "generic", string? token = null, TimeSpan? limit = null, string? url = null) => new(
        new WebhookConfig { Name = "ops", Format = format, UrlVariable = "HOOK", TokenVariable = token is null ? null : "TOKEN" },
        name => name switch { "HOOK" => url ?? server.Url, "TOKEN" => token, _ => null },
        limit);

    private async Task<(string Head, JsonElement Body)> SendAsync(string format)
    {
        await Channel(format).SendAsync(Alert, CancellationToken.None);
        string[] parts = (await server.NextAsync()).Split("\r\n\r\n", 2);
        return (parts[0], JsonDocument.Parse(parts[1]).RootElement);
    }

    private async Task<DeliveryException> FailAsync(string? answer, TimeSpan? limit = null)
    {
        server.Answer = answer;
        return await Assert.ThrowsAsync<DeliveryException>(() => Channel(limit: limit).SendAsync(Alert, CancellationToken.None));
    }

    [Fact]
    public async Task SendAsync_Generic_CarriesEveryField()
    {
        (string head, JsonElement body) = await SendAsync("generic");

        Assert.StartsWith("POST /hook HTTP/1.1", head, StringComparison.Ordinal);
        Assert.Equal(("project-alpha-90", "critical", "alpha", 45m, "2026-11-21"), (
            body.GetProperty("key").GetString(), body.GetProperty("level").GetString(), body.GetProperty("project").GetString(),
            body.GetProperty("spend").GetDecimal(), body.GetProperty("since").GetString()));
    }

    [Fact]
    public async Task SendAsync_Slack_EscapesWhatWouldMention()
    {
        (_, JsonElement body) = await SendAsync("slack");

        Assert.StartsWith("[Critical] Limit of &lt;!channel&gt; é", body.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_Discord_AllowsNoMentions()
    {
        (_, JsonElement body) = await SendAsync("discord");

        Assert.Empty(body.GetProperty("allowed_mentions").GetProperty("parse").EnumerateArray());
        Assert.Contains("@everyone", body.GetProperty("embeds")[0].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_Teams_IsAMessageWithACard()
    {
        (_, JsonElement body) = await SendAsync("teams");

        JsonElement content = body.GetProperty("attachments")[0].GetProperty("content");
        Assert.Equal(("message", "AdaptiveCard", 2), (body.GetProperty("type").GetString(), content.GetProperty("type").GetString(), content.GetProperty("body").GetArrayLength()));
    }

    [Fact]
    public async Task SendAsync_Ntfy_IsTextWithHeaders()
    {
        await Channel("ntfy", token: "tk_secret").SendAsync(Alert, CancellationToken.None);

        string request = await server.NextAsync();
        Assert.Contains("Title: =?UTF-8?B?", request, StringComparison.Ordinal);
        Assert.Contains("Priority: 5", request, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer tk_secret", request, StringComparison.Ordinal);
        Assert.EndsWith("The limit of @everyone & \"alpha\" is used. Stop.", request, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("429 Too Many Requests\r\nRetry-After: 120", 120, false)]
    [InlineData("429 Too Many Requests\r\nRetry-After: 999999", 3600, false)]
    [InlineData("503 Service Unavailable", null, false)]
    [InlineData("500 Internal Server Error", null, false)]
    [InlineData("400 Bad Request", null, true)]
    public async Task SendAsync_Refused_SaysWhenToComeBack(string answer, int? seconds, bool refused)
    {
        DeliveryException failure = await FailAsync(answer);

        Assert.Equal((seconds, refused), ((int?)failure.RetryAfter?.TotalSeconds, failure.IsRefused));
        Assert.StartsWith($"Answered {answer[..3]}", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("301 Moved Permanently")]
    [InlineData("302 Found")]
    [InlineData("307 Temporary Redirect")]
    [InlineData("308 Permanent Redirect")]
    public async Task SendAsync_Redirect_IsNotFollowed(string status)
    {
        await using var other = new HookServer();

        DeliveryException failure = await FailAsync($"{status}\r\nLocation: {other.Url}");

        Assert.Contains("not followed", failure.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (server.Count, other.Count));
    }

    [Fact]
    public async Task SendAsync_NoAnswer_EndsAtItsTimeLimit()
    {
        DeliveryException failure = await FailAsync(null, TimeSpan.FromMilliseconds(300));

        Assert.Equal("No answer within 0.3 s.", failure.Message);
    }

    [Fact]
    public async Task SendAsync_NobodyListens_DoesNotNameTheAddress()
    {
        DeliveryException failure = await Assert.ThrowsAsync<DeliveryException>(
            () => Channel(url: "http://127.0.0.1:1/secret-path").SendAsync(Alert, CancellationToken.None));

        Assert.DoesNotContain("secret-path", failure.Message, StringComparison.Ordinal);
        Assert.Contains("HOOK", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "The environment variable HOOK is not set.")]
    [InlineData("file:///etc/passwd", "The environment variable HOOK holds no http or https address.")]
    [InlineData("not an address", "The environment variable HOOK holds no http or https address.")]
    public async Task SendAsync_NoAddress_SaysWhichVariable(string url, string reason)
    {
        DeliveryException failure = await Assert.ThrowsAsync<DeliveryException>(() => Channel(url: url).SendAsync(Alert, CancellationToken.None));

        Assert.Equal(reason, failure.Message);
    }
}
