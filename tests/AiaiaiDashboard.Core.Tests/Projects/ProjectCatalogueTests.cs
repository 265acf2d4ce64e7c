using AiaiaiDashboard.Core.Projects;
using CsCheck;

namespace AiaiaiDashboard.Core.Tests.Projects;

public sealed class ProjectCatalogueTests : IDisposable
{
    private readonly ProjectFixture files = new();

    public void Dispose() => files.Dispose();

    private static ProjectCatalogue Empty() => new([]);

    [Fact]
    public void IdFor_SubdirectoryOfRepository_IsTheRepository()
    {
        string shop = files.Repository("Shop Front", "2026-01-05");
        files.Folder("Shop Front", "src", "api");
        ProjectCatalogue catalogue = Empty();

        Assert.Equal("shop-front", catalogue.IdFor(Path.Join(shop, "src", "api")));
        Assert.Equal("shop-front", catalogue.IdFor(shop + "/"));
        Assert.Equal("shop-front", catalogue.IdFor(Path.Join(shop, "gone", "since")));
        ProjectRecord project = Assert.Single(catalogue.ToList());
        Assert.Equal((shop, true, "Shop Front"), (project.Path, project.Repository, project.Name));
    }

    [Fact]
    public void IdFor_NestedFoldersWithoutRepository_AreTwoProjects()
    {
        ProjectCatalogue catalogue = Empty();

        Assert.Equal("a", catalogue.IdFor("/nowhere/w/a"));
        Assert.Equal("b", catalogue.IdFor("/nowhere/w/a/b"));
        Assert.Equal(2, catalogue.ToList().Count);
    }

    [Fact]
    public void IdFor_RememberedRepositoryThatIsGone_KeepsWhatIsBelow()
    {
        string shop = files.Repository("shop", "2026-01-05");
        ProjectCatalogue first = Empty();
        first.IdFor(shop);
        ProjectList saved = first.ToList();
        files.Folder("elsewhere");
        Directory.Move(shop, files.At("elsewhere", "shop"));

        ProjectCatalogue second = new(saved);
        Assert.Equal("shop", second.IdFor(Path.Join(shop, "src")));
        Assert.Equal($"shop-{ProjectId.Hash(files.At("elsewhere", "shop"), 6)}", second.IdFor(files.At("elsewhere", "shop")));
    }

    [Fact]
    public void IdFor_RememberedPlainFolder_DoesNotTakeWhatIsBelow()
    {
        ProjectCatalogue first = Empty();
        first.IdFor("/nowhere/w/a");

        Assert.Equal("b", new ProjectCatalogue(first.ToList()).IdFor("/nowhere/w/a/b"));
    }

    [Fact]
    public void IdFor_RepositoryInRepository_IsItsOwnProject()
    {
        files.Repository("outer", "2026-01-05");
        string inner = files.Repository("outer/inner", "2026-01-05");

        ProjectCatalogue catalogue = Empty();
        Assert.Equal("inner", catalogue.IdFor(Path.Join(inner, "src")));
        Assert.Equal("outer", catalogue.IdFor(files.At("outer", "src")));
    }

    [Fact]
    public void Register_SameNames_GivesTheSameIdsInAnyOrder()
    {
        string[] directories = ["/nowhere/x/app", "/nowhere/a/app", "/nowhere/m/App"];
        ProjectCatalogue one = Empty();
        ProjectCatalogue other = Empty();

        one.Register(directories);
        other.Register(directories.Reverse());

        Assert.Equal(one.Directories.OrderBy(d => d.Key, StringComparer.Ordinal), other.Directories.OrderBy(d => d.Key, StringComparer.Ordinal));
        Assert.Equal("app", one.IdFor("/nowhere/a/app"));
        Assert.Equal($"app-{ProjectId.Hash("/nowhere/x/app", 6)}", one.IdFor("/nowhere/x/app"));
        Assert.Equal(3, one.Directories.Values.Distinct().Count());
    }

    [Fact]
    public void IdFor_ExistingIds_AreKeptWhateverIsFoundLater()
    {
        ProjectCatalogue first = Empty();
        first.IdFor("/nowhere/z/app");

        ProjectCatalogue second = new(first.ToList());
        second.Register(["/nowhere/a/app", "/nowhere/z/app"]);

        Assert.Equal("app", second.IdFor("/nowhere/z/app"));
        Assert.NotEqual("app", second.IdFor("/nowhere/a/app"));
    }

    [Fact]
    public void IdFor_ArbitraryTexts_StayStableThroughTheFile()
    {
        // Texts made of what paths are made of, so that they meet each other.
        Gen<string> part = Gen.OneOf("a", "B", "..", ".", "", ".git", ".claude", "worktrees", "\0", "x y", "\ud83d", "é");
        Gen<string> text = Gen.Select(Gen.OneOf("/nowhere/", "C:\\", "c:/", "\\\\", "-", "", "/"), Gen.OneOf("/", "\\"), part.Array[0, 5])
            .Select((start, separator, parts) => start + string.Join(separator, parts));
        text.Array[1, 8].Sample(directories =>
        {
            ProjectCatalogue first = Empty();
            first.Register(directories);
            ProjectList saved = RoundTrip(first.ToList());
            ProjectCatalogue second = new(saved);
            second.Register(directories.Reverse());

            Assert.True(new ProjectListValidator().Validate(saved).IsValid);
            Assert.Equal(first.Directories.OrderBy(d => d.Key, StringComparer.Ordinal), second.Directories.OrderBy(d => d.Key, StringComparer.Ordinal));
            Assert.False(second.Changed);
        }, iter: 400);
    }

    [Theory]
    [InlineData("/nowhere/Проект 7", "проект-7")]
    [InlineData("/nowhere/東京_app", "東京-app")]
    [InlineData("/nowhere/cafe\u0301", "café")]
    [InlineData("/", "root")]
    [InlineData(@"C:\Users\eve\My App", "my-app")]
    [InlineData("c:/users/eve/my app", "my-app")]
    [InlineData(@"\\server\share\App", "app")]
    [InlineData("-home-eve-shop", "-home-eve-shop")]
    [InlineData("unknown", "unknown")]
    [InlineData("", "unknown")]
    [InlineData("../../etc", "------etc")]
    [InlineData("/nowhere/a/../b/./", "b")]
    [InlineData("/nowhere/a\0b", "a-b")]
    [InlineData("/nowhere/a\nb\u202ec", "a-b-c")]
    public void IdFor_AnyText_GivesTheExpectedId(string directory, string id)
    {
        ProjectCatalogue catalogue = Empty();

        Assert.Equal(id, catalogue.IdFor(directory));
        Assert.Equal(id, new ProjectCatalogue(RoundTrip(catalogue.ToList())).IdFor(directory));
    }

    [Fact]
    public void IdFor_LoneSurrogate_IsAnyOtherCharacter()
    {
        ProjectCatalogue catalogue = Empty();

        Assert.Equal("-x", catalogue.IdFor("/nowhere/" + '\ud800' + "x"));
        Assert.Equal("/nowhere/\ufffdx", RoundTrip(catalogue.ToList())[0].Path);
    }

    [Fact]
    public void IdFor_WindowsSpellings_AreOneProject()
    {
        ProjectCatalogue catalogue = Empty();

        Assert.Equal(catalogue.IdFor(@"C:\Work\Shop"), catalogue.IdFor(@"c:/work/shop/"));
        Assert.Single(catalogue.ToList());
    }

    [Fact]
    public void IdFor_VeryLongTexts_StayApartAndBounded()
    {
        string one = "/" + new string('a', 1_000_000);
        string other = one + "b";

        ProjectCatalogue catalogue = Empty();
        Assert.NotEqual(catalogue.IdFor(one), catalogue.IdFor(other));
        Assert.NotEqual(catalogue.IdFor("/nowhere/" + new string('n', 250)), catalogue.IdFor("/nowhere/" + new string('n', 251)));
        Assert.All(catalogue.ToList(), p => Assert.InRange(p.Id.Length, 1, ProjectId.MaxLength));
        Assert.Equal(catalogue.IdFor(one), new ProjectCatalogue(RoundTrip(catalogue.ToList())).IdFor(one));
        Assert.True(new ProjectListValidator().Validate(catalogue.ToList()).IsValid);
    }

    [Fact]
    public void IdFor_SlugAndFolderOfThatName_AreTwoProjects()
    {
        ProjectCatalogue catalogue = Empty();
        Assert.Equal("unknown", catalogue.IdFor("unknown"));

        ProjectCatalogue second = new(RoundTrip(catalogue.ToList()));
        Assert.NotEqual("unknown", second.IdFor("/nowhere/unknown"));
        Assert.Equal("unknown", second.IdFor("unknown"));
        Assert.False(new ProjectCatalogue(RoundTrip(second.ToList())).Changed);
    }

    [Fact]
    public void IdFor_RowWithoutPath_IsFilledInByTheFolderOfItsName()
    {
        var list = new ProjectList([new ProjectRecord { Id = "shop", Name = "The shop", Status = "paused", Client = "Grocer" }]);
        ProjectCatalogue catalogue = new(list);

        Assert.Equal("shop", catalogue.IdFor("/nowhere/a/shop"));
        Assert.Equal("shop-" + ProjectId.Hash("/nowhere/b/shop", 6), catalogue.IdFor("/nowhere/b/shop"));
        ProjectRecord shop = catalogue.ToList()[0];
        Assert.Equal(("The shop", "paused", "Grocer", "/nowhere/a/shop"), (shop.Name, shop.Status, shop.Client, shop.Path));
    }

    [Fact]
    public void IdForName_KnownIdOrName_IsThatProject()
    {
        var list = new ProjectList([new ProjectRecord { Id = "shop", Name = "The shop" }, new ProjectRecord { Id = "rag-evaluator" }]);
        ProjectCatalogue catalogue = new(list);

        Assert.Equal("shop", catalogue.IdForName("shop"));
        Assert.Equal("shop", catalogue.IdForName(" the SHOP "));
        Assert.Equal("rag-evaluator", catalogue.IdForName("RAG Evaluator"));
        Assert.False(catalogue.Changed);
        Assert.Equal("new-one", catalogue.IdForName("New one"));
        Assert.Equal("new-one", catalogue.IdFor("/nowhere/new-one"));
        Assert.Equal("unknown", catalogue.IdForName(""));
        Assert.True(catalogue.Changed);
    }

    [Fact]
    public void ApplyTo_FileChangedMeanwhile_KeepsThePersonsChange()
    {
        var list = new ProjectList([new ProjectRecord { Id = "shop", Status = "active" }, new ProjectRecord { Id = "old" }]);
        ProjectCatalogue catalogue = new(list);
        catalogue.Register(["/nowhere/shop", "/nowhere/zeta", "/nowhere/beta"]);

        ProjectList result = catalogue.ApplyTo(new ProjectList([new ProjectRecord { Id = "own" }, new ProjectRecord { Id = "shop", Status = "completed" }]));

        Assert.Equal(["own", "shop", "beta", "zeta"], result.Select(p => p.Id));
        Assert.Equal(("completed", "/nowhere/shop"), (result[1].Status, result[1].Path));
    }

    [Fact]
    public void IdFor_DiscoveryFromUsageOff_HidesUntilItIsOn()
    {
        ProjectCatalogue off = new([], hideDiscovered: true);
        Assert.Equal("shop", off.IdFor("/nowhere/shop"));
        ProjectList saved = RoundTrip(off.ToList());
        Assert.True(saved[0].IsHidden);

        ProjectCatalogue stillOff = new(saved, hideDiscovered: true);
        stillOff.IdFor("/nowhere/shop");
        Assert.False(stillOff.Changed);

        ProjectCatalogue on = new(saved);
        on.IdFor("/nowhere/shop");
        Assert.False(on.ToList()[0].IsHidden);
    }

    [Fact]
    public void IdFor_HiddenByAPerson_StaysHidden()
    {
        ProjectCatalogue catalogue = new(new ProjectList([new ProjectRecord { Id = "shop", Path = "/nowhere/shop", Hidden = true }]));
        catalogue.IdFor("/nowhere/shop");

        Assert.True(catalogue.ToList()[0].IsHidden);
    }

    [Fact]
    public void IdFor_MoreProjectsThanTheBound_CountTogether()
    {
        var list = new ProjectList(Enumerable.Range(0, ProjectCatalogue.MaxProjects).Select(i => new ProjectRecord { Id = $"p{i}", Path = $"/nowhere/p{i}" }));
        ProjectCatalogue catalogue = new(list);

        Assert.Equal("other-directories", catalogue.IdFor("/nowhere/one"));
        Assert.Equal("other-directories", catalogue.IdFor("/nowhere/two"));
        Assert.Equal("other-directories", catalogue.IdForName("three"));
        Assert.Equal("p7", catalogue.IdFor("/nowhere/p7"));
        Assert.Null(catalogue.ToList()[^1].Path);
    }

    private static ProjectList RoundTrip(ProjectList list) =>
        System.Text.Json.JsonSerializer.Deserialize(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(list, ProjectDocuments.Projects.Json), ProjectDocuments.Projects.Json)!;
}
