using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Tests.Alerts.Notifications;

public sealed class MailChannelTests : IAsyncLifetime
{
    private readonly MailServer server = new();

    private static readonly Notification Alert = new(new ActiveAlert
    {
        Key = "global-90",
        Type = AlertType.Global,
        Level = AlertLevel.Critical,
        Title = "Budget: 90 % reached\r\nBcc: evil@example.org",
        Message = "The budget is used to 90 %.",
        Advice = "Pause what can wait.",
    });

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => server.DisposeAsync().AsTask();

    private MailChannel Channel(Func<MailConfig, MailConfig>? change = null, string password = "right", TimeSpan? limit = null)
    {
        var config = new MailConfig { Host = "127.0.0.1", Port = server.Port, Security = "none", From = "alerts@example.org", To = ["you@example.org", "ops@example.org"] };
        return new MailChannel(change?.Invoke(config) ?? config, name => name switch { "USER" => "me", "PASS" => password, _ => null }, limit);
    }

    private static MailConfig WithPassword(MailConfig config) => config with { UserVariable = "USER", PasswordVariable = "PASS" };

    private async Task<DeliveryException> FailAsync(MailChannel channel) =>
        await Assert.ThrowsAsync<DeliveryException>(() => channel.SendAsync(Alert, CancellationToken.None));

    [Fact]
    public async Task SendAsync_ServerOnASocket_GetsTheMail()
    {
        await Channel(WithPassword).SendAsync(Alert, CancellationToken.None);

        string mail = await server.NextAsync();
        Assert.Contains("From: alerts@example.org\n", mail, StringComparison.Ordinal);
        Assert.Contains("To: you@example.org, ops@example.org\n", mail, StringComparison.Ordinal);
        Assert.Contains("Auto-Submitted: auto-generated\n", mail, StringComparison.Ordinal);
        Assert.Contains("The budget is used to 90 %.\nPause what can wait.\n", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("\nBcc:", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_WrongPassword_SaysSoWithoutIt()
    {
        DeliveryException failure = await FailAsync(Channel(WithPassword, password: "wrong-secret"));

        Assert.Equal("The mail server does not accept the user name and password.", failure.Message);
    }

    [Fact]
    public async Task SendAsync_RecipientRefused_IsRefused()
    {
        server.Answers["RCPT"] = "550 no such user";

        DeliveryException failure = await FailAsync(Channel());

        Assert.True(failure.IsRefused);
        Assert.Contains("no such user", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_ServerOffersNoEncryption_SendsNothing()
    {
        DeliveryException failure = await FailAsync(Channel(c => c with { Security = "startTls" }));

        Assert.StartsWith("The mail server 127.0.0.1 could not be used", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_Silence_EndsAtItsTimeLimit()
    {
        server.Answers["EHLO"] = "";

        DeliveryException failure = await FailAsync(Channel(limit: TimeSpan.FromMilliseconds(500)));

        Assert.Contains("within 0.5 s", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail.example.org", "none", "USER", "PASS", "A password is not sent without encryption: use startTls or tls.")]
    [InlineData("127.0.0.1", "none", "USER", null, "A user name needs a password, and a password a user name: name both environment variables.")]
    [InlineData("127.0.0.1", "none", "UNSET", "PASS", "The environment variable UNSET is not set.")]
    public async Task SendAsync_IncompleteSettings_AreRefusedBeforeAnythingIsSent(string host, string security, string user, string? password, string reason)
    {
        DeliveryException failure = await FailAsync(Channel(c => c with { Host = host, Security = security, UserVariable = user, PasswordVariable = password }));

        Assert.Equal(reason, failure.Message);
    }
}
