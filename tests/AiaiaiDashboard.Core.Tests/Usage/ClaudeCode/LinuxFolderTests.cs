using System.Diagnostics;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Directories read by what Linux tells of them: what the framework finds, or nothing is said.</summary>
public sealed class LinuxFolderTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-folder-").FullName;

    public LinuxFolderTests() => Skip.IfNot(OperatingSystem.IsLinux(), "Linux only");

    // The framework cannot delete what has no name in UTF-8.
    public void Dispose() => Run("rm", "-r", root);

    [SkippableFact]
    public void TryRead_FilesAndDirectories_GivesThoseThatCount()
    {
        foreach (string name in (string[])["a.jsonl", "é 日本.jsonl", "new\nline.jsonl", ".jsonl", "a.json", "b.jsonl.bak", "-x.jsonl"])
        {
            File.WriteAllText(Path.Combine(root, name), name);
        }

        Directory.CreateDirectory(Path.Combine(root, "sub.jsonl"));
        Directory.CreateDirectory(Path.Combine(root, "süb"));

        List<FolderEntry> entries = LinuxFolder.TryRead(root, ".jsonl"u8)!;

        Assert.Equal(["-x.jsonl", "a.jsonl", "new\nline.jsonl", "sub.jsonl/", "süb/", "é 日本.jsonl"], entries.Select(e => e.IsDirectory ? e.Name + "/" : e.Name).Order(StringComparer.Ordinal));
        Assert.All(entries, e => Assert.False(e.IsLink));
        foreach (FolderEntry entry in entries.Where(e => !e.IsDirectory))
        {
            Assert.True(FileIdentity.TryRead(Path.Combine(root, entry.Name), out FileIdentity identity));
            Assert.Equal(identity, entry.Identity);
        }
    }

    // More than fit into one answer of the system.
    [SkippableFact]
    public void TryRead_ManyEntries_GivesAll()
    {
        string[] names = [.. Enumerable.Range(0, 3_000).Select(i => $"{i:0000}-{new string('x', i % 100)}.jsonl")];
        foreach (string name in names)
        {
            File.WriteAllText(Path.Combine(root, name), "");
        }

        List<FolderEntry> entries = LinuxFolder.TryRead(root, ".jsonl"u8)!;

        Assert.Equal(names, entries.Select(e => e.Name).Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [InlineData("link to a file")]
    [InlineData("link to a directory")]
    [InlineData("link to nothing")]
    [InlineData("pipe")]
    [InlineData("no UTF-8")]
    [InlineData("missing")]
    [InlineData("file")]
    [InlineData("name with a zero")]
    public void TryRead_OutOfTheOrdinary_SaysNothing(string what)
    {
        File.WriteAllText(Path.Combine(root, "a.jsonl"), "");
        string path = root;
        switch (what)
        {
            case "link to a file": File.CreateSymbolicLink(Path.Combine(root, "l"), Path.Combine(root, "a.jsonl")); break;
            case "link to a directory": File.CreateSymbolicLink(Path.Combine(root, "l"), root); break;
            case "link to nothing": File.CreateSymbolicLink(Path.Combine(root, "l.jsonl"), Path.Combine(root, "gone")); break;
            case "pipe": Run("mkfifo", Path.Combine(root, "p.jsonl")); break;
            case "no UTF-8": Run("sh", "-c", $"touch \"$(printf '{root}/\\377.jsonl')\""); break;
            case "missing": path = Path.Combine(root, "gone"); break;
            case "file": path = Path.Combine(root, "a.jsonl"); break;
            default: path = root + "\0x"; break;
        }

        Assert.Null(LinuxFolder.TryRead(path, ".jsonl"u8));
    }

    private static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
