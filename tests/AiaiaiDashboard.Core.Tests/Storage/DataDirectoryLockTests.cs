using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

public sealed class DataDirectoryLockTests : IDisposable
{
    private static readonly LockHolder Server = new(4711, "http://127.0.0.1:5080", "secret");

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Acquire_FreeDirectory_WritesTheHolderThatOthersCanRead()
    {
        using DataDirectoryLock held = DataDirectoryLock.Acquire(folder.Data, Server);

        Assert.Equal(Server, DataDirectoryLock.ReadHolder(folder.Data));
    }

    [Fact]
    public void Acquire_HeldDirectory_NamesTheHolder()
    {
        using DataDirectoryLock held = DataDirectoryLock.Acquire(folder.Data, Server);

        DataDirectoryInUseException exception = Assert.Throws<DataDirectoryInUseException>(() => DataDirectoryLock.Acquire(folder.Data, new LockHolder(1, null, null)));

        Assert.Equal(Server, exception.Holder);
        Assert.Equal($"The data directory {folder.Data.Root} is in use by process 4711 at http://127.0.0.1:5080.", exception.Message);
        Assert.Equal(Server, DataDirectoryLock.ReadHolder(folder.Data));
    }

    [Fact]
    public void Update_ShorterHolder_ReplacesAllOfTheOldOne()
    {
        using DataDirectoryLock held = DataDirectoryLock.Acquire(folder.Data, Server with { Address = new string('x', 500) });

        held.Update(Server);

        Assert.Equal(Server, DataDirectoryLock.ReadHolder(folder.Data));
    }

    [Fact]
    public void Dispose_Twice_EmptiesTheFileAndFreesTheLock()
    {
        DataDirectoryLock held = DataDirectoryLock.Acquire(folder.Data, Server);

        held.Dispose();
        held.Dispose();

        Assert.Equal(0, new FileInfo(folder.Data.PathOf(".lock")).Length);
        Assert.Null(DataDirectoryLock.ReadHolder(folder.Data));
        using DataDirectoryLock again = DataDirectoryLock.Acquire(folder.Data, Server);
        Assert.Throws<ObjectDisposedException>(() => held.Update(Server));
    }

    [Theory]
    [InlineData("{\"pid\":99999999,\"address\":null,\"key\":null}\n")]
    [InlineData("{\"pid\"")]
    [InlineData("\0\0\0")]
    public void Acquire_FileLeftByADeadProcess_IsTakenOver(string left)
    {
        folder.Write(".lock", left);

        using DataDirectoryLock held = DataDirectoryLock.Acquire(folder.Data, Server);

        Assert.Equal(Server, DataDirectoryLock.ReadHolder(folder.Data));
    }

    [SkippableFact]
    public void Acquire_ReadableFileLeft_IsForTheOwnerOnlyBecauseOfItsKey()
    {
        Skip.If(OperatingSystem.IsWindows());
        string path = folder.Write(".lock", "");
        TestFolder.SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        using DataDirectoryLock held = DataDirectoryLock.Acquire(folder.Data, Server);

        Assert.Equal("rw-------", DataDirectoryTests.Mode(path));
    }

    [Fact]
    public void ReadHolder_NoDirectory_IsNullAndCreatesNothing()
    {
        Assert.Null(DataDirectoryLock.ReadHolder(folder.Data));
        Assert.False(Directory.Exists(folder.Data.Root));
    }
}
