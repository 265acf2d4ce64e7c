using System.Threading.Channels;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiaiaiDashboard.Integration.Tests.Hosting;

/// <summary>The watcher on real folders, told of changes by the real system.</summary>
public sealed class ChangeWatcherTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly string root = Directory.CreateTempSubdirectory("watcher-").FullName;
    private readonly DataDirectory data;
    private readonly DashboardState state = new(TimeProvider.System);
    private readonly RecordingStep tokens = new(SyncStepNames.Tokens);
    private readonly RecordingStep projects = new(SyncStepNames.Projects);
    private readonly RealTime time = new();
    private readonly WorkspaceHost workspaces;
    private readonly ChangeWatcher watcher;

    public ChangeWatcherTests()
    {
        data = new DataDirectory(Path.Combine(root, "data"));
        workspaces = new WorkspaceHost(data, state, new WorkspaceOptions { Environment = name => name == "HOME" ? root : null, Steps = [tokens, projects] });
        watcher = new ChangeWatcher(workspaces, new StartedLifetime(), time, NullLogger<ChangeWatcher>.Instance);
    }

    private string Transcripts => Path.Combine(root, ".claude", "projects");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await watcher.StopAsync(CancellationToken.None);
        await workspaces.DisposeAsync();
    }

    public void Dispose()
    {
        watcher.Dispose();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Watcher_TranscriptWritten_SyncsUsageOnly()
    {
        Directory.CreateDirectory(Transcripts);
        await StartAsync();

        Write(Path.Combine(Transcripts, "-srv-alpha", "one.jsonl"));

        await tokens.NextAsync();
        await IdleAsync();
        Assert.Equal("watch", workspaces.Own.Sync.Status.RecentRuns[0].Trigger);
        Assert.Equal(0, projects.Runs);
    }

    [Fact]
    public async Task Watcher_FolderAppearsLaterAndGoesAndComesBack_SyncsEachTime()
    {
        await StartAsync();

        Write(Path.Combine(Transcripts, "-srv-alpha", "one.jsonl"));
        await tokens.NextAsync();
        Directory.Delete(Path.Combine(root, ".claude"), recursive: true);
        await tokens.NextAsync();
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(root, ".claude")).FullName, "projects"), "a file");
        await tokens.NextAsync();
        Assert.Contains(workspaces.Own.FindTranscripts(new Core.Settings.ClaudeCodeSource()), r => r.Problem is not null);
    }

    [Fact]
    public async Task Watcher_ThousandsOfFiles_FewSyncs()
    {
        Directory.CreateDirectory(Transcripts);
        await StartAsync();

        for (int i = 0; i < 3_000; i++)
        {
            Write(Path.Combine(Transcripts, $"-srv-{i % 50}", $"{i}.jsonl"));
        }

        await tokens.NextAsync();
        // Two orders of magnitude fewer; how many exactly is a matter of how long the writing takes.
        Assert.InRange(tokens.Runs, 1, 300);
    }

    [Fact]
    public async Task Watcher_AlertsEdited_ShowsWithoutASync()
    {
        Write(data.PathOf(DataFiles.Alerts), """{"globalBudget":100}""");
        await StartAsync();
        Assert.Equal(100m, state.Current.Alerts.GlobalBudget);

        Task shown = ShownAsync(s => s.Alerts.GlobalBudget == 60);
        Write(data.PathOf(DataFiles.Alerts), """{"globalBudget":60}""");

        await shown;
        Assert.Equal(0, tokens.Runs);
    }

    [Fact]
    public async Task Watcher_ConfigurationFolderAppearsBroken_IsShownAndThenMended()
    {
        data.EnsureCreated();
        await StartAsync();

        Task broken = ShownAsync(s => s.Problems.Any(p => p.File == DataFiles.Alerts));
        Write(data.PathOf(DataFiles.Alerts), """{"globalBudget":-1}""");
        await broken;
        Task mended = ShownAsync(s => s.Problems.Count == 0 && s.Alerts.GlobalBudget == 5);
        Write(data.PathOf(DataFiles.Alerts), """{"globalBudget":5}""");

        await mended;
    }

    [Fact]
    public async Task Watcher_ProjectsEditedByHand_ShowsWithoutASync()
    {
        Write(data.PathOf(DataFiles.Projects), """[{"id":"a","name":"Before"}]""");
        await StartAsync();

        Task shown = ShownAsync(s => s.Projects is [{ Name: "After" }]);
        Write(data.PathOf(DataFiles.Projects), """[{"id":"a","name":"After"}]""");

        await shown;
        Assert.Equal(0, tokens.Runs);
    }

    [Fact]
    public async Task Watcher_TokensEditedByHand_SyncsUsageOnly()
    {
        Write(data.PathOf(DataFiles.Tokens), """{"entries":[]}""");
        await StartAsync();

        Write(data.PathOf(DataFiles.Tokens), """{"entries":[{"date":"2026-11-20"}]}""");

        await tokens.NextAsync();
        Assert.Equal(0, projects.Runs);
    }

    [Fact]
    public async Task Watcher_SourcesEdited_SyncsEverything()
    {
        Write(data.PathOf(DataFiles.Sources), "{}");
        await StartAsync();

        Write(data.PathOf(DataFiles.Sources), """{"claudeCode":{"enabled":false}}""");

        await projects.NextAsync();
        Assert.False(state.Current.Sources.ClaudeCode.Enabled);
    }

    // Changes from here on are told: what to watch was looked for.
    private async Task StartAsync()
    {
        workspaces.Own.Load();
        await watcher.StartAsync(CancellationToken.None);
        await time.Slept.WaitAsync(Limit);
    }

    private async Task IdleAsync()
    {
        if (workspaces.Own.Sync.IsRunning)
        {
            await workspaces.Own.Sync.RunUsageOnlyAsync("watch").WaitAsync(Limit);
        }
    }

    private async Task ShownAsync(Func<DashboardSnapshot, bool> condition)
    {
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable subscription = state.Subscribe(() =>
        {
            if (condition(state.Current))
            {
                shown.TrySetResult();
            }

            return Task.CompletedTask;
        });
        await shown.Task.WaitAsync(Limit);
    }

    // As editors do it: nobody ever sees half a file.
    private static void Write(string path, string content = "{}\n")
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path + ".new", content);
        File.Move(path + ".new", path, overwrite: true);
    }

    private sealed class RecordingStep(string name) : ISyncStep
    {
        private readonly Channel<int> begun = Channel.CreateUnbounded<int>();
        private int runs;

        public string Name => name;

        public int Runs => Volatile.Read(ref runs);

        public async Task NextAsync() => await begun.Reader.ReadAsync().AsTask().WaitAsync(Limit);

        public Task<SyncStepResult> RunAsync(SyncContext context, CancellationToken ct)
        {
            begun.Writer.TryWrite(Interlocked.Increment(ref runs));
            return Task.FromResult(new SyncStepResult(SyncOutcome.Success, 1));
        }
    }

    /// <summary>The real clock, which tells when somebody first goes to sleep by it.</summary>
    private sealed class RealTime : TimeProvider
    {
        private readonly TaskCompletionSource slept = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Slept => slept.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            slept.TrySetResult();
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
