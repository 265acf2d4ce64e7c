using System.Globalization;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.State;

/// <summary>Whole syncs on a whole data directory: what a second one leaves alone, and what is told about broken files.</summary>
public sealed class TwoSyncsTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("two-syncs-").FullName;
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 21, 1, 0, 0, TimeSpan.Zero));
    private readonly DataDirectory directory;

    public TwoSyncsTests()
    {
        directory = new DataDirectory(Path.Combine(root, "data"));
        Write(directory.PathOf(DataFiles.Sync), """{"timeZone":"UTC"}""");
        Write(directory.PathOf(DataFiles.Sources), """{"projects":{"roots":["ROOT/projects"]}}""".Replace("ROOT", Root, StringComparison.Ordinal));
        Write(directory.PathOf(DataFiles.Tokens), """{"entries":[{"date":"2026-11-19","project":"Web Shop","session":"hand","tokensIn":5,"tokensOut":6,"cost":1.5,"model":"claude-opus-4-5"}]}""");
        Write(directory.PathOf(DataFiles.Quality), """[{"project":"shop","date":"2026-11-20","testCoverage":{"frontend":null,"backend":81.5},"lighthouseScore":null,"openIssues":3,"techDebt":"low"}]""");
        Write(Path.Combine(root, "projects", "shop", "package.json"), """{"name":"shop","description":"A shop","dependencies":{"react":"19"}}""");
        for (int session = 0; session < 3; session++)
        {
            Write(
                Path.Combine(root, "claude", "projects", "-shop", $"session-{session}.jsonl"),
                string.Concat(Enumerable.Range(0, 20).Select(n => Call(session, n) + "\n")));
        }
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public async Task RunAsync_AgainTheSameDayByAnotherProcess_LeavesEveryFileByteIdenticalAndNotRewritten()
    {
        SyncStatus first = await SyncAsync();
        Dictionary<string, (DateTime Written, string Bytes)> before = Files();

        time.Advance(TimeSpan.FromHours(22));
        SyncStatus second = await SyncAsync();

        Assert.Equal((SyncOutcome.Success, SyncOutcome.Success), (first.Status, second.Status));
        Assert.Equal(before, Files());
        Assert.Contains(before.Keys, name => name.StartsWith("cache/", StringComparison.Ordinal));
        Assert.Contains("history/tokens-2026-11.jsonl", before.Keys);
        Assert.Contains("history/projects-2026-11.jsonl", before.Keys);
        Assert.Contains(DataFiles.Analytics, before.Keys);
        Assert.Contains(DataFiles.Projects, before.Keys);
    }

    [Theory]
    [InlineData(DataFiles.Analytics)]
    [InlineData(DataFiles.SyncStatus)]
    public async Task RunAsync_BrokenDerivedDocument_IsSetAsideBuiltAnewAndToldOnce(string name)
    {
        await SyncAsync();
        Write(directory.PathOf(name), "{ broken");

        SyncStatus telling = await SyncAsync();
        SyncStatus after = await SyncAsync();

        SyncStepStatus told = Assert.Single(telling.Steps, s => s.Error?.Contains($"{name}.broken", StringComparison.Ordinal) == true);
        Assert.Equal((SyncOutcome.Warning, SyncOutcome.Success), (told.Status, telling.Status));
        Assert.DoesNotContain(after.Steps, s => s.Error?.Contains(".broken", StringComparison.Ordinal) == true);
        Assert.Equal("{ broken", File.ReadAllText(directory.PathOf(name + ".broken")));
        Assert.StartsWith("{\n", File.ReadAllText(directory.PathOf(name)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DataFiles.Budget, "{")]
    [InlineData(DataFiles.Budget, """{"monthly":-1}""")]
    [InlineData(DataFiles.Alerts, "{")]
    public async Task RunAsync_BudgetBrokenMeanwhile_FailsTheAlertsAndKeepsTheLastGood(string name, string content)
    {
        Write(directory.PathOf(DataFiles.Budget), """{"monthly":70,"currency":"USD"}""");
        await using Workspace workspace = Open();
        Assert.Equal(SyncOutcome.Success, (await workspace.Sync.RunAsync("manual")).Status);

        Write(directory.PathOf(name), content);
        SyncStatus status = await workspace.Sync.RunAsync("manual");

        Assert.Equal(SyncOutcome.Partial, status.Status);
        SyncStepStatus alerts = Assert.Single(status.Steps, s => s.Name == SyncStepNames.Alerts);
        Assert.Equal(SyncOutcome.Error, alerts.Status);
        Assert.Contains(name, alerts.Error, StringComparison.Ordinal);
        Assert.Equal(70, workspace.Current!.Analytics.Total.Month.Budget);
    }

    private async Task<SyncStatus> SyncAsync()
    {
        await using Workspace workspace = Open();
        return await workspace.Sync.RunAsync("manual");
    }

    private Workspace Open() =>
        new(directory, new WorkspaceOptions { Time = time, Environment = name => name == "CLAUDE_CONFIG_DIR" ? Path.Combine(root, "claude") : name == "HOME" ? root : null });

    // All but what changes with every run.
    private Dictionary<string, (DateTime Written, string Bytes)> Files() =>
        Directory.EnumerateFiles(directory.Root, "*", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(directory.Root, path).Replace('\\', '/'), Path: path))
            .Where(f => f.Name is not (DataFiles.SyncStatus or DataFiles.Lock) && !f.Name.StartsWith("logs/", StringComparison.Ordinal))
            .ToDictionary(f => f.Name, f => (File.GetLastWriteTimeUtc(f.Path), Convert.ToHexString(File.ReadAllBytes(f.Path))));

    private string Root => root.Replace('\\', '/');

    private string Call(int session, int number) =>
        """{"type":"assistant","sessionId":"session-SS","cwd":"ROOT/projects/shop","timestamp":"2026-11-1SST09:NN:00.000Z","requestId":"req_SS_NN","message":{"id":"msg_SS_NN","role":"assistant","model":"claude-sonnet-4-5","usage":{"input_tokens":1NN,"output_tokens":200,"cache_read_input_tokens":1000,"cache_creation_input_tokens":10}}}"""
            .Replace("ROOT", Root, StringComparison.Ordinal)
            .Replace("SS", session.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("NN", number.ToString("00", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
