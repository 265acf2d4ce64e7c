using System.Diagnostics;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Manifests;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using Microsoft.Extensions.Time.Testing;

namespace AiaiaiDashboard.Core.Tests.Projects;

public sealed class ProjectBadInputTests : IDisposable
{
    private readonly ProjectFixture files = new();

    public void Dispose() => files.Dispose();

    [Theory]
    [InlineData("package.json", "{\n  \"description\":", "package.json does not parse: it is no valid JSON at line 2, position 17.")]
    [InlineData("package.json", "", "package.json does not parse: it is empty.")]
    [InlineData("package.json", "[1]", "package.json does not parse: expected an object in { }.")]
    [InlineData("pyproject.toml", "[project\nname=", "pyproject.toml does not parse: it is no valid TOML at line 1")]
    [InlineData("Cargo.toml", "\na = [[[", "Cargo.toml does not parse: it is no valid TOML at line 2")]
    [InlineData("go.mod", "hello", "go.mod does not parse: the module line is missing.")]
    [InlineData("App.csproj", "<Project>\n<Description>x</Project>", "App.csproj does not parse: it is no valid XML at line 2, position 17.")]
    [InlineData("App.csproj", "<!DOCTYPE p [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Project><Description>&e;</Description></Project>", "App.csproj does not parse: a document type is not allowed in it.")]
    public void Refresh_ManifestThatDoesNotParse_NamesItAndShowsTheRest(string file, string text, string reason)
    {
        string shop = files.Repository("shop", "2025-03-04");
        files.Write("shop/" + file, text);
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);

        ProjectScan scan = Refresh(catalogue);

        Assert.StartsWith(reason, Assert.Single(scan.States["shop"].Reasons));
        Assert.Equal("2025-03-04", catalogue.ToList()[0].LastCommit);
        Assert.Null(catalogue.ToList()[0].Description);
    }

    [Fact]
    public void Refresh_RepositoryWithoutCommits_SaysSo()
    {
        ProjectCatalogue catalogue = new(new ProjectList([new ProjectRecord { Id = "fresh", LastCommit = "%Y->- (HEAD -> main)" }]));
        catalogue.IdFor(files.Repository("fresh"));

        ProjectScan scan = Refresh(catalogue);

        Assert.Equal("The repository has no commits yet.", Assert.Single(scan.States["fresh"].Reasons));
        Assert.Null(catalogue.ToList()[0].LastCommit);
    }

    [Fact]
    public void Refresh_BareRepository_HasDatesAndAReason()
    {
        string shop = files.Repository("shop", "2025-03-04");
        LibGit2Sharp.Repository.Clone(shop, files.At("store.git"), new LibGit2Sharp.CloneOptions { IsBare = true });
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(files.At("store.git"));

        ProjectScan scan = Refresh(catalogue);

        Assert.StartsWith("Bare repository", Assert.Single(scan.States["store-git"].Reasons));
        Assert.Equal("2025-03-04", catalogue.ToList()[0].LastCommit);
    }

    [Fact]
    public void Refresh_CorruptRepository_KeepsWhatIsKnown()
    {
        string shop = files.Repository("shop", "2025-03-04");
        ProjectCatalogue first = new([]);
        first.IdFor(shop);
        Refresh(first);
        foreach (string pack in Directory.EnumerateFiles(Path.Join(shop, ".git", "objects"), "*", SearchOption.AllDirectories))
        {
            File.SetAttributes(pack, FileAttributes.Normal);
            File.WriteAllText(pack, "damaged");
        }

        ProjectCatalogue second = new(first.ToList());
        ProjectScan damaged = Refresh(second);
        File.Delete(Path.Join(shop, ".git", "HEAD"));
        ProjectScan headless = Refresh(new ProjectCatalogue(first.ToList()));

        Assert.StartsWith("The repository could not be read:", Assert.Single(damaged.States["shop"].Reasons));
        Assert.StartsWith("The repository could not be read:", Assert.Single(headless.States["shop"].Reasons));
        Assert.Equal("2025-03-04", second.ToList()[0].LastCommit);
    }

    [Fact]
    public void Refresh_FolderThatIsGone_KeepsTheProject()
    {
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor("/nowhere/gone");
        catalogue.IdFor(@"Q:\nowhere\else");

        ProjectScan scan = Refresh(catalogue);

        Assert.Equal(["else", "gone"], catalogue.ToList().Select(p => p.Id));
        Assert.All(scan.States.Values, s => Assert.False(s.PathExists));
    }

    [Fact]
    public void Refresh_GitFileLeadingOut_IsNotFollowed()
    {
        string secret = files.Repository("secret", "2024-01-01");
        files.Write("evil/.git", $"gitdir: {Path.Join(secret, ".git")}\n");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(files.At("evil"));

        ProjectScan scan = Refresh(catalogue);

        Assert.Contains("does not point back", Assert.Single(scan.States["evil"].Reasons));
        Assert.Null(catalogue.ToList()[0].LastCommit);
    }

    [SkippableFact]
    public void Refresh_LinksPipesAndLargeFiles_AreNotRead()
    {
        Skip.If(OperatingSystem.IsWindows(), "Creating links needs a privilege on Windows.");
        string shop = files.Repository("shop", "2025-03-04");
        string outside = files.Write("outside/package.json", """{"description":"Stolen"}""");
        File.CreateSymbolicLink(Path.Join(shop, "package.json"), outside);
        files.Write("shop/Cargo.toml", "[package]\ndescription = \"" + new string('x', 1_100_000) + "\"");
        using (Process pipe = Process.Start("mkfifo", Path.Join(shop, "go.mod")))
        {
            pipe.WaitForExit();
        }

        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);
        ProjectScan scan = Refresh(catalogue);

        IReadOnlyList<string> reasons = scan.States["shop"].Reasons;
        Assert.Contains(reasons, r => r.StartsWith("package.json is a link that leaves the project", StringComparison.Ordinal));
        Assert.Contains("Cargo.toml is larger than 1 MB and was not read.", reasons);
        Assert.Contains(reasons, r => r.StartsWith("go.mod does not parse", StringComparison.Ordinal));
        Assert.Null(catalogue.ToList()[0].Description);
    }

    [SkippableTheory]
    // A folder of the project that is a link; a file whose link leads through one; a link with "..", as a path and through a folder.
    [InlineData(".planning", "../outside", ".planning/ROADMAP.md")]
    [InlineData("ROADMAP.md", "way/ROADMAP.md", "ROADMAP.md")]
    [InlineData("ROADMAP.md", "../outside/ROADMAP.md", "ROADMAP.md")]
    [InlineData("TODO.md", "inner/../../outside/ROADMAP.md", "TODO.md")]
    public void Refresh_PlanBehindALinkThatLeavesTheProject_IsNotRead(string link, string target, string named)
    {
        Skip.If(OperatingSystem.IsWindows(), "Creating links needs a privilege on Windows.");
        string shop = files.Repository("shop", "2025-03-04");
        files.Write("outside/ROADMAP.md", "# Stolen\n\n- [x] secret task\n- [ ] another\n");
        files.Folder("shop/inner");
        Directory.CreateSymbolicLink(Path.Join(shop, "way"), files.At("outside"));
        File.CreateSymbolicLink(Path.Join(shop, link), target);
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);

        ProjectScan scan = Refresh(catalogue);

        Assert.Contains($"{named} is a link that leaves the project; it was not followed.", scan.States["shop"].Reasons);
        Assert.Null(catalogue.ToList()[0].TasksTotal);
    }

    [SkippableFact]
    public void Refresh_PlanBehindALinkInsideTheProject_IsRead()
    {
        Skip.If(OperatingSystem.IsWindows(), "Creating links needs a privilege on Windows.");
        string shop = files.Repository("shop", "2025-03-04");
        files.Write("shop/docs/plan.md", "# Plan\n\n- [x] one\n- [ ] two\n");
        Directory.CreateSymbolicLink(Path.Join(shop, "way"), "docs");
        File.CreateSymbolicLink(Path.Join(shop, "ROADMAP.md"), "way/plan.md");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);

        Refresh(catalogue);

        Assert.Equal(2, catalogue.ToList()[0].TasksTotal);
    }

    [SkippableFact]
    public void WithoutLinks_LinksOfEveryKind_IsWhatTheSystemSays()
    {
        Skip.If(OperatingSystem.IsWindows(), "Creating links needs a privilege on Windows.");
        files.Write("real/deep/file", "x");
        Directory.CreateSymbolicLink(files.At("absolute"), files.At("real"));
        Directory.CreateSymbolicLink(files.At("relative"), "real/deep");
        File.CreateSymbolicLink(files.At("chain"), "absolute/deep/../deep/file");
        File.CreateSymbolicLink(files.At("loop"), "loop");
        File.CreateSymbolicLink(files.At("above"), "relative/../deep/file");

        foreach (string path in (string[])["real/deep/file", "absolute/deep/file", "relative/file", "chain", "loop", "above", "missing/file"])
        {
            Assert.Equal(FileIdentity.RealPath(files.At(path)), FileIdentity.WithoutLinks(files.At(path)));
        }
    }

    [Fact]
    public void Read_FolderThatCannotBeListed_SaysSo()
    {
        ManifestFacts facts = ManifestReader.Read(files.At("missing"), CancellationToken.None);

        Assert.StartsWith("The folder could not be read:", Assert.Single(facts.Reasons));
    }

    [SkippableFact]
    public void Refresh_FolderOfAnotherUser_SaysSo()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no file modes.");
        string shop = files.Folder("shop");
        ProjectCatalogue catalogue = new([]);
        catalogue.IdFor(shop);
#pragma warning disable CA1416 // skipped on Windows above
        File.SetUnixFileMode(shop, UnixFileMode.None);
        ProjectScan scan = Refresh(catalogue);
        File.SetUnixFileMode(shop, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#pragma warning restore CA1416

        // No mode keeps the superuser out.
        bool saidSo = scan.States["shop"].Reasons.Any(r => r.StartsWith("The folder could not be read:", StringComparison.Ordinal));
        Assert.Equal(Environment.UserName != "root", saidSo);
    }

    [Fact]
    public void Run_WorkThatHangs_IsLeftAloneAndNotStartedAgain()
    {
        using var never = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        int started = 0;

        string? Work(CancellationToken stop)
        {
            Interlocked.Increment(ref started);
            begun.Set();
            never.Wait(CancellationToken.None);
            return "late";
        }

        Assert.Null(TimeBound.Run<string>(nameof(Run_WorkThatHangs_IsLeftAloneAndNotStartedAgain), Work!, TimeSpan.FromMilliseconds(200), CancellationToken.None));
        Assert.Null(TimeBound.Run<string>(nameof(Run_WorkThatHangs_IsLeftAloneAndNotStartedAgain), Work!, TimeSpan.FromMilliseconds(200), CancellationToken.None));
        Assert.True(begun.Wait(TimeSpan.FromMinutes(1)));
        Assert.Equal(1, started);
        never.Set();
    }

    private static ProjectScan Refresh(ProjectCatalogue catalogue) =>
        ProjectDiscovery.Refresh(catalogue, new SourcesConfig(), new FakeTimeProvider(), TimeZoneInfo.Utc);
}
