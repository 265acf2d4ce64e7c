using AiaiaiDashboard.Core.Projects;

namespace AiaiaiDashboard.Core.Tests.Projects;

public sealed class ProjectWorktreeTests : IDisposable
{
    private readonly ProjectFixture files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public void IdFor_GitWorktree_IsTheMainRepository()
    {
        string shop = files.Repository("shop", "2026-01-05");
        string fix = files.Worktree(shop, "fix", files.At("fix-worktree"));

        ProjectCatalogue catalogue = Empty();
        Assert.Equal("shop", catalogue.IdFor(Path.Join(fix, "src")));
        ProjectRecord project = Assert.Single(catalogue.ToList());
        Assert.Equal(shop, project.Path);
        Assert.Equal([fix], project.Directories!);

        // Its usage stays once the worktree is gone, and also once only the main repository is gone.
        Directory.Delete(fix, recursive: true);
        Assert.Equal("shop", new ProjectCatalogue(catalogue.ToList()).IdFor(fix));
    }

    [Fact]
    public void IdFor_WorktreeWhoseRepositoryIsGone_StaysWithIt()
    {
        string shop = files.Repository("shop", "2026-01-05");
        string fix = files.Worktree(shop, "fix", files.At("fix-worktree"));
        ProjectCatalogue catalogue = Empty();
        catalogue.IdFor(fix);
        Directory.Move(shop, files.At("moved"));

        Assert.Equal("shop", new ProjectCatalogue(catalogue.ToList()).IdFor(fix));
    }

    [Fact]
    public void IdFor_WorktreeWithRelativePaths_IsTheMainRepository()
    {
        string shop = files.Repository("shop", "2026-01-05");
        string fix = files.Worktree(shop, "fix", files.At("fix-worktree"));
        files.Write("fix-worktree/.git", "gitdir: ../shop/.git/worktrees/fix\n");
        files.Write("shop/.git/worktrees/fix/gitdir", "../../../../fix-worktree/.git\n");

        Assert.Equal("shop", Empty().IdFor(fix));
    }

    [Fact]
    public void IdFor_WorktreeOfBareRepository_IsTheBareRepository()
    {
        string shop = files.Repository("seed", "2026-01-05");
        LibGit2Sharp.Repository.Clone(shop, files.At("shop", ".bare"), new LibGit2Sharp.CloneOptions { IsBare = true });
        string main = files.Worktree(files.At("shop", ".bare"), "one", files.At("shop", "one"));

        ProjectCatalogue catalogue = Empty();
        Assert.Equal("shop", catalogue.IdFor(main));
        Assert.Equal(files.At("shop"), Assert.Single(catalogue.ToList()).Path);
    }

    [Fact]
    public void IdFor_ClaudeWorktreeOnDisk_IsItsOwner()
    {
        string shop = files.Repository("shop", "2026-01-05");
        files.Folder("shop", ".claude", "worktrees");
        string fix = files.Worktree(shop, "fix", files.At("shop", ".claude", "worktrees", "fix"));

        ProjectCatalogue catalogue = Empty();
        Assert.Equal("shop", catalogue.IdFor(fix));
        Assert.Null(Assert.Single(catalogue.ToList()).Directories);
    }

    [Fact]
    public void IdFor_Submodule_IsItsOwnProject()
    {
        files.Repository("shop", "2026-01-05");
        LibGit2Sharp.Repository.Init(files.At("shop", ".git", "modules", "lib"), isBare: true);
        files.Write("shop/lib/.git", "gitdir: ../.git/modules/lib\n");

        Assert.Equal("lib", Empty().IdFor(files.At("shop", "lib", "src")));
    }

    [Theory]
    [InlineData("/nowhere/shop/.claude/worktrees/fix-1/src", "/nowhere/shop")]
    [InlineData(@"C:\w\shop\.claude\worktrees\fix-1", @"C:\w\shop")]
    public void IdFor_ClaudeWorktree_IsItsOwner(string worktree, string owner)
    {
        ProjectCatalogue catalogue = Empty();

        Assert.Equal("shop", catalogue.IdFor(worktree));
        Assert.Equal("shop", catalogue.IdFor(owner));
        Assert.Equal(owner, Assert.Single(catalogue.ToList()).Path);
    }

    [Fact]
    public void IdFor_ForgedWorktreeFile_DoesNotJoinTheVictim()
    {
        string victim = files.Repository("victim", "2026-01-05");
        files.Write("evil/.git", "gitdir: ./fake\n");
        files.Write("evil/fake/commondir", Path.Join(victim, ".git") + "\n");
        files.Write("evil/fake/gitdir", files.At("evil", ".git") + "\n");
        files.Write("evil2/.git", $"gitdir: {Path.Join(victim, ".git", "worktrees", "none")}\n");
        files.Write("evil3/.git", "gitdir: " + new string('x', 100_000));
        files.Write("evil4/.git", "gitdir: /a\0b\n");
        files.Write("evil5/.git", "gitdir: .\n");

        ProjectCatalogue catalogue = Empty();
        foreach (string name in new[] { "evil", "evil2", "evil3", "evil4", "evil5" })
        {
            Assert.Equal(name, catalogue.IdFor(files.At(name)));
        }
    }

    [SkippableFact]
    public void IdFor_LinkToRepository_IsTheRepository()
    {
        Skip.If(OperatingSystem.IsWindows(), "Creating links needs a privilege on Windows.");
        string shop = files.Repository("shop", "2026-01-05");
        string link = files.At("link");
        Directory.CreateSymbolicLink(link, shop);
        Directory.CreateSymbolicLink(files.At("loop"), files.At("loop"));

        ProjectCatalogue catalogue = Empty();
        Assert.Equal("shop", catalogue.IdFor(Path.Join(link, "src")));
        Assert.Equal("loop", catalogue.IdFor(files.At("loop")));
        Directory.Delete(link);
        Assert.Equal("shop", new ProjectCatalogue(catalogue.ToList()).IdFor(Path.Join(link, "src")));
    }

    [Fact]
    public void IdFor_InsideGitFolder_IsTheOwner()
    {
        string shop = files.Repository("shop", "2026-01-05");

        Assert.Equal("shop", Empty().IdFor(Path.Join(shop, ".git", "hooks")));
    }

    [Fact]
    public void IdFor_BareRepository_IsOneProject()
    {
        LibGit2Sharp.Repository.Init(files.At("store.git"), isBare: true);

        ProjectCatalogue catalogue = Empty();
        Assert.Equal("store-git", catalogue.IdFor(files.At("store.git", "hooks")));
        Assert.Equal("store-git", catalogue.IdFor(files.At("store.git")));
    }

    private static ProjectCatalogue Empty() => new([]);
}
