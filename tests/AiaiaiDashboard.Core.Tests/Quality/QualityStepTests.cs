using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Quality;
using AiaiaiDashboard.Core.Quality.Reports;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Tests.Projects;
using LibGit2Sharp;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Quality;

/// <summary>Whole syncs over real folders and repositories.</summary>
public sealed class QualityStepTests : IDisposable
{
    private const string Summary = """{"total":{"lines":{"total":100,"covered":80,"pct":80}},"/elsewhere/shop/web/a.tsx":{"lines":{"total":40,"covered":20}},"/elsewhere/shop/src/b.cs":{"lines":{"total":60,"covered":60}}}""";

    private readonly ProjectFixture files = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
    private readonly DataDirectory directory;

    public QualityStepTests()
    {
        directory = new DataDirectory(files.At("data"));
        files.Write("data/config/sync.json", """{"timeZone":"UTC"}""");
        Configure("");
    }

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Run_RepositoryWithReports_MeasuresEverything()
    {
        Repository("shop", ("web/a.tsx", "// TODO one\nconst a = 1;\n"), ("src/b.cs", "// FIXME\n// HACK\n"), (".gitignore", "ignored/\n"));
        files.Write("work/shop/ignored/c.cs", "// TODO ignored");
        files.Write("work/shop/untracked.cs", "// TODO not added");
        Report("shop/coverage/coverage-summary.json", Summary);
        Report("shop/lighthouse-report.json", """{"categories":{"performance":{"score":0.91},"seo":{"score":1}}}""");
        Report("shop/junit.xml", """<testsuite tests="3" failures="1" skipped="1" time="2"/>""");
        await using Workspace workspace = Open();

        SyncStepStatus step = Step(await workspace.Sync.RunAsync("manual"));

        Assert.Equal((SyncOutcome.Success, 1L), (step.Status, step.Items));
        QualityRecord row = Assert.Single(workspace.Store.Read(QualityDocuments.Quality).Value!);
        Assert.Equal(("shop", "2026-11-21"), (row.Project, row.Date));
        Assert.Equal((50m, 100m, 80m, 100L), (row.TestCoverage!.Frontend, row.TestCoverage.Backend, row.TestCoverage.Overall, row.TestCoverage.Lines));
        Assert.Equal((91m, 100m, null), (row.LighthouseScore, row.Lighthouse!.Seo, row.Lighthouse.Accessibility));
        Assert.Equal((1L, 1L, 1L, 2000L), (row.Tests!.Passed, row.Tests.Failed, row.Tests.Skipped, row.Tests.DurationMs));
        Assert.Equal((3, 1L, 1L, 1L), (row.OpenIssues, row.Code!.Todo, row.Code.Fixme, row.Code.Hack));
        Assert.Equal(["C# 1 2", "TypeScript 1 2"], row.Code.Languages.Select(l => $"{l.Name} {l.Files} {l.Lines}"));
        Assert.Equal(TechDebt.Medium, row.TechDebt);
        Assert.Equal(["coverage/coverage-summary.json", "junit.xml", "lighthouse-report.json", ".git/index"], row.Sources!.Select(s => s.File));
        ProjectSummary shown = workspace.Current!.Project("shop")!;
        Assert.Equal((80m, 3, 80m), (shown.Coverage, shown.OpenIssues, workspace.Current.Quality.AverageCoverage));
        Assert.Contains("\"testsFailed\":1", await File.ReadAllTextAsync(directory.PathOf("history/quality-2026-11.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NothingToMeasure_IsSkippedAndWritesNothing()
    {
        files.Write("work/empty/package.json", "{}");
        await using Workspace workspace = Open();

        SyncStepStatus step = Step(await workspace.Sync.RunAsync("manual"));

        Assert.Equal(SyncOutcome.Skipped, step.Status);
        Assert.False(File.Exists(directory.PathOf(DataFiles.Quality)));
        Assert.False(workspace.Current!.Project("empty")!.Quality.IsMeasured);
    }

    [Fact]
    public async Task Run_Twice_LeavesEveryFileAlone()
    {
        Repository("shop", ("a.cs", "// TODO\n"));
        Report("shop/coverage/lcov.info", "SF:a.cs\nDA:1,1\nend_of_record\n");
        Report("shop/junit.xml", "<broken");
        await using (Workspace first = Open())
        {
            await first.Sync.RunAsync("manual");
            await first.Sync.RunAsync("manual");
        }

        Dictionary<string, (DateTime, string)> before = Files();
        await using Workspace second = Open();
        SyncStepStatus step = Step(await second.Sync.RunAsync("manual"));

        Assert.Equal(SyncOutcome.Warning, step.Status);
        Assert.Equal(before, Files());
        Assert.Contains("cache/quality.json", before.Keys);
    }

    [Fact]
    public async Task Run_DamagedReport_GivesThatProjectAReasonAndChangesNothingElse()
    {
        Report("shop/coverage/coverage-summary.json", Summary);
        Report("other/coverage/coverage-summary.json", Summary);
        files.Write("work/shop/package.json", "{}");
        files.Write("work/other/package.json", "{}");
        await using Workspace workspace = Open();
        await workspace.Sync.RunAsync("manual");
        Report("shop/coverage/coverage-summary.json", Summary[..60], hours: 1);

        SyncStatus status = await workspace.Sync.RunAsync("manual");

        Assert.Equal((SyncOutcome.Success, SyncOutcome.Warning), (status.Status, Step(status).Status));
        Assert.Contains("shop: coverage/coverage-summary.json is damaged", Step(status).Error, StringComparison.Ordinal);
        ProjectQuality shop = workspace.Current!.Project("shop")!.Quality;
        Assert.Equal((80m, true), (shop.Coverage, Assert.Single(shop.Sources).Kept));
        Assert.StartsWith("coverage/coverage-summary.json is damaged", Assert.Single(shop.Reasons), StringComparison.Ordinal);
        ProjectQuality other = workspace.Current.Project("other")!.Quality;
        Assert.Equal((80m, 0, false), (other.Coverage, other.Reasons.Count, other.Sources[0].Kept));
    }

    [Fact]
    public async Task Run_ReportGone_KeepsItsFiguresUntilTheNextOne()
    {
        files.Write("work/shop/package.json", "{}");
        string path = Report("shop/coverage/coverage-summary.json", Summary);
        await using Workspace workspace = Open();
        await workspace.Sync.RunAsync("manual");
        File.Delete(path);
        await workspace.Sync.RunAsync("manual");

        ProjectQuality kept = workspace.Current!.Project("shop")!.Quality;
        Assert.Equal((80m, true), (kept.Coverage, kept.Sources[0].Kept));

        Report("shop/lcov.info", "SF:a.cs\nDA:1,1\nDA:2,0\nend_of_record\n", hours: 2);
        await workspace.Sync.RunAsync("manual");

        ProjectQuality renewed = workspace.Current!.Project("shop")!.Quality;
        Assert.Equal((50m, "lcov.info", false), (renewed.Coverage, Assert.Single(renewed.Sources).File, renewed.Sources[0].Kept));
    }

    [Fact]
    public async Task Run_FiguresOfTheOriginalDashboard_StayUntilTheyAreMeasured()
    {
        files.Write("work/shop/package.json", "{}");
        files.Write("data/quality.json", """[{"project":"shop","date":"2026-10-01","testCoverage":{"frontend":70,"backend":50},"lighthouseScore":null,"openIssues":4,"techDebt":"medium","note":"mine"},{"project":"gone","date":"2026-10-01","openIssues":1}]""");
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");

        QualityList list = workspace.Store.Read(QualityDocuments.Quality).Value!;
        Assert.Equal(["shop", "gone"], list.Select(r => r.Project));
        Assert.Equal((60m, 4, "2026-10-01"), (QualityFigures.Coverage(list[0]), list[0].OpenIssues, list[0].Date));
        Assert.True(list[0].Extra!.ContainsKey("note"));
        Assert.Contains(QualitySourceKind.Coverage, workspace.Current!.Project("shop")!.Quality.StaleKinds);
    }

    [Fact]
    public async Task Run_SeveralReports_TheNewestWinsAndPackagesAddUp()
    {
        Repository("mono", ("frontend/src/a.ts", ""), ("backend/b.py", ""));
        Report("mono/frontend/coverage/coverage-summary.json", """{"total":{"lines":{"total":10,"covered":1}}}""", hours: -9);
        Report("mono/frontend/coverage/lcov.info", "SF:src/a.ts\nDA:1,1\nDA:2,1\nDA:3,0\nDA:4,1\nend_of_record\n");
        Report("mono/backend/coverage.xml", """<coverage><packages><package><classes><class filename="b.py"><lines><line number="1" hits="0"/><line number="2" hits="1"/></lines></class></classes></package></packages></coverage>""");
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");

        TestCoverage coverage = workspace.Store.Read(QualityDocuments.Quality).Value!.Single().TestCoverage!;
        Assert.Equal((75m, 50m, 66.67m, 6L), (coverage.Frontend, coverage.Backend, coverage.Overall, coverage.Lines));
    }

    [Fact]
    public async Task Run_TestProjectsOfOneSolution_UniteTheirLinesAndForgetEarlierRuns()
    {
        const string Report1 = """<coverage><sources><source>/</source></sources><packages><package><classes><class filename="ci/sln/src/A.cs"><lines><line number="1" hits="1"/><line number="2" hits="0"/></lines></class></classes></package></packages></coverage>""";
        Repository("sln", ("src/A.cs", ""), ("tests/One/One.csproj", "<Project/>"), ("tests/Two/Two.csproj", "<Project/>"));
        Report("sln/tests/One/TestResults/11/coverage.cobertura.xml", Report1);
        Report("sln/tests/One/TestResults/10/coverage.cobertura.xml", Report1.Replace("hits=\"0\"", "hits=\"7\"", StringComparison.Ordinal), hours: -0.1);
        Report("sln/tests/Two/TestResults/12/coverage.cobertura.xml", Report1.Replace("number=\"2\"", "number=\"3\"", StringComparison.Ordinal), hours: 0.05);
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");

        TestCoverage coverage = workspace.Store.Read(QualityDocuments.Quality).Value!.Single().TestCoverage!;
        Assert.Equal((33.33m, 3L), (coverage.Overall, coverage.Lines));
    }

    [Fact]
    public async Task Run_OwnRulesAndPlaces_AreFollowed()
    {
        Configure(""","quality":{"projects":{"shop":{"frontend":["lib/*.js"],"backend":["lib/server/"],"reports":["out/cov.json"]}}}""");
        files.Write("work/shop/package.json", "{}");
        Report("shop/out/cov.json", """{"total":{"lines":{"total":4,"covered":3}},"lib/a.js":{"lines":{"total":2,"covered":2}},"lib/server/b.js":{"lines":{"total":2,"covered":1}}}""");
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");

        TestCoverage coverage = workspace.Store.Read(QualityDocuments.Quality).Value!.Single().TestCoverage!;
        Assert.Equal((100m, 50m, 75m), (coverage.Frontend, coverage.Backend, coverage.Overall));
    }

    [Theory]
    [InlineData("../secret.json")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b.xml")]
    [InlineData("C:\\\\x.xml")]
    public async Task Run_PlaceOutsideTheProject_IsRefused(string place)
    {
        Configure($$""","quality":{"reports":["{{place}}"]}""");
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");

        Assert.Contains(workspace.Current!.Problems, p => p.File == DataFiles.Sources && p.Location?.Contains("quality.reports[0]", StringComparison.Ordinal) == true);
    }

    [SkippableFact]
    public async Task Run_LinksThatLeaveTheProject_AreNotFollowed()
    {
        Skip.If(OperatingSystem.IsWindows(), "Creating links needs a right that tests do not have there.");
        string secret = files.Write("secret/coverage-summary.json", Summary);
        files.Write("work/shop/package.json", "{}");
        files.Write("work/shop/real.info", "SF:a.cs\nDA:1,1\nend_of_record\n");
        Directory.CreateDirectory(files.At("work", "shop", "web", "coverage"));
        Directory.CreateSymbolicLink(files.At("work", "shop", "coverage"), files.At("secret"));
        File.CreateSymbolicLink(files.At("work", "shop", "web", "coverage", "coverage-summary.json"), secret);
        File.CreateSymbolicLink(files.At("work", "shop", "web", "lcov.info"), files.At("work", "shop", "real.info"));
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");

        ProjectQuality quality = workspace.Current!.Project("shop")!.Quality;
        Assert.Equal((100m, 1L), (quality.Coverage, quality.CoverageLines));
        Assert.Equal(2, quality.Reasons.Count(r => r.EndsWith("is a link that leaves the project; it was not followed.", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public async Task Run_TrackedFolderBecameALink_CountsWhatIsTracked()
    {
        Skip.If(OperatingSystem.IsWindows(), "Creating links needs a right that tests do not have there.");
        Repository("shop", ("src/a.cs", "// TODO tracked\n"));
        files.Write("secret/a.cs", "// TODO 1\n// TODO 2\n");
        Directory.Delete(files.At("work", "shop", "src"), recursive: true);
        Directory.CreateSymbolicLink(files.At("work", "shop", "src"), files.At("secret"));
        await using Workspace workspace = Open();

        await workspace.Sync.RunAsync("manual");

        Assert.Equal(1, workspace.Current!.Project("shop")!.OpenIssues);
    }

    [Fact]
    public async Task Run_CommittedChange_IsCountedAndTheRestIsNotReadAgain()
    {
        string shop = Repository("shop", ("a.cs", "// TODO\n"), ("b.cs", "// TODO\n// TODO\n"));
        await using Workspace workspace = Open();
        await workspace.Sync.RunAsync("manual");
        Assert.Equal(3, workspace.Current!.Project("shop")!.OpenIssues);

        Commit(shop, ("a.cs", "int done;\n"));
        await workspace.Sync.RunAsync("manual");

        Assert.Equal((2, 3L), (workspace.Current!.Project("shop")!.OpenIssues, workspace.Current.Project("shop")!.Quality.Code!.Lines));
    }

    [Fact]
    public async Task Run_DamagedIndex_GivesAReason()
    {
        string shop = Repository("shop", ("a.cs", "// TODO\n"));
        await File.WriteAllTextAsync(Path.Join(shop, ".git", "index"), "no index");
        await using Workspace workspace = Open();

        SyncStatus status = await workspace.Sync.RunAsync("manual");

        Assert.Equal(SyncOutcome.Warning, Step(status).Status);
        Assert.Contains("Source code was not counted", Step(status).Error, StringComparison.Ordinal);
        Assert.Null(workspace.Current!.Project("shop")!.OpenIssues);
    }

    [Fact]
    public async Task Run_BrokenQualityFile_IsSetAsideAndMeasuredAnew()
    {
        Repository("shop", ("a.cs", "// TODO\n"));
        files.Write("data/quality.json", "{ no json");
        await using Workspace workspace = Open();

        SyncStepStatus step = Step(await workspace.Sync.RunAsync("manual"));
        SyncStepStatus next = Step(await workspace.Sync.RunAsync("manual"));

        Assert.Equal((SyncOutcome.Warning, SyncOutcome.Success), (step.Status, next.Status));
        Assert.Equal(2, step.Error!.Split("quality.json,").Length);
        Assert.True(File.Exists(directory.PathOf("quality.json.broken")));
        Assert.Equal(1, workspace.Current!.Project("shop")!.OpenIssues);
    }

    [Fact]
    public async Task Run_OverAWeek_TellsWhatFellAndWhatBeganToFail()
    {
        files.Write("work/shop/package.json", "{}");
        Report("shop/coverage/coverage-summary.json", Summary);
        Report("shop/junit.xml", """<testsuite tests="3"/>""");
        await using Workspace workspace = Open();
        await workspace.Sync.RunAsync("manual");
        time.Advance(TimeSpan.FromDays(8));
        await workspace.Sync.RunAsync("manual");
        Assert.DoesNotContain(workspace.Current!.Attention, a => a.Kind is AttentionKind.CoverageDrop or AttentionKind.FailingTests);

        Report("shop/coverage/coverage-summary.json", Summary.Replace("\"covered\":80", "\"covered\":74", StringComparison.Ordinal), hours: 200);
        Report("shop/junit.xml", """<testsuite tests="3" failures="2"/>""", hours: 200);
        await workspace.Sync.RunAsync("manual");

        AttentionItem[] items = [.. workspace.Current!.Attention.Where(a => a.ProjectId == "shop")];
        Assert.Equal([AttentionKind.FailingTests, AttentionKind.CoverageDrop], items.Select(i => i.Kind));
        Assert.Equal((2L, new DateOnly(2026, 11, 29)), (items[0].Count, items[0].Day!.Value));
        Assert.Equal((74m, 80m, new DateOnly(2026, 11, 21)), (items[1].Percent, items[1].Before, items[1].Day!.Value));
        Assert.Equal([80m, 74m], workspace.Current.Project("shop")!.Quality.History.Select(p => p.Coverage!.Value));

        time.Advance(TimeSpan.FromDays(10));
        await workspace.Sync.RunAsync("manual");
        Assert.DoesNotContain(workspace.Current!.Attention, a => a.Kind == AttentionKind.FailingTests);
        Assert.Equal(new DateOnly(2026, 11, 29), workspace.Current.Project("shop")!.Quality.FailingSince);
        await using Workspace restarted = Open();
        Assert.Equal(3, restarted.Load().Project("shop")!.Quality.History.Count);
    }

    [Fact]
    public void Places_AreRelativeAndStayBelow() =>
        Assert.All(ReportFinder.Places, p => Assert.True(p[0] != '/' && !p.Contains("..", StringComparison.Ordinal)));

    private Workspace Open() => new(directory, new WorkspaceOptions { Time = time, Environment = _ => null });

    private void Configure(string more) =>
        files.Write("data/config/sources.json", $$"""{"claudeCode":{"enabled":false},"projects":{"roots":["{{files.At("work").Replace("\\", "\\\\", StringComparison.Ordinal)}}"]}{{more}}}""");

    private string Repository(string name, params (string Path, string Text)[] tracked)
    {
        string path = files.Folder("work", name);
        LibGit2Sharp.Repository.Init(path);
        Commit(path, tracked);
        return path;
    }

    private static void Commit(string path, params (string Path, string Text)[] tracked)
    {
        using var repository = new Repository(path);
        foreach ((string file, string text) in tracked)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Join(path, file))!);
            File.WriteAllText(Path.Join(path, file), text);
            Commands.Stage(repository, file);
        }

        var author = new Signature("Ada", "ada@example.org", new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero));
        repository.Commit("Change", author, author);
    }

    private string Report(string relative, string text, double hours = 0)
    {
        string path = files.Write($"work/{relative}", text);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 11, 21, 9, 0, 0, DateTimeKind.Utc).AddHours(hours));
        return path;
    }

    private static SyncStepStatus Step(SyncStatus status) => status.Steps.Single(s => s.Name == SyncStepNames.Quality);

    private Dictionary<string, (DateTime, string)> Files() => Directory.EnumerateFiles(directory.Root, "*", SearchOption.AllDirectories)
        .Select(f => (Name: Path.GetRelativePath(directory.Root, f).Replace('\\', '/'), Path: f))
        .Where(f => f.Name != DataFiles.SyncStatus)
        .ToDictionary(f => f.Name, f => (File.GetLastWriteTimeUtc(f.Path), File.ReadAllText(f.Path)));
}
