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
}
