using System.Text;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Tests.Shared;

namespace AiaiaiDashboard.Core.Tests.Alerts.Notifications;

public sealed class DesktopChannelTests
{
    private const string Hostile = "-x \"; touch /tmp/owned; $(id) `id` <b>&\0\n'";

    private static Notification Note(string title, string message) => new(new ActiveAlert
    {
        Key = "global-90",
        Type = AlertType.Global,
        Level = AlertLevel.Critical,
        Title = title,
        Message = message,
    });

    [SkippableFact]
    public async Task SendAsync_RealDesktop_ShowsTitleTextAndUrgency()
    {
        await using DesktopSession desktop = await DesktopSession.StartAsync();
        var channel = new DesktopChannel(desktop.Variable, DesktopPlatform.Linux);

        await channel.SendAsync(Note("Budget: 90 % reached", "The budget of <alpha> & \"co\" is used."), CancellationToken.None);

        Assert.Equal("Budget: 90 % reached|The budget of &lt;alpha&gt; &amp; \"co\" is used.|CRITICAL", await desktop.NextAsync());
    }

    [SkippableFact]
    public async Task SendAsync_HostileText_IsTextAndNothingElse()
    {
        await using DesktopSession desktop = await DesktopSession.StartAsync();
        var channel = new DesktopChannel(desktop.Variable, DesktopPlatform.Linux);

        await channel.SendAsync(Note("--urgency=low", "$(id) `id`; true"), CancellationToken.None);

        Assert.Equal("--urgency=low|$(id) `id`; true|CRITICAL", await desktop.NextAsync());
    }

    [SkippableFact]
    public async Task SendAsync_NoBus_FailsWithTheReasonOfTheProgram()
    {
        Requires.That(File.Exists("/usr/bin/notify-send"), "Not installed: notify-send.");
        var channel = new DesktopChannel(name => name switch { "PATH" => "/usr/bin", "DBUS_SESSION_BUS_ADDRESS" => "unix:path=/nowhere", _ => null }, DesktopPlatform.Linux);

        DeliveryException failure = await Assert.ThrowsAsync<DeliveryException>(() => channel.SendAsync(Note("a", "b"), CancellationToken.None));

        Assert.StartsWith("notify-send failed: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_NoNotifier_SaysWhatToInstall()
    {
        var channel = new DesktopChannel(_ => null, DesktopPlatform.Linux);

        DeliveryException failure = await Assert.ThrowsAsync<DeliveryException>(() => channel.SendAsync(Note("a", "b"), CancellationToken.None));

        Assert.Equal("notify-send was not found on the PATH. Install libnotify (Debian: libnotify-bin).", failure.Message);
        Assert.Equal(failure.Message, channel.Missing);
    }

    [Theory]
    [InlineData(DesktopPlatform.Linux)]
    [InlineData(DesktopPlatform.MacOS)]
    [InlineData(DesktopPlatform.Windows)]
    public void Start_HostileText_IsNeverPartOfAScriptOrAnOption(DesktopPlatform platform)
    {
        var channel = new DesktopChannel(name => name == "PATH" ? "/bin" : null, platform);

        System.Diagnostics.ProcessStartInfo start = channel.Start(channel.Program, "Limit of " + Hostile, Hostile, critical: true);

        Assert.False(start.UseShellExecute);
        Assert.Empty(start.Arguments);
        switch (platform)
        {
            case DesktopPlatform.Linux:
                int end = start.ArgumentList.IndexOf("--");
                Assert.Equal("Limit of " + Hostile, start.ArgumentList[end + 1]);
                Assert.All(start.ArgumentList.Take(end), a => Assert.DoesNotContain("touch", a, StringComparison.Ordinal));
                break;
            case DesktopPlatform.MacOS:
                Assert.Equal(["Limit of " + Hostile, Hostile], start.ArgumentList.TakeLast(2));
                Assert.All(start.ArgumentList.SkipLast(2), a => Assert.DoesNotContain("touch", a, StringComparison.Ordinal));
                break;
            default:
                Assert.Equal(Hostile, start.Environment["AIAIAI_TEXT"]);
                Assert.DoesNotContain("touch", Encoding.Unicode.GetString(Convert.FromBase64String(start.ArgumentList[^1])), StringComparison.Ordinal);
                break;
        }
    }
}
