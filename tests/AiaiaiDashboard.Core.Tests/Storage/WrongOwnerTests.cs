using System.Runtime.InteropServices;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Tests.Shared;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>A data directory of another user. A thread of root takes another user's rights over files; nobody else can.</summary>
public sealed partial class WrongOwnerTests : IDisposable
{
    private const int Nobody = 65534;
    private readonly TestFolder folder = new("owner");

    public void Dispose() => folder.Dispose();

    [SkippableTheory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, false)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute, false)]
    [InlineData((UnixFileMode)0b111_111_111, true)]
    public void Acquire_DirectoryOfAnotherUser_SaysWhoseItHasToBeAndChangesNothing(UnixFileMode mode, bool lockIsThere)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.UserName == "root", "taking another user's rights needs root");
        folder.Data.EnsureCreated();
        string held = folder.Data.PathOf(DataFiles.Lock);
        if (lockIsThere)
        {
            File.WriteAllText(held, "");
            TestFolder.SetMode(held, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        }

        TestFolder.SetMode(folder.Parent, (UnixFileMode)0b111_101_101);
        TestFolder.SetMode(folder.Data.Root, mode);
        Exception? failure = null;

        As(Nobody, () => failure = Record.Exception(() => DataDirectoryLock.Acquire(folder.Data, new LockHolder(1, null, null)).Dispose()));

        IOException error = Assert.IsType<IOException>(failure);
        Assert.Contains($"The data directory {folder.Data.Root} cannot be locked", error.Message, StringComparison.Ordinal);
        Assert.Contains("It has to belong to the user", error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
        Assert.Equal(lockIsThere ? [DataFiles.Lock] : [], folder.Files());
        // Whose it is can use it all the same.
        DataDirectoryLock.Acquire(folder.Data, new LockHolder(1, null, null)).Dispose();
    }

    // Linux keeps these rights per thread: the rest of the tests is not touched.
    private static void As(int user, Action action)
    {
        var thread = new Thread(() =>
        {
            _ = SetFileUser((uint)user);
            action();
        });
        thread.Start();
        thread.Join();
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);
}
