using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Hosting;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Integration.Tests.Hosting;

public sealed class DashboardLogTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-log-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task ForCommand_LogFolderAndFiles_AreTheOwnersAlone()
    {
        var directory = new DataDirectory(root);
        Directory.CreateDirectory(directory.PathOf("logs"));
        await using (DashboardLog log = DashboardLog.ForCommand(directory))
        {
            log.Create("test").LogInformation("one line");
        }

        string file = Assert.Single(Directory.GetFiles(directory.PathOf("logs")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory.PathOf("logs")));
        }
    }

    [Fact]
    public async Task ForCommand_LinesLoggedAtOnce_AreAllThereInOrderOnceItEnds()
    {
        var directory = new DataDirectory(root);
        ILogger logger;
        await using (DashboardLog log = DashboardLog.ForCommand(directory))
        {
            logger = log.Create("test");
            for (int i = 0; i < 200; i++)
            {
                logger.LogInformation("line {Number}", i);
                logger.LogDebug("not this one");
            }
        }

        // A step that was given up may still have something to say.
        logger.LogError("too late");

        string[] lines = await File.ReadAllLinesAsync(Assert.Single(Directory.GetFiles(directory.PathOf("logs"))));
        Assert.Equal(Enumerable.Range(0, 200), lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("Number").GetInt32()));
    }

    [Fact]
    public void ForCommand_FileInPlaceOfTheLogFolder_IsSaidAtOnce()
    {
        var directory = new DataDirectory(root);
        File.WriteAllText(directory.PathOf("logs"), "");

        Assert.ThrowsAny<IOException>(() => DashboardLog.ForCommand(directory));
    }
}
