using System.IO.Compression;
using System.Text;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Storage.Archive;

namespace AiaiaiDashboard.Core.Tests.Storage;

/// <summary>Saving a data directory as one file, and bringing it back.</summary>
public sealed class ArchiveTests : IDisposable
{
    private const string Manifest = "archive-manifest";

    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-archive-").FullName;
    private readonly DataDirectory source;
    private readonly DataDirectory target;
    private readonly string archive;

    public ArchiveTests()
    {
        source = new DataDirectory(Path.Combine(root, "source"));
        target = new DataDirectory(Path.Combine(root, "target"));
        archive = Path.Combine(root, "saved.zip");
        Write(source, DataFiles.Alerts, """{"globalBudget":321}""");
        Write(source, DataFiles.Projects, """[{"id":"alpha","name":"Alpha"}]""");
        Write(source, "history/tokens-2026-11.jsonl", "{\"date\":\"2026-11-02\",\"project\":\"alpha\"}\n");
        Write(source, "history/tokens/tokens-2026-01.jsonl", "{}\n");
        Write(source, ".lock", """{"pid":1,"address":"http://127.0.0.1:1","key":"local key"}""");
        Write(source, "keys/key-1.xml", "<key/>");
        Write(source, "logs/dashboard-20261124.jsonl", "{}");
        Write(source, "cache/calls.bin", "c");
        Write(source, "projects.json.bak", "[]");
        Write(source, ".projects.json.0123456789ab.tmp", "[");
        Write(target, DataFiles.Projects, """[{"id":"old","name":"Old"}]""");
        Write(target, DataFiles.Sync, """{"retentionMonths":3}""");
        Write(target, "cache/calls.bin", "of the old ledger");
        Write(target, "keys/key-2.xml", "<key/>");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task Export_Directory_HoldsWhatCannotBeMadeAgainAndNoSecret()
    {
        ArchiveManifest manifest = await ArchiveExport.WriteAsync(source, archive, TimeProvider.System);

        string[] expected = ["config/alerts.json", "history/tokens-2026-11.jsonl", "history/tokens/tokens-2026-01.jsonl", "projects.json"];
        Assert.Equal(expected, manifest.Files.Select(f => f.Name));
        using ZipArchive zip = ZipFile.OpenRead(archive);
        Assert.Equal([.. expected, Manifest], zip.Entries.Select(e => e.FullName));
        Assert.Equal([archive], Directory.GetFiles(root));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(archive));
        }
    }

    [Fact]
    public async Task Export_TargetExists_IsLeftAlone()
    {
        await File.WriteAllTextAsync(archive, "precious");

        await Assert.ThrowsAsync<IOException>(() => ArchiveExport.WriteAsync(source, archive, TimeProvider.System));

        Assert.Equal("precious", await File.ReadAllTextAsync(archive));
    }

    [Fact]
    public async Task Export_FilesChangeMeanwhile_IsBegunAgainUntilItIsOfOneMoment()
    {
        int attempts = 0;
        var time = new InterruptedTime(() =>
        {
            if (++attempts < 3)
            {
                Write(source, "first.json", new string('1', attempts));
                Write(source, "second.json", new string('1', attempts));
            }
        });

        await ArchiveExport.WriteAsync(source, archive, time);

        Assert.Equal(3, attempts);
        using ZipArchive zip = ZipFile.OpenRead(archive);
        Assert.Equal(("11", "11"), (Text(zip, "first.json"), Text(zip, "second.json")));
    }

    [Fact]
    public async Task Export_FilesNeverStandStill_FailsAndLeavesNothing()
    {
        int attempts = 0;
        var time = new InterruptedTime(() => Write(source, "first.json", new string('1', ++attempts)));

        await Assert.ThrowsAsync<IOException>(() => ArchiveExport.WriteAsync(source, archive, time));

        Assert.Empty(Directory.GetFiles(root));
    }

    [Fact]
    public async Task Import_OwnArchive_ReplacesEverythingAndKeepsWhatWasThere()
    {
        await ArchiveExport.WriteAsync(source, archive, TimeProvider.System);

        (_, IReadOnlyList<FileProblem> problems) = await ArchiveImport.RunAsync(target, archive, DirectoryCheck.Problems);

        Assert.Empty(problems);
        Assert.Equal(ArchivedFiles.In(source), ArchivedFiles.In(target));
        foreach (string name in ArchivedFiles.In(source))
        {
            Assert.Equal(await File.ReadAllBytesAsync(source.PathOf(name)), await File.ReadAllBytesAsync(target.PathOf(name)));
        }

        Assert.False(Directory.Exists(target.PathOf("cache")));
        Assert.False(ArchiveImport.IsPending(target));
        Assert.True(File.Exists(target.PathOf("keys/key-2.xml")));
        Assert.Equal("""[{"id":"old","name":"Old"}]""", await File.ReadAllTextAsync(target.PathOf("before-import/projects.json")));
        Assert.Equal("""{"retentionMonths":3}""", await File.ReadAllTextAsync(target.PathOf("before-import/config/sync.json")));
    }

    [Theory]
    [InlineData(DataFiles.Projects, "[{")]
    [InlineData(DataFiles.Alerts, """{"globalBudget":"lots"}""")]
    [InlineData(DataFiles.Security, """{"login":"maybe"}""")]
    [InlineData(DataFiles.Pricing, """{"x":1}""")]
    [InlineData(DataFiles.Tokens, """{"entries":[{"date":"yesterday"}]}""")]
    public async Task Import_BrokenDocument_ChangesNothingAndNamesIt(string name, string content)
    {
        Write(source, name, content);
        await ArchiveExport.WriteAsync(source, archive, TimeProvider.System);
        string before = Snapshot(target);

        (_, IReadOnlyList<FileProblem> problems) = await ArchiveImport.RunAsync(target, archive, DirectoryCheck.Problems);

        Assert.Contains(problems, p => p.File == name);
        Assert.Equal(before, Snapshot(target));
    }

    [Theory]
    [InlineData("../outside.json")]
    [InlineData("/tmp/outside.json")]
    [InlineData("config/../../outside.json")]
    [InlineData("config\\..\\..\\outside.json")]
    [InlineData("C:/outside.json")]
    [InlineData("history/../keys/key-2.xml")]
    [InlineData("keys/key-2.xml")]
    [InlineData(".lock")]
    [InlineData(".import/begun.json")]
    [InlineData("PROJECTS.JSON")]
    [InlineData("Projects.json")]
    [InlineData("projects.json\n")]
    public async Task Import_EntryThatDoesNotBelong_ChangesNothing(string name)
    {
        await ArchiveExport.WriteAsync(source, archive, TimeProvider.System);
        using (ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Update))
        {
            Replace(zip, name, "{}");
        }

        await AssertRefusedAsync();
        Assert.False(File.Exists(Path.Combine(root, "outside.json")));
    }

    [Fact]
    public async Task Import_OtherContentThanListed_ChangesNothing()
    {
        await ArchiveExport.WriteAsync(source, archive, TimeProvider.System);
        using (ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Update))
        {
            Replace(zip, DataFiles.Projects, """[{"id":"alpha","name":"Alphb"}]""");
        }

        Assert.Contains("projects.json is damaged", (await AssertRefusedAsync()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_MoreThanListed_StopsReadingThere()
    {
        await ArchiveExport.WriteAsync(source, archive, TimeProvider.System);
        using (ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Update))
        {
            Replace(zip, DataFiles.Projects, new string(' ', 50_000_000));
        }

        await AssertRefusedAsync();
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"format":"other","version":1,"createdAt":"2026-11-25T00:00:00Z","files":[]}""")]
    [InlineData("""{"format":"aiaiai-dashboard-data","version":2,"createdAt":"2026-11-25T00:00:00Z","files":[]}""")]
    [InlineData("""{"format":"aiaiai-dashboard-data","version":1,"createdAt":"2026-11-25T00:00:00Z","files":[]}""")]
    [InlineData("""{"format":"aiaiai-dashboard-data","version":1,"createdAt":"2026-11-25T00:00:00Z","files":[null,null,null,null]}""")]
    [InlineData("""{"format":"aiaiai-dashboard-data","version":1,"createdAt":"2026-11-25T00:00:00Z","files":[{},{},{},{}]}""")]
    public async Task Import_OtherList_ChangesNothing(string manifest)
    {
        await ArchiveExport.WriteAsync(source, archive, TimeProvider.System);
        using (ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Update))
        {
            Replace(zip, Manifest, manifest);
        }

        await AssertRefusedAsync();
    }

    [Fact]
    public async Task Import_CutOrForeignFile_ChangesNothing()
    {
        await ArchiveExport.WriteAsync(source, archive, TimeProvider.System);
        byte[] whole = await File.ReadAllBytesAsync(archive);
        foreach (byte[] bytes in (byte[][])[[], whole[..(whole.Length / 2)], whole[..^5], Encoding.UTF8.GetBytes("no zip at all")])
        {
            await File.WriteAllBytesAsync(archive, bytes);
            await AssertRefusedAsync();
        }
    }

    [Fact]
    public async Task Recover_KilledAfterAnyMove_GoesBackToWhatWasThere()
    {
        await ArchiveExport.WriteAsync(source, archive, TimeProvider.System);
        string before = Snapshot(target);

        // Stands where a process that was killed after so many moves left it: the old files aside, the new ones partly in place.
        for (int moved = 0; moved <= 4; moved++)
        {
            Unfinished(moved);
            Assert.True(ArchiveImport.IsPending(target));

            ArchiveImport.Recover(target);

            Assert.Equal(before, Snapshot(target));
            Assert.False(ArchiveImport.IsPending(target));
        }

        // And again where going back was itself cut short.
        Unfinished(4);
        File.Delete(target.PathOf(DataFiles.Alerts));
        File.Move(target.PathOf($".import/old/{DataFiles.Projects}"), target.PathOf(DataFiles.Projects), overwrite: true);
        ArchiveImport.Recover(target);
        Assert.Equal(before, Snapshot(target));
    }

    private void Unfinished(int moved)
    {
        string[] news = [.. ArchivedFiles.In(source)];
        Write(target, ".import/begun.json", $"[{string.Join(',', news.Where(n => n != DataFiles.Projects).Select(n => $"\"{n}\""))}]");
        foreach (string name in ArchivedFiles.In(target))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target.PathOf($".import/old/{name}"))!);
            File.Move(target.PathOf(name), target.PathOf($".import/old/{name}"));
        }

        Directory.Move(target.PathOf("cache"), target.PathOf(".import/old/cache"));
        for (int i = 0; i < news.Length; i++)
        {
            Write(target, i < moved ? news[i] : $".import/new/{news[i]}", File.ReadAllText(source.PathOf(news[i])));
        }
    }

    private async Task<InvalidDataException> AssertRefusedAsync()
    {
        string before = Snapshot(target);
        InvalidDataException exception = await Assert.ThrowsAsync<InvalidDataException>(() => ArchiveImport.RunAsync(target, archive, DirectoryCheck.Problems));
        Assert.Equal(before, Snapshot(target));
        return exception;
    }

    private static string Snapshot(DataDirectory directory) => string.Join('\n', Directory.GetFiles(directory.Root, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal).Select(f => $"{Path.GetRelativePath(directory.Root, f)}: {File.ReadAllText(f)}"));

    private static void Replace(ZipArchive zip, string name, string content)
    {
        zip.GetEntry(name)?.Delete();
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(content);
    }

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static void Write(DataDirectory directory, string name, string content)
    {
        string path = directory.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    // Every attempt asks for the time between looking at the files and reading them; pauses between attempts end at once.
    private sealed class InterruptedTime(Action interrupt) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow()
        {
            interrupt();
            return base.GetUtcNow();
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
