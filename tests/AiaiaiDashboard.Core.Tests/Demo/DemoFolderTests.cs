using AiaiaiDashboard.Core.Demo;
using AiaiaiDashboard.Core.Storage;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Demo;

public sealed class DemoFolderTests : IDisposable
{
    private readonly string parent = Directory.CreateTempSubdirectory("demo-folders-").FullName;

    // Folders have the system's times; an hour later they are old.
    private readonly FakeTimeProvider later = new(TimeProvider.System.GetUtcNow().AddHours(1));
    private readonly LockHolder holder = new(1, null, null);

    public void Dispose() => Directory.Delete(parent, recursive: true);

    [Fact]
    public void Create_FolderOfAnEndedProcess_IsSwept()
    {
        DataDirectory left = DemoFolder.Create(later, parent);
        DataDirectoryLock.Acquire(left, holder).Dispose();
        File.WriteAllText(left.PathOf(DataFiles.Projects), "[]");

        DataDirectory created = DemoFolder.Create(later, parent);

        Assert.Equal([created.Root], Directory.GetDirectories(parent));
    }

    [Fact]
    public void Create_FolderInUse_IsLeft()
    {
        DataDirectory used = DemoFolder.Create(later, parent);
        using DataDirectoryLock held = DataDirectoryLock.Acquire(used, holder);

        DemoFolder.Create(later, parent);

        Assert.True(File.Exists(used.PathOf(DataFiles.Lock)));
    }

    [Fact]
    public void Create_FolderThatHasJustBeenMade_IsLeft()
    {
        DataDirectory young = DemoFolder.Create(TimeProvider.System, parent);
        DataDirectoryLock.Acquire(young, holder).Dispose();

        DemoFolder.Create(TimeProvider.System, parent);

        Assert.True(Directory.Exists(young.Root));
    }

    [Fact]
    public void Create_FoldersOfOthers_AreLeft()
    {
        string foreign = Directory.CreateDirectory(Path.Combine(parent, "aiaiai-dashboard-demo-mine")).FullName;
        string target = Directory.CreateDirectory(Path.Combine(parent, "real")).FullName;
        File.WriteAllText(Path.Combine(target, DataFiles.Lock), "");
        Directory.CreateSymbolicLink(Path.Combine(parent, "aiaiai-dashboard-demo-link"), target);

        DemoFolder.Create(later, parent);

        Assert.True(Directory.Exists(foreign));
        Assert.True(File.Exists(Path.Combine(target, DataFiles.Lock)));
        Assert.True(Directory.Exists(Path.Combine(parent, "aiaiai-dashboard-demo-link")));
    }
}
