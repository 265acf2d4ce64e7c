using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rule R1.</summary>
public sealed class TranscriptRootsTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("aiaiai-roots-").FullName;
    private readonly Dictionary<string, string?> variables = [];

    public TranscriptRootsTests() => variables["HOME"] = home;

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public void Find_NothingSet_LooksInBothConfigDirectories()
    {
        string claude = Config(".claude");
        string xdg = Config(".config/claude");

        Assert.Equal([xdg, claude], Found());
    }

    [Fact]
    public void Find_XdgConfigHome_ReplacesDotConfig()
    {
        Config(".config/claude");
        string other = Config("xdg/claude");
        variables["XDG_CONFIG_HOME"] = Path.Combine(home, "xdg");

        Assert.Equal([other], Found());
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(",")]
    [InlineData(" , ,")]
    public void Find_EmptyVariable_CountsAsNotSet(string value)
    {
        string claude = Config(".claude");
        variables["CLAUDE_CONFIG_DIR"] = value;
        variables["XDG_CONFIG_HOME"] = "";

        Assert.Equal([claude], Found());
    }

    [Fact]
    public void Find_VariableWithSeveralDirectories_ReadsThoseThatExist()
    {
        string a = Config("a");
        string b = Config("b");
        Config(".claude");
        variables["CLAUDE_CONFIG_DIR"] = $"{home}/a, ~/b ,{home}/gone";

        Assert.Equal([a, b], Found());
    }

    [Fact]
    public void Find_VariableNamesADirectoryWithAComma_IsNotSplit()
    {
        string odd = Config("a,b");
        Config("a");
        variables["CLAUDE_CONFIG_DIR"] = Path.Combine(home, "a,b");

        Assert.Equal([odd], Found());
    }

    [Fact]
    public void Find_ConfiguredPaths_WinOverTheVariable()
    {
        string a = Config("a");
        Config("b");
        variables["CLAUDE_CONFIG_DIR"] = Path.Combine(home, "b");

        Assert.Equal([a], Found("~/a"));
    }

    [Fact]
    public void Find_BlankConfiguredPaths_CountAsNotSet()
    {
        string b = Config("b");
        variables["CLAUDE_CONFIG_DIR"] = Path.Combine(home, "b");

        Assert.Equal([b], Found("", " "));
    }

    [Fact]
    public void Find_DirectoryNamedProjects_IsReadItself()
    {
        string projects = Config("a");

        Assert.Equal([projects], Found(projects));
        Assert.Equal([projects + "/"], Found(projects + "/"));
    }

    [SkippableFact]
    public void Find_RootIsALink_IsFollowed()
    {
        AiaiaiDashboard.Tests.Shared.Requires.Unix();
        Config("a");
        Directory.CreateSymbolicLink(Path.Combine(home, "link"), Path.Combine(home, "a"));
        Directory.CreateSymbolicLink(Path.Combine(home, "projects"), Path.Combine(home, "a", "projects"));

        Assert.Equal([Path.Combine(home, "link", "projects"), Path.Combine(home, "projects")], Found("~/link", "~/projects"));
    }

    [Fact]
    public void Find_RootIsAFile_SaysSo()
    {
        string file = Path.Combine(home, "a");
        File.WriteAllText(file, "");

        TranscriptRoot root = Assert.Single(Find(file));
        Assert.Null(root.Projects);
        Assert.Equal("is a file, not a directory", root.Problem);
    }

    [Fact]
    public void Find_RootDoesNotExist_IsNamedWithoutProblem()
    {
        TranscriptRoot root = Assert.Single(Find("~/gone"));

        Assert.Equal(new TranscriptRoot(Path.Combine(home, "gone"), null, null), root);
    }

    private string Config(string name)
    {
        string projects = Path.Combine(home, name, "projects");
        Directory.CreateDirectory(projects);
        return projects;
    }

    private IReadOnlyList<TranscriptRoot> Find(params string[] paths) =>
        TranscriptRoots.Find(new ClaudeCodeSource { Paths = paths }, name => variables.GetValueOrDefault(name));

    private List<string> Found(params string[] paths) => [.. Find(paths).Select(r => r.Projects).OfType<string>()];
}
