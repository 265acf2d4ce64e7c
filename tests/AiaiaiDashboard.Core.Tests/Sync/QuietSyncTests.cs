using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Tests.Alerts.Notifications;
using AiaiaiDashboard.Core.Usage;
using Microsoft.Extensions.Time.Testing;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Sync;

/// <summary>Syncs that look at nothing but the file system, and what makes a full one due.</summary>
public sealed class QuietSyncTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-quiet-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 11, 12, 0, 0, TimeSpan.Zero));
    private readonly Dictionary<string, string> variables;
    private readonly DataDirectory data;

    public QuietSyncTests()
    {
        AiaiaiDashboard.Tests.Shared.Requires.Unix();
        data = new DataDirectory(Path.Combine(root, "data"));
        variables = new Dictionary<string, string> { ["CLAUDE_CONFIG_DIR"] = Path.Combine(root, "claude"), ["HOME"] = root };
        Directory.CreateDirectory(Transcripts);
        Directory.CreateDirectory(Path.Combine(root, "data", "config"));
        Write("s1.jsonl", "m1");
    }

    private string Transcripts => Path.Combine(root, "claude", "projects", "-gone");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [SkippableFact]
    public async Task TryRun_NothingChanged_OnlyMovesTheTimeOfTheLastSync()
    {
        SyncStatus full = await FullAsync();
        Dictionary<string, byte[]> before = Files();
        time.Advance(TimeSpan.FromMinutes(15));

        (SyncStatus status, byte[] document) = Assert.NotNull(Quiet());

        Dictionary<string, byte[]> after = Files();
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(before.Where(f => f.Key != DataFiles.SyncStatus), f => Assert.Equal(f.Value, after[f.Key]));
        Assert.Equal(document, after[DataFiles.SyncStatus]);
        SyncStatus written = new DocumentStore(data).Read(SyncDocuments.Status).Value!;
        Assert.Equal(time.GetUtcNow(), written.LastSync);
        Assert.Equal(full.Steps.Select(s => (s.Name, s.Status, s.Items)), written.Steps.Select(s => (s.Name, s.Status, s.Items)));
        Assert.Equal(full.Steps.Select(s => s.Name), status.Steps.Select(s => s.Name));
        Assert.Equal((2, "cli"), (written.RecentRuns.Count, written.RecentRuns[0].Trigger));
        Assert.Equal(
            full.Steps.Select(s => SyncRunStep.Of(s) with { DurationMs = 0 }), written.RecentRuns[0].Steps!);
        Assert.Equal(document, DocumentJson.Serialize(written, SyncDocuments.Status.Json));
        Assert.DoesNotContain("+00:00", System.Text.Encoding.UTF8.GetString(document), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task TryRun_AfterAFullRunThatChangedNothing_HoldsAsBefore()
    {
        await FullAsync();
        byte[] stamp = File.ReadAllBytes(data.PathOf(SyncStamp.File));

        await FullAsync();

        Assert.Equal(stamp, File.ReadAllBytes(data.PathOf(SyncStamp.File)));
        Assert.NotNull(Quiet());
    }

    [SkippableTheory]
    [InlineData("history edited")]
    [InlineData("analytics removed")]
    [InlineData("cache removed")]
    [InlineData("config added")]
    [InlineData("tokens.json added")]
    [InlineData("directory of a project appeared")]
    [InlineData("repository above it appeared")]
    [InlineData("settings of Claude Code appeared")]
    [InlineData("another variable")]
    [InlineData("next day")]
    [InlineData("clock put back")]
    [InlineData("status of another shape")]
    [InlineData("last run failed")]
    public async Task TryRun_SomethingChanged_LeavesItToAFullSync(string change)
    {
        await FullAsync();
        switch (change)
        {
            case "history edited": File.AppendAllText(data.PathOf("history/tokens-2026-03.jsonl"), "\n"); break;
            case "analytics removed": File.Delete(data.PathOf(DataFiles.Analytics)); break;
            case "cache removed": File.Delete(data.PathOf("cache/transcripts.bin")); break;
            case "config added": File.WriteAllText(data.PathOf(DataFiles.Alerts), "{}"); break;
            case "tokens.json added": File.WriteAllText(data.PathOf(DataFiles.Tokens), "{}"); break;
            case "directory of a project appeared": Directory.CreateDirectory(Path.Combine(root, "gone", "project")); break;
            case "repository above it appeared": Directory.CreateDirectory(Path.Combine(root, ".git")); break;
            case "settings of Claude Code appeared": File.WriteAllText(Path.Combine(root, "claude", "settings.json"), "{}"); break;
            case "another variable": variables["CLAUDE_CONFIG_DIR"] = Path.Combine(root, "other"); break;
            case "next day": time.Advance(TimeSpan.FromDays(1)); break;
            case "clock put back": time.AdjustTime(time.GetUtcNow().AddDays(-1)); break;
            case "status of another shape": File.WriteAllText(data.PathOf(DataFiles.SyncStatus), File.ReadAllText(data.PathOf(DataFiles.SyncStatus)).Replace("\"items\"", "\"things\"", StringComparison.Ordinal)); break;
            default: File.WriteAllText(data.PathOf(DataFiles.SyncStatus), File.ReadAllText(data.PathOf(DataFiles.SyncStatus)).Replace("success", "partial", StringComparison.Ordinal)); break;
        }

        Dictionary<string, byte[]> before = Files();

        Assert.Null(Quiet());
        Assert.Equal(before.OrderBy(f => f.Key), Files().OrderBy(f => f.Key));
    }

    // Nothing in it is of the hour: a full run later that day leaves it as it is, to its last moment.
    [SkippableFact]
    public async Task RunAsync_AgainLaterThatDay_LeavesEveryFileAsItIs()
    {
        await FullAsync();
        await FullAsync();
        Dictionary<string, byte[]> before = Files();
        time.AdjustTime(new DateTimeOffset(2026, 3, 11, 23, 59, 59, TimeSpan.Zero));

        await FullAsync();

        Assert.All(before.Where(f => f.Key != DataFiles.SyncStatus), f => Assert.Equal(f.Value, Files()[f.Key]));
        Assert.NotNull(Quiet());
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(Quiet());
    }

    [SkippableFact]
    public async Task RunAsync_ProjectIsThere_LeavesNoStamp()
    {
        Directory.CreateDirectory(Path.Combine(root, "gone", "project"));

        await FullAsync();

        Assert.False(File.Exists(data.PathOf(SyncStamp.File)));
        Assert.Null(Quiet());
    }

    // What is written meanwhile is not read: the step that would leave it out is in a full sync.
    [SkippableFact]
    public async Task RunAsync_TranscriptsSwitchedOff_LeavesNoStamp()
    {
        await FullAsync();
        File.WriteAllText(data.PathOf(DataFiles.Sources), """{"claudeCode":{"enabled":false}}""");

        await FullAsync();

        Assert.False(File.Exists(data.PathOf(SyncStamp.File)));
        Write("s2.jsonl", "m2");
        Assert.Null(Quiet());
    }

    // What a person edits while a run goes on is in none of its figures, and must not be taken for known.
    [SkippableTheory]
    [InlineData(DataFiles.Projects)]
    [InlineData(DataFiles.Alerts)]
    [InlineData(DataFiles.Tokens)]
    public async Task Renewed_FileEditedMeanwhile_IsNone(string file)
    {
        await FullAsync();
        SyncStamp stamp = SyncStamp.Load(data)!;
        File.AppendAllText(data.PathOf(DataFiles.Analytics), "\n");
        Assert.NotNull(stamp.Renewed(data));

        File.AppendAllText(data.PathOf(file), "\n");

        Assert.Null(stamp.Renewed(data));
    }

    // A quiet sync tells nobody: as long as somebody is to be told, a full one is due.
    [SkippableFact]
    public async Task RunAsync_SomebodyCouldNotBeTold_LeavesNoStampUntilTheyWere()
    {
        File.WriteAllText(data.PathOf(DataFiles.Alerts), """{"globalBudget":0.0001,"channels":{"desktop":{"enabled":false},"webhooks":[{"name":"ops","urlVariable":"HOOK"}]}}""");
        await using var hook = new HookServer();
        variables["HOOK"] = "http://127.0.0.1:1/";

        await FullAsync(AlertDelivery.InSync);

        Assert.False(File.Exists(data.PathOf(SyncStamp.File)));
        variables["HOOK"] = hook.Url;
        time.Advance(TimeSpan.FromHours(2));
        await FullAsync(AlertDelivery.InSync);
        Assert.NotEqual(0, hook.Count);
        Assert.NotNull(Quiet());
    }

    [SkippableTheory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(40)]
    public async Task TryRun_DamagedStamp_LeavesItToAFullSync(int length)
    {
        await FullAsync();
        byte[] stamp = File.ReadAllBytes(data.PathOf(SyncStamp.File));
        File.WriteAllBytes(data.PathOf(SyncStamp.File), stamp[..length]);

        Assert.Null(Quiet());
    }

    private (SyncStatus Status, byte[] Document)? Quiet() => QuietSync.Begin(data, time)?.Run(variables.GetValueOrDefault);

    private async Task<SyncStatus> FullAsync(AlertDelivery delivery = AlertDelivery.Off)
    {
        await using var workspace = new Workspace(data, new WorkspaceOptions { Time = time, Environment = variables.GetValueOrDefault, WithSnapshots = false, Delivery = delivery });
        return await workspace.Sync.RunAsync("cli");
    }

    private Dictionary<string, byte[]> Files() => Directory.EnumerateFiles(data.Root, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(data.Root, f), File.ReadAllBytes);

    private void Write(string name, string id) => File.WriteAllText(Path.Combine(Transcripts, name), Line(id));

    private string Line(string id) => Assistant(id).Cwd(Path.Combine(root, "gone", "project")) + "\n";
}
