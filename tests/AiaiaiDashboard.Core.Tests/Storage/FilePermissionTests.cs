using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

public sealed class FilePermissionTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly DocumentStore store;

    public FilePermissionTests()
    {
        Skip.If(OperatingSystem.IsWindows(), "Unix modes and links");
        store = new DocumentStore(folder.Data);
    }

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task WriteAsync_NewFiles_AreForTheOwnerOnly()
    {
        await store.WriteAsync(Note.Person, new Note { Version = 1 });
        await store.WriteAsync(Note.Person, new Note { Version = 2 });
        folder.Data.Log("history/tokens-2026-11.jsonl").Append("{}\n"u8);

        Assert.All(folder.Files(), file => Assert.Equal("rw-------", DataDirectoryTests.Mode(folder.Data.PathOf(file))));
        Assert.Equal(3, folder.Files().Length);
        Assert.Equal("rwx------", DataDirectoryTests.Mode(folder.Data.Root));
        Assert.Equal("rwx------", DataDirectoryTests.Mode(folder.Data.PathOf("config")));
    }

    [SkippableTheory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead, "rw-rw-r--")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherWrite, "rw-----w-")]
    public async Task WriteAsync_ExistingFile_KeepsItsModeAlsoForTheCopy(UnixFileMode mode, string expected)
    {
        string path = folder.Write("config/note.json", "{}");
        TestFolder.SetMode(path, mode);

        await store.WriteAsync(Note.Person, new Note { Version = 2 });

        Assert.Equal(expected, DataDirectoryTests.Mode(path));
        Assert.Equal(expected, DataDirectoryTests.Mode(path + ".bak"));
    }

    [SkippableFact]
    public async Task WriteAsync_LinkedDocument_ReplacesItsTarget()
    {
        string target = Path.Combine(folder.Parent, "elsewhere", "mine.json");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.WriteAllText(target, "{}");
        Directory.CreateDirectory(folder.Data.PathOf("config"));
        File.CreateSymbolicLink(folder.Data.PathOf("config/note.json"), target);

        await store.WriteAsync(Note.Person, new Note { Version = 7 });

        Assert.Equal(target, File.ResolveLinkTarget(folder.Data.PathOf("config/note.json"), true)!.FullName);
        Assert.Contains("\"version\": 7", File.ReadAllText(target), StringComparison.Ordinal);
        Assert.Equal(["mine.json", "mine.json.bak"], Directory.GetFiles(Path.GetDirectoryName(target)!).Select(Path.GetFileName).Order());
    }

    [SkippableFact]
    public async Task WriteAsync_LinkToNothing_CreatesItsTarget()
    {
        string target = Path.Combine(folder.Parent, "elsewhere", "mine.json");
        Directory.CreateDirectory(folder.Data.PathOf("config"));
        File.CreateSymbolicLink(folder.Data.PathOf("config/note.json"), target);

        await store.WriteAsync(Note.Person, new Note { Version = 7 });

        Assert.Equal(7, store.Read(Note.Person).Value!.Version);
        Assert.True(File.Exists(target));
    }

    [SkippableFact]
    public async Task Store_LinkedRoot_Works()
    {
        string target = Path.Combine(folder.Parent, "real");
        Directory.CreateDirectory(target);
        Directory.CreateSymbolicLink(folder.Data.Root, target);

        using (DataDirectoryLock.Acquire(folder.Data, new LockHolder(1, null, null)))
        {
            await store.WriteAsync(Note.Derived, new Note { Version = 7 });
        }

        Assert.True(File.Exists(Path.Combine(target, "note.json")));
    }

    [SkippableFact]
    public async Task WriteAsync_ReadOnlyDirectory_FailsClearlyAndLeavesTheOldContent()
    {
        Skip.If(Environment.UserName == "root", "root may write anywhere");
        string path = folder.Write("note.json", "{}");
        TestFolder.SetMode(folder.Data.Root, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Exception exception = await Assert.ThrowsAnyAsync<Exception>(() => store.WriteAsync(Note.Derived, new Note { Version = 7 }));

        TestFolder.SetMode(folder.Data.Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Contains(folder.Data.Root, exception.Message, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(path));
    }

    [SkippableFact]
    public async Task Read_UnreadableFile_IsAProblemAndAPersonsIsNotReplaced()
    {
        Skip.If(Environment.UserName == "root", "root may read anything");
        string path = folder.Write("config/note.json", "{}");
        TestFolder.SetMode(path, UnixFileMode.None);

        Assert.Contains("cannot be read", store.Read(Note.Person).Problem!.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<IOException>(() => store.WriteAsync(Note.Person, new Note()));
    }

    [SkippableFact]
    public void Recover_DamagedLog_KeepsTheCopyWithTheSameMode()
    {
        string path = folder.Write("history/tokens-2026-11.jsonl", "{\"a\":1}\n{\"a\":");
        TestFolder.SetMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);

        folder.Data.Log("history/tokens-2026-11.jsonl").Recover();

        Assert.Equal("rw-r-----", DataDirectoryTests.Mode(path));
        Assert.Equal("rw-r-----", DataDirectoryTests.Mode(path + ".broken"));
    }
}
