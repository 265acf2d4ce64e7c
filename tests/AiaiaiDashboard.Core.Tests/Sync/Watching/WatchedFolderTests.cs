using AiaiaiDashboard.Core.Sync.Watching;
using AiaiaiDashboard.Tests.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Sync.Watching;

public sealed class WatchedFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("watched-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
    private readonly List<Watch> made = [];
    private readonly WarningLog log = new();
    private readonly WatchedFolder folder;
    private Exception? refusal;
    private int changes;

    public WatchedFolderTests() => folder = new WatchedFolder(Folder, new WatchedFiles(".jsonl", true, Path.Combine(Folder, "data")), () => changes++, Create, time, log);

    private string Folder => Path.Combine(root, "projects");

    public void Dispose()
    {
        folder.Dispose();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void Look_MissingThenThereThenGone_FollowsIt()
    {
        folder.Look();
        Assert.Equal((0, false), (made.Count, folder.IsWatched));

        Directory.CreateDirectory(Folder);
        folder.Look();
        folder.Look();
        Assert.Equal((1, true, 1), (made.Count, folder.IsWatched, changes));

        Directory.Delete(Folder);
        folder.Look();
        Assert.Equal((true, false, 2), (made[0].IsDisposed, folder.IsWatched, changes));
    }

    [Fact]
    public void Look_ThereFromTheBeginning_WatchesAndSaysNothing()
    {
        Directory.CreateDirectory(Folder);

        folder.Look();

        Assert.Equal((1, 0), (made.Count, changes));
    }

    [SkippableFact]
    public void Look_ReplacedByAnotherFolderOfThatName_WatchesTheNewOne()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Folders have no identity to compare here.");
        Directory.CreateDirectory(Folder);
        folder.Look();
        Directory.CreateDirectory(Folder + "-new");
        Directory.Move(Folder, Folder + "-old");
        Directory.Move(Folder + "-new", Folder);

        folder.Look();

        Assert.Equal((2, true, 1), (made.Count, made[0].IsDisposed, changes));
    }

    [Fact]
    public void Changed_FileOfInterest_IsTold()
    {
        Directory.CreateDirectory(Path.Combine(Folder, "sub"));
        folder.Look();

        made[0].Changed(Path.Combine(Folder, "sub", "a.jsonl"));
        made[0].Changed(Path.Combine(Folder, "sub"));
        made[0].Changed(Path.Combine(Folder, "sub", "notes.md"));
        made[0].Changed(Path.Combine(Folder, "data", "history", "tokens-2026-11.jsonl"));

        Assert.Equal(2, changes);
    }

    [Fact]
    public void Look_CannotBeWatched_IsLookedThroughAndTriedAgain()
    {
        Directory.CreateDirectory(Folder);
        refusal = new IOException("the limit of watches was reached");
        folder.Look();
        Assert.Contains("the limit of watches was reached", Assert.Single(log.Warnings), StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(Folder, "a.jsonl"), "{}\n");
        folder.Look();
        Assert.Equal(0, changes);
        Pass(WatchedFolder.PollInterval);
        Assert.Equal(1, changes);
        Pass(WatchedFolder.PollInterval);
        Assert.Equal(1, changes);
        File.AppendAllText(Path.Combine(Folder, "a.jsonl"), "{}\n");
        File.WriteAllText(Path.Combine(Folder, "notes.md"), "x");
        Pass(WatchedFolder.PollInterval);
        Assert.Equal(2, changes);

        refusal = null;
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal((true, 3), (folder.IsWatched, changes));
    }

    [Fact]
    public void Failed_EventsLost_IsToldLookedThroughAndWatchedAgain()
    {
        Directory.CreateDirectory(Folder);
        folder.Look();

        made[0].Failed(new InternalBufferOverflowException("too many changes"));
        folder.Look();

        Assert.Equal((1, true, false), (changes, made[0].IsDisposed, folder.IsWatched));
        Pass(TimeSpan.FromMinutes(1));
        Assert.Equal((2, true), (made.Count, folder.IsWatched));
    }

    [Fact]
    public void Look_RefusedAgainAndAgain_TriesLessAndLessOften()
    {
        Directory.CreateDirectory(Folder);
        refusal = new IOException("no");
        for (int minute = 0; minute <= 60 * 6; minute++)
        {
            folder.Look();
            time.Advance(TimeSpan.FromMinutes(1));
        }

        // At 0, 1, 3, 7, 15, 31, 63 minutes, then hourly: 123, 183, 243, 303.
        Assert.Equal(11, log.Warnings.Count);
    }

    [SkippableFact]
    public void Fingerprint_LinkToTheFolderItself_EndsAndIsStable()
    {
        Requires.Unix();
        Directory.CreateDirectory(Folder);
        Directory.CreateSymbolicLink(Path.Combine(Folder, "loop"), Folder);
        File.WriteAllText(Path.Combine(Folder, "a.jsonl"), "{}\n");
        var files = new WatchedFiles(".jsonl", true);

        ulong before = files.Fingerprint(Folder);

        Assert.NotEqual(0UL, before);
        Assert.Equal(before, files.Fingerprint(Folder));
        Assert.Equal(0UL, files.Fingerprint(Folder + "-nowhere"));
    }

    [Fact]
    public async Task Create_RealFolder_TellsOfFilesInNewSubfolders()
    {
        Directory.CreateDirectory(Folder);
        var told = new TaskCompletionSource<string>();
        using IDisposable watch = FolderWatch.Create(Folder, true, path => told.TrySetResult(path), e => told.TrySetException(e));

        Directory.CreateDirectory(Path.Combine(Folder, "new"));

        Assert.Equal(Path.Combine(Folder, "new"), await told.Task.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.ThrowsAny<ArgumentException>(() => FolderWatch.Create(Folder + "-nowhere", true, _ => { }, _ => { }));
    }

    private void Pass(TimeSpan span)
    {
        time.Advance(span);
        folder.Look();
    }

    private Watch Create(string path, bool withSubfolders, Action<string> changed, Action<Exception> failed)
    {
        if (refusal is not null)
        {
            throw refusal;
        }

        Assert.Equal((Folder, true), (path, withSubfolders));
        made.Add(new Watch(changed, failed));
        return made[^1];
    }

    private sealed record Watch(Action<string> Changed, Action<Exception> Failed) : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class WarningLog : ILogger
    {
        public List<string> Warnings { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
            {
                Warnings.Add(formatter(state, exception));
            }
        }
    }
}
