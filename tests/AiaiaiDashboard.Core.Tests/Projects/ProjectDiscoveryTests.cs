using System.Text.Json;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Projects;

public sealed class ProjectDiscoveryTests : IDisposable
{
    private readonly ProjectFixture files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void Refresh_Repository_FillsInTheFacts()
    {
        string shop = files.Repository("shop", "2025-03-04", "2026-01-05", "2026-11-20");
        files.Write("shop/package.json", """{"name":"@grocer/shop","description":"Sells\n fruit.","dependencies":{"next":"16","react":"19"},"devDependencies":{"typescript":"6"}}""");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);

        ProjectScan scan = Refresh(catalogue);

        ProjectRecord project = Assert.Single(catalogue.ToList());
        Assert.Equal(("2025-03-04", "2026-11-20", "Sells fruit."), (project.StartDate, project.LastCommit, project.Description));
        Assert.Equal(["TypeScript", "Next.js", "React"], project.Stack!);
        Assert.Equal(("active", "", ""), (project.Status, project.Client, project.Deadline));
        ProjectState state = scan.States["shop"];
        Assert.True(state is { PathExists: true, IsRepository: true });
        Assert.Contains(state.Branch, new[] { "master", "main" });
        Assert.Empty(state.Reasons);
        Assert.Equal(1, scan.Repositories);
    }

    [Theory]
    [InlineData("ada/shop", "https://ghp_secret@github.com/ada/shop.git", "https://github.com/fork/shop.git")]
    [InlineData("fork/shop", "https://gitlab.com/ada/shop.git", "git@github.com:fork/shop.git")]
    [InlineData(null, "https://gitlab.com/ada/shop.git", "/srv/github.com/ada/shop")]
    public void Refresh_Remotes_NamesTheRepositoryOnGitHubAndNothingElseOfThem(string? expected, string origin, string other)
    {
        string shop = files.Repository("shop", "2026-11-20");
        using (var repository = new LibGit2Sharp.Repository(shop))
        {
            repository.Network.Remotes.Add("a-fork", other);
            repository.Network.Remotes.Add("origin", origin);
        }

        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);

        ProjectScan scan = Refresh(catalogue);

        Assert.Equal(expected, scan.States["shop"].GitHub?.Repository);
        Assert.DoesNotContain("ghp_secret", JsonSerializer.Serialize(scan.States) + JsonSerializer.Serialize(catalogue.ToList()), StringComparison.Ordinal);
    }

    [Fact]
    public void Refresh_RemotesThatAreDamaged_DoNotHideTheHistory()
    {
        string shop = files.Repository("shop", "2026-11-20");
        File.AppendAllText(Path.Join(shop, ".git", "config"), "[remote \"origin\"]\n\turl =\n[remote \"..\"]\n\turl = x\n[remote \"b\"]\n\tfetch = +refs\n");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);

        ProjectScan scan = Refresh(catalogue);

        Assert.Equal(new DateOnly(2026, 11, 20), scan.States["shop"].LastCommit);
        Assert.Null(scan.States["shop"].GitHub);
    }

    [Fact]
    public void Refresh_CommitNearMidnight_FallsOnTheDayOfTheZone()
    {
        string shop = files.Repository("shop", "2026-11-20T23:30:00Z");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);

        ProjectDiscovery.Refresh(catalogue, new SourcesConfig(), new FakeTimeProvider(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));

        Assert.Equal("2026-11-21", catalogue.ToList()[0].LastCommit);
    }

    [Fact]
    public void Refresh_SecondTime_ChangesNothing()
    {
        string shop = files.Repository("shop", "2025-03-04", "2026-01-05");
        files.Write("shop/Cargo.toml", "[package]\ndescription = \"Fast\"\n[dependencies]\naxum = \"1\"\n");
        files.Worktree(shop, "fix", files.At("fix"));
        files.Folder("plain");
        ProjectCatalogue first = new([]);
        first.Register([shop, files.At("fix"), files.At("plain"), "/nowhere/gone", "-slug", "unknown"]);
        Refresh(first);
        byte[] saved = Json(first.ToList());

        ProjectCatalogue second = new(JsonSerializer.Deserialize(saved, ProjectDocuments.Projects.Json)!);
        second.Register([shop, files.At("fix"), files.At("plain"), "/nowhere/gone", "-slug", "unknown"]);
        Refresh(second);

        Assert.Equal(saved, Json(second.ToList()));
        Assert.False(second.Changed);
    }

    [Fact]
    public void Refresh_FieldsEditedByAPerson_AreNeverOverwritten()
    {
        string shop = files.Repository("shop", "2025-03-04");
        files.Write("shop/package.json", """{"description":"From the manifest"}""");
        ProjectCatalogue first = new([]);
        first.IdFor(shop);
        Refresh(first);
        ProjectRecord edited = first.ToList()[0] with
        {
            Name = "The shop",
            Description = "Mine",
            StartDate = "spring 2025",
            Stack = ["COBOL"],
            Status = "paused",
            Client = "Grocer",
            Deadline = "2027-01-01",
        };

        files.Write("shop/package.json", """{"description":"Newer","dependencies":{"vue":"3"}}""");
        ProjectFixture.Commit(shop, new DateTimeOffset(2026, 5, 6, 12, 0, 0, TimeSpan.Zero));
        ProjectCatalogue second = new(new ProjectList([edited]));
        Refresh(second);

        ProjectRecord project = second.ToList()[0];
        Assert.Equal(("The shop", "Mine", "spring 2025", "paused"), (project.Name, project.Description, project.StartDate, project.Status));
        Assert.Equal(("Grocer", "2027-01-01", "2026-05-06"), (project.Client, project.Deadline, project.LastCommit));
        Assert.Equal(["COBOL"], project.Stack!);
    }

    [Fact]
    public void Refresh_FieldStillHoldingWhatSyncWrote_FollowsTheManifest()
    {
        string shop = files.Repository("shop", "2025-03-04");
        files.Write("shop/package.json", """{"description":"Old"}""");
        ProjectCatalogue first = new([]);
        first.IdFor(shop);
        Refresh(first);
        files.Write("shop/package.json", """{"description":"New","dependencies":{"vue":"3"}}""");

        ProjectCatalogue second = new(first.ToList());
        Refresh(second);

        Assert.Equal(("New", "New"), (second.ToList()[0].Description, second.ToList()[0].Auto!["description"].GetString()));
        Assert.Equal(["JavaScript", "Vue"], second.ToList()[0].Stack!);
    }

    [Fact]
    public void Refresh_RowsWithoutPath_KeepWhatTheyHold()
    {
        var list = new ProjectList([new ProjectRecord { Id = "shop", LastCommit = "2026-11-01", Stack = ["Go"], Description = "d" }]);
        ProjectCatalogue catalogue = new(list);

        ProjectScan scan = Refresh(catalogue);

        Assert.False(catalogue.Changed);
        Assert.False(scan.States["shop"].PathExists);
        Assert.Empty(scan.States["shop"].Reasons);
    }

    [Fact]
    public void Refresh_PlainFolder_HasStackAndAReason()
    {
        files.Write("plain/requirements.txt", "# web\nFastAPI[standard]>=0.115\n-r other.txt\n");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(files.At("plain"));

        ProjectScan scan = Refresh(catalogue);

        Assert.Equal(["Python", "FastAPI"], catalogue.ToList()[0].Stack!);
        Assert.Contains("no git repository", Assert.Single(scan.States["plain"].Reasons));
    }

    [Fact]
    public void Refresh_Roots_FindRepositoriesAndManifests()
    {
        files.Repository("roots/shop", "2025-03-04");
        files.Write("roots/tool/go.mod", "module example.org/tool\nrequire (\n\tgithub.com/gin-gonic/gin v1.10.0\n)\n");
        files.Folder("roots", "notes");
        files.Repository("single", "2025-03-04");
        ProjectCatalogue catalogue = new([], hideDiscovered: true);
        catalogue.IdFor(files.At("roots", "shop"));
        var sources = new SourcesConfig { Projects = new ProjectSources { Roots = [files.At("roots"), files.At("single"), files.At("missing"), "relative"] } };

        ProjectScan scan = ProjectDiscovery.Refresh(catalogue, sources, new FakeTimeProvider(), TimeZoneInfo.Utc);

        Assert.Equal(["shop", "single", "tool"], catalogue.ToList().Select(p => p.Id));
        Assert.All(catalogue.ToList(), p => Assert.False(p.IsHidden));
        Assert.Equal(["Go", "Gin"], catalogue.ToList()[2].Stack!);
        Assert.Equal(["2 projects", "1 project", "does not exist", "is not an absolute path"], scan.Searched.Select(s => s.Result));
        Assert.Equal([true, true, false, false], scan.Searched.Select(s => s.Found));
        Assert.Equal(
            [$"projects.roots[2] of config/sources.json: {files.At("missing")} does not exist.", "projects.roots[3] of config/sources.json: relative is not an absolute path."],
            scan.Warnings);
    }

    [Fact]
    public void Refresh_DotNetSolution_ReadsProjectsTwoLevelsDown()
    {
        string shop = files.Repository("shop", "2025-03-04");
        files.Write("shop/Shop.sln", "");
        files.Write("shop/src/Web/Web.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><Description>Sells fruit</Description></PropertyGroup>
            <ItemGroup><PackageReference Include="MudBlazor" Version="9" /></ItemGroup></Project>
            """);
        files.Write("shop/a/b/c/Deep.fsproj", "<Project />");
        files.Write("shop/node_modules/x/x.vbproj", "<Project />");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);
        Refresh(catalogue);

        Assert.Equal(["C#", ".NET", "ASP.NET Core", "Blazor"], catalogue.ToList()[0].Stack!);
        Assert.Equal("Sells fruit", catalogue.ToList()[0].Description);
    }

    [Fact]
    public void Refresh_PyProject_ReadsBothKinds()
    {
        files.Write("one/pyproject.toml", "[project]\ndescription = \"One\"\ndependencies = [\"Django >= 5.1 ; python_version > '3.9'\"]\n[project.optional-dependencies]\nml = [\"torch\"]\n");
        files.Write("two/pyproject.toml", "[tool.poetry]\ndescription = \"Two\"\n[tool.poetry.dependencies]\npython = \"^3.12\"\nFlask = \"^3\"\n");
        ProjectCatalogue catalogue = new([]);
        catalogue.Register([files.At("one"), files.At("two")]);
        Refresh(catalogue);

        Assert.Equal(["Python", "Django", "PyTorch"], catalogue.ToList()[0].Stack!);
        Assert.Equal(["Python", "Flask"], catalogue.ToList()[1].Stack!);
        Assert.Equal(["One", "Two"], catalogue.ToList().Select(p => p.Description));
    }

    [Fact]
    public void Refresh_ManyRepositoriesAgain_ReadsOnlyWhatCanChange()
    {
        string shop = files.Repository("shop", "2025-03-04", "2026-01-05");
        ProjectCatalogue first = new([]);
        first.IdFor(shop);
        ProjectScan before = ProjectDiscovery.Refresh(first, new SourcesConfig(), new CountingTime(), TimeZoneInfo.Utc);

        // The clock of the walk: asked only where something was committed since.
        var clock = new CountingTime();
        ProjectCatalogue second = new(first.ToList());
        ProjectScan scan = ProjectDiscovery.Refresh(second, new SourcesConfig(), clock, TimeZoneInfo.Utc, before: before);

        Assert.Equal(0, clock.Asked);
        Assert.Equal(new DateOnly(2025, 3, 4), scan.States["shop"].FirstCommit);
        Assert.Equal(1, scan.States["shop"].CommitsPerDay.Sum());
    }

    [Fact]
    public void Refresh_CommitsOfTheLastWeeks_AreCountedPerDayAndListed()
    {
        string shop = files.Repository("shop", "2025-03-04", "2025-10-08", "2025-10-09", "2026-01-05", "2026-01-05T23:00:00Z", "2026-01-06");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);

        ProjectState state = ProjectDiscovery.Refresh(catalogue, new SourcesConfig(), new CountingTime(), TimeZoneInfo.Utc).States["shop"];

        // 90 days that end with January 6: October 9 is the first of them.
        Assert.Equal((90, 1, 2, 1, 4), (state.CommitsPerDay.Count, state.CommitsPerDay[0], state.CommitsPerDay[88], state.CommitsPerDay[89], state.CommitsPerDay.Sum()));
        Assert.Equal(("Ada", "Note 2026-01-06T12:00:00.0000000+00:00"), (state.Commits[0].Author, state.Commits[0].Subject));
        Assert.Equal(6, state.Commits.Count);
    }

    [Fact]
    public void Refresh_PlanningDocument_GivesProgressUntilAPersonSetsIt()
    {
        string shop = files.Folder("shop");
        files.Write("shop/.planning/ROADMAP.md", "## Phase 1: Base\n- [x] a\n- [x] b\n## Phase 2: Rest\n- [ ] c\n- [ ] d\n");
        files.Write("shop/TODO.md", "- [x] counts for nothing beside a roadmap\n");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);
        ProjectScan scan = Refresh(catalogue);
        ProjectRecord first = catalogue.ToList()[0];
        files.Write("shop/.planning/ROADMAP.md", "- [x] a\n- [x] b\n- [x] c\n- [ ] d\n");

        ProjectRecord synced = AgainWith(first);
        ProjectRecord typed = AgainWith(first with { Progress = 10, TasksTotal = 7 });

        Assert.Equal((50m, 4L, 2L), (first.Progress, first.TasksTotal, first.TasksDone));
        Assert.Equal("Phase 2: Rest", scan.States["shop"].Roadmap!.Current!.Title);
        Assert.Equal((75m, 4L, 3L), (synced.Progress, synced.TasksTotal, synced.TasksDone));
        Assert.Equal((10m, 7L, 3L), (typed.Progress, typed.TasksTotal, typed.TasksDone));

        ProjectRecord AgainWith(ProjectRecord project)
        {
            ProjectCatalogue again = new([project]);
            again.IdFor(shop);
            Refresh(again);
            return again.ToList()[0];
        }
    }

    [Fact]
    public void Refresh_WalkThatTakesTooLong_GivesNoStart()
    {
        string shop = files.Repository("shop", "2025-03-04", "2026-01-05");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);

        ProjectScan scan = ProjectDiscovery.Refresh(catalogue, new SourcesConfig(), new CountingTime { Step = TimeSpan.FromSeconds(3) }, TimeZoneInfo.Utc);

        Assert.StartsWith("The history is long", Assert.Single(scan.States["shop"].Reasons));
        Assert.Equal((null, "2026-01-05"), (catalogue.ToList()[0].StartDate, catalogue.ToList()[0].LastCommit));
    }

    [Fact]
    public void Refresh_Cancelled_Stops()
    {
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor("/nowhere/shop");

        Assert.Throws<OperationCanceledException>(() =>
            ProjectDiscovery.Refresh(catalogue, new SourcesConfig(), new FakeTimeProvider(), TimeZoneInfo.Utc, cancel: new CancellationToken(true)));
    }

    private static ProjectScan Refresh(ProjectCatalogue catalogue) =>
        ProjectDiscovery.Refresh(catalogue, new SourcesConfig(), new FakeTimeProvider(), TimeZoneInfo.Utc);

    private sealed class CountingTime : TimeProvider
    {
        public int Asked { get; private set; }

        public TimeSpan Step { get; init; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => new(2026, 1, 6, 12, 0, 0, TimeSpan.Zero);

        public override long GetTimestamp() => Asked++ * Step.Ticks;
    }

    private static byte[] Json(ProjectList list) => JsonSerializer.SerializeToUtf8Bytes(list, ProjectDocuments.Projects.Json);
}
