using System.Diagnostics;
using System.Text;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Alerts.Notifications;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Tests.Alerts.Notifications;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>No space left: on a real file system of 256 KB where the tests run as root, and on the fault layer anywhere.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int DiskBytes = 256 * 1024;
    private const string LogName = "history/tokens-2026-11.jsonl";

    private readonly TestFolder folder = new("disk");
    private bool mounted;

    public void Dispose()
    {
        if (mounted)
        {
            Run("umount", folder.Data.Root);
        }

        folder.Dispose();
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WriteAsync_DiskFull_KeepsTheOldContentAndRecoversWhenSpaceReturns(bool realDisk)
    {
        FaultyFileSystem files = Prepare(realDisk);
        var store = new DocumentStore(folder.Data, files);
        await store.WriteAsync(Note.Derived, new Note { Version = 1, Text = new string('x', 60_000) });
        string ballast = Fill(files, realDisk, leave: 40_000);

        IOException error = await Assert.ThrowsAsync<IOException>(() => store.WriteAsync(Note.Derived, new Note { Version = 2, Text = new string('y', 60_000) }));

        Assert.Contains("space", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, store.Read(Note.Derived).Value!.Version);
        Assert.DoesNotContain(folder.Files(), f => f.EndsWith(".tmp", StringComparison.Ordinal));
        Empty(files, ballast);
        await store.WriteAsync(Note.Derived, new Note { Version = 3, Text = new string('z', 60_000) });
        Assert.Equal(3, store.Read(Note.Derived).Value!.Version);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Append_DiskFull_KeepsAcknowledgedLinesAndRecoversWhenSpaceReturns(bool realDisk)
    {
        FaultyFileSystem files = Prepare(realDisk);
        JsonlLog log = folder.Data.Log(LogName, files);
        log.Append(Line(1, 10_000));
        string ballast = Fill(files, realDisk, leave: 30_000);

        IOException error = Assert.Throws<IOException>(() => log.Append(Line(2, 60_000)));

        Assert.Contains("space", error.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([1], Values(log));
        Empty(files, ballast);
        log.Append(Line(3, 60_000));
        Assert.Equal([1, 3], Values(log));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public void Recover_DiskFull_CutsNothingWithoutEvidence(bool realDisk)
    {
        FaultyFileSystem files = Prepare(realDisk);
        byte[] damaged = [.. Line(1, 60_000), .. "{\"a\":"u8];
        folder.Write(LogName, damaged);
        string ballast = Fill(files, realDisk, leave: 20_000);
        JsonlLog log = folder.Data.Log(LogName, files);

        Assert.Throws<IOException>(() => log.Recover());

        Assert.Equal(damaged, File.ReadAllBytes(log.Path));
        Assert.Equal([1], Values(log));
        Empty(files, ballast);
        Assert.True(log.Recover().Repaired);
        Assert.Equal(damaged, File.ReadAllBytes(log.Path + ".broken"));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ObserveAsync_AlertRaisedOnAFullDisk_IsNotLostAndToldOnceSpaceReturns(bool realDisk)
    {
        FaultyFileSystem files = Prepare(realDisk);
        await using var server = new HookServer();
        var channels = new ChannelSet(name => name == "HOOK" ? server.Url : null, DesktopPlatform.Linux);
        var config = new AlertsConfig
        {
            Channels = new ChannelsConfig { Desktop = new ChannelSwitch { Enabled = false }, Webhooks = [new WebhookConfig { Name = "ops", UrlVariable = "HOOK" }] },
        };
        var today = new DateOnly(2026, 11, 21);
        var alert = new ActiveAlert { Key = "global-100", Type = AlertType.Global, Level = AlertLevel.Critical, Title = "Budget", Message = "spent", Since = today };
        using var desk = new AlertDesk(new DocumentStore(folder.Data, files), channels, new FakeTimeProvider(), NullLogger.Instance, AlertDelivery.InSync);
        string ballast = Fill(files, realDisk, leave: 0);

        await Assert.ThrowsAsync<IOException>(() => desk.ObserveAsync([alert], null, today, null, CancellationToken.None));
        Assert.Equal(0, server.Count);
        Empty(files, ballast);
        for (int sync = 0; sync < 2; sync++)
        {
            AlertState state = await desk.ObserveAsync([alert], null, today, null, CancellationToken.None);
            await desk.DeliverAsync(config, today, null, CancellationToken.None);
            Assert.Equal(["global-100"], state.FiredAlerts);
            Assert.Equal(AlertEventKind.Fired, Assert.Single(state.Log, e => e.Kind == AlertEventKind.Fired).Kind);
        }

        Assert.Equal(1, server.Count);
    }

    private static byte[] Line(int value, int length) => Encoding.UTF8.GetBytes($"{{\"a\":{value},\"pad\":\"{new string('x', length)}\"}}\n");

    private static List<int> Values(JsonlLog log)
    {
        List<int> values = [];
        log.Read((line, _, _) => values.Add(JsonlLogTests.Value(line)));
        return values;
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
        process!.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private FaultyFileSystem Prepare(bool realDisk)
    {
        folder.Data.EnsureCreated();
        if (realDisk)
        {
            Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "mounting needs root");
            mounted = Run("mount", "-t", "tmpfs", "-o", $"size={DiskBytes}", "aiaiai-test", folder.Data.Root);
            Skip.IfNot(mounted, "mounting is not allowed here");
        }

        return new FaultyFileSystem(PhysicalFileSystem.Instance);
    }

    private string Fill(FaultyFileSystem files, bool realDisk, int leave)
    {
        string ballast = Path.Combine(folder.Data.Root, "ballast");
        if (realDisk)
        {
            long free = new DriveInfo(folder.Data.Root).AvailableFreeSpace;
            File.WriteAllBytes(ballast, new byte[free - leave]);
        }
        else
        {
            files.FreeBytes = leave;
        }

        return ballast;
    }

    private static void Empty(FaultyFileSystem files, string ballast)
    {
        File.Delete(ballast);
        files.FreeBytes = null;
    }
}
