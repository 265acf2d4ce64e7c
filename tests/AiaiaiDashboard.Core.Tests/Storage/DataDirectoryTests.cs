using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ResolveRoot_OptionGiven_WinsOverEnvironmentAndIsRelativeToTheWorkingDirectory()
    {
        Assert.Equal(Path.Combine(folder.Parent, "x"), DataDirectory.ResolveRoot("x", _ => "/elsewhere", folder.Parent));
    }

    [Fact]
    public void ResolveRoot_EnvironmentSet_WinsOverLocalData()
    {
        Directory.CreateDirectory(Path.Combine(folder.Parent, "data"));

        Assert.Equal(Path.Combine(folder.Parent, "env"), DataDirectory.ResolveRoot(null, name => name == "AIAIAI_DATA" ? "env" : null, folder.Parent));
    }

    [Fact]
    public void ResolveRoot_LocalDataExists_IsUsed()
    {
        Directory.CreateDirectory(Path.Combine(folder.Parent, "data"));

        Assert.Equal(Path.Combine(folder.Parent, "data"), DataDirectory.ResolveRoot("", _ => "", folder.Parent));
    }

    [SkippableTheory]
    [InlineData("/xdg", "/xdg/aiaiai-dashboard")]
    [InlineData("relative", "/home/me/.local/share/aiaiai-dashboard")]
    [InlineData(null, "/home/me/.local/share/aiaiai-dashboard")]
    public void ResolveRoot_NothingElse_IsThePlatformsPlace(string? xdg, string expected)
    {
        Skip.IfNot(OperatingSystem.IsLinux());

        string root = DataDirectory.ResolveRoot(null, name => name == "XDG_DATA_HOME" ? xdg : name == "HOME" ? "/home/me" : null, folder.Parent);

        Assert.Equal(expected, root);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData(".")]
    public void PathOf_LeavesTheDirectory_IsRefused(string relative) =>
        Assert.Throws<ArgumentException>(() => folder.Data.PathOf(relative));

    [Theory]
    [InlineData("with space")]
    [InlineData("größe-日本-🎈")]
    public void EnsureCreated_NameWithSpacesOrAnyScript_Works(string name)
    {
        using var other = new TestFolder(name);

        other.Data.EnsureCreated();

        Assert.True(Directory.Exists(other.Data.Root));
    }

    [SkippableFact]
    public void EnsureCreated_MissingParents_AreForTheOwnerOnly()
    {
        Skip.If(OperatingSystem.IsWindows());
        var data = new DataDirectory(Path.Combine(folder.Parent, "a", "b"));

        data.EnsureCreated();

        Assert.Equal("rwx------", Mode(data.Root));
        Assert.Equal("rwx------", Mode(Path.GetDirectoryName(data.Root)!));
    }

    [Fact]
    public void EnsureCreated_FileInItsPlace_SaysSo()
    {
        File.WriteAllText(folder.Data.Root, "");

        IOException exception = Assert.Throws<IOException>(folder.Data.EnsureCreated);

        Assert.Contains(folder.Data.Root, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HistoryFiles_OursAndTheOriginals_AreListedByMonthOriginalFirst()
    {
        folder.Write("history/tokens-2026-11.jsonl", "");
        folder.Write("history/tokens-2026-02.jsonl", "");
        folder.Write("history/tokens/tokens-2026-11.jsonl", "");
        folder.Write("history/tokens/tokens-2025-12.jsonl", "");
        folder.Write("history/tokens-2026-13.jsonl", "");
        folder.Write("history/tokens-2026-11.jsonl.broken", "");
        folder.Write("history/quality-2026-11.jsonl", "");

        Assert.Equal(
            ["history/tokens/tokens-2025-12.jsonl", "history/tokens-2026-02.jsonl", "history/tokens/tokens-2026-11.jsonl", "history/tokens-2026-11.jsonl"],
            folder.Data.HistoryFiles("tokens").Select(f => f.Name));
        Assert.Equal(DataFiles.OriginalHistory("tokens", "2025-12"), folder.Data.HistoryFiles("tokens")[0].Name);
        Assert.Equal(DataFiles.History("tokens", "2026-02"), folder.Data.HistoryFiles("tokens")[1].Name);
    }

    internal static string Mode(string path)
    {
        UnixFileMode mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);
        const string letters = "rwxrwxrwx";
        return string.Concat(letters.Select((letter, i) => ((int)mode & (1 << (8 - i))) != 0 ? letter : '-'));
    }
}
