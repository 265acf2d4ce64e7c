using System.Text;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Tests.Alerts.Notifications;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Alerts;

/// <summary>The delivery queue against a real local server, across restarts and lost files.</summary>
public sealed class AlertDeskTests : IAsyncLifetime
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private readonly string root = Directory.CreateTempSubdirectory("alert-desk-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
    private readonly HookServer server = new();
    private readonly List<AlertDesk> desks = [];
    private readonly WarningLog log = new();
    private string? path;

    private AlertsConfig config = new()
    {
        Channels = new ChannelsConfig { Desktop = new ChannelSwitch { Enabled = false }, Webhooks = [new WebhookConfig { Name = "ops", UrlVariable = "HOOK" }] },
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        desks.ForEach(d => d.Dispose());
        await server.DisposeAsync();
        Directory.Delete(root, recursive: true);
    }

    private string StateFile => Path.Combine(root, DataFiles.AlertState);

    // A new one is what a restart gives.
    private AlertDesk Open(AlertDelivery delivery = AlertDelivery.InSync)
    {
        var channels = new ChannelSet(name => name switch { "HOOK" => server.Url, "PATH" => path, _ => null }, DesktopPlatform.Linux);
        var desk = new AlertDesk(new DocumentStore(new DataDirectory(root)), channels, time, log, delivery);
        desks.Add(desk);
        return desk;
    }

    private static ActiveAlert Alert(string key = "global-90") => new()
    {
        Key = key,
        Type = key.StartsWith("source", StringComparison.Ordinal) ? AlertType.Source : AlertType.Global,
        Level = AlertLevel.Critical,
        Title = key,
        Message = key,
        Since = Today,
    };

    private async Task SyncAsync(AlertDesk desk, params ActiveAlert[] alerts)
    {
        await desk.ObserveAsync(alerts, null, Today, null, CancellationToken.None);
        await desk.DeliverAsync(config, Today, null, CancellationToken.None);
    }

    private ChannelStatus Status(AlertDesk desk, string name = "webhook:ops") => desk.Channels(config, desk.Read(Today)).Single(c => c.Name == name);

    [Fact]
    public async Task DeliverAsync_NextSyncAndRestart_SendOnce()
    {
        AlertDesk desk = Open();
        await SyncAsync(desk, Alert());
        byte[] written = await File.ReadAllBytesAsync(StateFile);

        await SyncAsync(desk, Alert());
        await SyncAsync(Open(), Alert());

        Assert.Equal(1, server.Count);
        Assert.Equal(written, await File.ReadAllBytesAsync(StateFile));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not JSON")]
    [InlineData("""{"month":"2026-11","firedAlerts":[]}""")]
    [InlineData("""{"conditions":[null]}""")]
    public async Task DeliverAsync_StateLostOrWrong_DoesNotRepeatWhatTheJournalSaysWasSent(string? content)
    {
        await SyncAsync(Open(), Alert(), Alert("source-claude-code"));
        Assert.Equal(2, server.Count);
        time.Advance(TimeSpan.FromMinutes(15));
        if (content is null)
        {
            File.Delete(StateFile);
        }
        else
        {
            await File.WriteAllTextAsync(StateFile, content);
        }

        await SyncAsync(Open(), Alert(), Alert("source-claude-code"));

        Assert.Equal(2, server.Count);
    }

    [Fact]
    public async Task DeliverAsync_ServerFails_BacksOffAcrossARestartAndThenSends()
    {
        server.Answer = "500 Internal Server Error";
        AlertDesk desk = Open();
        await SyncAsync(desk, Alert());
        Assert.Equal((1, 1), (Status(desk).Failures, Status(desk).Waiting));
        server.Answer = "200 OK";
        AlertDesk restarted = Open();
        await restarted.DeliverAsync(config, Today, false, CancellationToken.None);
        Assert.Equal(1, server.Count);
        Assert.Equal(time.GetUtcNow().AddSeconds(30), restarted.NextDue(config, restarted.Read(Today)));

        time.Advance(TimeSpan.FromSeconds(30));
        await restarted.DeliverAsync(config, Today, false, CancellationToken.None);

        Assert.Equal((2, 0, 0), (server.Count, Status(restarted).Failures, Status(restarted).Waiting));
        Assert.Null(restarted.NextDue(config, restarted.Read(Today)));
    }

    [Fact]
    public async Task DeliverAsync_TooManyRequests_WaitsAsLongAsItAsks()
    {
        server.Answer = "429 Too Many Requests\r\nRetry-After: 600";
        AlertDesk desk = Open();

        await SyncAsync(desk, Alert());

        Assert.Equal(time.GetUtcNow().AddMinutes(10), desk.NextDue(config, desk.Read(Today)));
    }

    [Fact]
    public async Task DeliverAsync_FailingAgainAndAgain_LeavesTheDocumentAlone()
    {
        server.Answer = "500 Internal Server Error";
        AlertDesk desk = Open();
        await SyncAsync(desk, Alert());
        byte[] written = await File.ReadAllBytesAsync(StateFile);

        for (int i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromHours(1));
            await SyncAsync(desk, Alert());
        }

        Assert.Equal(written, await File.ReadAllBytesAsync(StateFile));
        Assert.Equal(6, (await File.ReadAllTextAsync(Path.Combine(root, "logs", "alerts-2026-11.jsonl"))).Split("\"failed\"").Length - 1);
    }

    [Fact]
    public async Task DeliverAsync_FailingAgainAndAgain_IsLoggedOncePerOutageWithoutATrace()
    {
        AlertDesk desk = Open();
        foreach (string answer in new[] { "500 Internal Server Error", "500 Internal Server Error", "200 OK", "503 Service Unavailable", "500 Internal Server Error" })
        {
            server.Answer = answer;
            time.Advance(TimeSpan.FromHours(2));
            await desk.SendTestAsync(config, Status(desk).Name, CancellationToken.None);
        }

        Assert.Equal(2, log.Warnings.Count);
        Assert.All(log.Warnings, w => Assert.Null(w.Exception));
        Assert.All(log.Warnings, w => Assert.DoesNotContain('\n', w.Text));
        Assert.Contains("Answered 503", log.Warnings[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeliverAsync_NotifierMissing_IsAStateAndIsMadeUpForOnceItIsThere()
    {
        config = config with { Channels = new ChannelsConfig() };
        AlertDesk desk = Open();
        await SyncAsync(desk, Alert());
        Assert.Equal(1, Status(desk, "desktop").Waiting);
        Assert.Contains("notify-send was not found", Status(desk, "desktop").Missing, StringComparison.Ordinal);
        Assert.Empty(desk.Read(Today).Notified);
        string notifier = Path.Combine(root, "notify-send");
        await File.WriteAllTextAsync(notifier, $"#!/bin/sh\nprintf '%s\\n' \"$*\" >> '{root}/shown'\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(notifier, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        path = root;
        await SyncAsync(desk, Alert());
        await SyncAsync(Open(), Alert());

        Assert.Equal("--app-name=AIAIAI Dashboard --urgency=critical -- global-90 global-90\n", await File.ReadAllTextAsync(Path.Combine(root, "shown")));
        Assert.Equal("desktop", Assert.Single(desk.Read(Today).Notified).Channel);
    }

    [Fact]
    public async Task DeliverAsync_AddressCorrected_IsTriedAtOnce()
    {
        server.Answer = "500 Internal Server Error";
        AlertDesk desk = Open();
        await SyncAsync(desk, Alert());
        server.Answer = "200 OK";
        config = config with { Channels = config.Channels! with { Webhooks = [config.Channels!.Webhooks[0] with { Format = "slack" }] } };

        await desk.DeliverAsync(config, Today, false, CancellationToken.None);

        Assert.Equal(0, Status(desk).Waiting);
    }

    [Fact]
    public async Task DeliverAsync_OneMessageRefused_DoesNotHoldBackTheOthers()
    {
        server.Answer = "400 Bad Request";
        AlertDesk desk = Open();
        await SyncAsync(desk, Alert());
        server.Answer = "200 OK";

        await SyncAsync(desk, Alert(), Alert("global-100"));

        Assert.Equal("global-100", Assert.Single(desk.Read(Today).Notified).Key);
    }

    [Fact]
    public async Task DeliverAsync_AcknowledgedOrResolvedMeanwhile_SendsNothing()
    {
        server.Answer = "500 Internal Server Error";
        AlertDesk desk = Open();
        await SyncAsync(desk, Alert(), Alert("global-100"));
        await desk.ChangeAsync(Today, (state, now) => AlertBook.Acknowledge(state, ["global-90"], now), CancellationToken.None);
        await desk.ObserveAsync([Alert()], null, Today, null, CancellationToken.None);
        server.Answer = "200 OK";
        time.Advance(TimeSpan.FromHours(1));

        await desk.DeliverAsync(config, Today, false, CancellationToken.None);

        Assert.Equal(1, server.Count);
        Assert.Empty(desk.Read(Today).Notified);
    }

    [Fact]
    public async Task DeliverAsync_Off_SendsNothing()
    {
        await SyncAsync(Open(AlertDelivery.Off), Alert());

        Assert.Equal(0, server.Count);
    }

    [Fact]
    public async Task DeliverAsync_LevelBelowTheChannels_SendsNothing()
    {
        config = config with { Channels = config.Channels! with { Webhooks = [config.Channels!.Webhooks[0] with { MinLevel = "critical" }] } };

        await SyncAsync(Open(), Alert() with { Level = AlertLevel.Warning });

        Assert.Equal(0, server.Count);
    }

    [Fact]
    public async Task SendTestAsync_AnyChannel_SaysWhatCameOfIt()
    {
        AlertDesk desk = Open();
        string? good = await desk.SendTestAsync(config, "webhook:ops", CancellationToken.None);
        server.Answer = "404 Not Found";

        Assert.Null(good);
        Assert.Equal("Answered 404 (NotFound).", await desk.SendTestAsync(config, "webhook:ops", CancellationToken.None));
        Assert.Equal("There is no such channel any more.", await desk.SendTestAsync(config, "webhook:gone", CancellationToken.None));
        Assert.Empty(desk.Read(Today).Notified);
    }

    [Fact]
    public async Task ObserveAsync_FactsOfTheOriginal_AreReadAsTheyAre()
    {
        await File.WriteAllTextAsync(StateFile, """{"firedAlerts":["global-75"],"lastReset":"2025-02-01","month":"2025-02"}""", Encoding.UTF8);

        await SyncAsync(Open(), Alert());

        Assert.Equal(1, server.Count);
        Assert.Contains("lastReset", await File.ReadAllTextAsync(StateFile), StringComparison.Ordinal);
    }

    private sealed class WarningLog : ILogger
    {
        public List<(string Text, Exception? Exception)> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Warning)
            {
                Warnings.Add((formatter(state, exception), exception));
            }
        }
    }
}
