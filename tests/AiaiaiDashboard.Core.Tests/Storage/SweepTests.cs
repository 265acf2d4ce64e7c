using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Core.Tests.Storage;

public sealed class SweepTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Sweep_FilesOfAllKinds_DeletesOnlyOurTemporaryOnes()
    {
        string[] orphans =
        [
            ".projects.json.0123456789ab.tmp",
            "config/.alerts.json.0123456789ab.tmp",
            "config/.alerts.json.bak.0123456789ab.tmp",
            "history/.tokens-2026-11.jsonl.0123456789ab.tmp",
            "history/.tokens-2026-11.jsonl.broken.0123456789ab.tmp",
            "cache/deep/.x.json.0123456789ab.tmp",
        ];
        string[] others =
        [
            "projects.json",
            ".projects.json.tmp",
            ".projects.json.0123456789AB.tmp",
            ".projects.json.0123456789abc.tmp",
            "projects.json.0123456789ab.tmp",
            ".vimrc.0123456789ab.tmp",
            "mine/.x.json.0123456789ab.tmp",
            "config/alerts.json~",
        ];
        foreach (string file in orphans.Concat(others))
        {
            folder.Write(file, "{}");
        }

        IReadOnlyList<string> deleted = TempFiles.Sweep(folder.Data);

        Assert.Equal(orphans.Select(folder.Data.PathOf).Order(StringComparer.Ordinal), deleted.Order(StringComparer.Ordinal));
        Assert.Equal(others.Order(StringComparer.Ordinal), folder.Files());
    }

    [Fact]
    public void Sweep_FileBeingWritten_IsLeft()
    {
        folder.Data.EnsureCreated();
        string temp = TempFiles.NameFor(folder.Data.PathOf("projects.json"));
        using (PhysicalFileSystem.Instance.Create(temp, FileModes.PrivateFile))
        {
            Assert.Empty(TempFiles.Sweep(folder.Data));
            Assert.True(File.Exists(temp));
        }

        Assert.Equal([temp], TempFiles.Sweep(folder.Data));
    }

    [SkippableFact]
    public void Sweep_LinkedDocument_LooksBesideItsTarget()
    {
        Skip.If(OperatingSystem.IsWindows());
        string target = Path.Combine(folder.Parent, "elsewhere", "mine.json");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        string orphan = TempFiles.NameFor(target);
        string other = TempFiles.NameFor(Path.Combine(folder.Parent, "elsewhere", "other.json"));
        File.WriteAllText(orphan, "");
        File.WriteAllText(other, "");
        Directory.CreateDirectory(folder.Data.PathOf("config"));
        File.CreateSymbolicLink(folder.Data.PathOf("config/alerts.json"), target);

        Assert.Equal([orphan], TempFiles.Sweep(folder.Data));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void Sweep_NoDirectory_IsNothing() => Assert.Empty(TempFiles.Sweep(folder.Data));
}
