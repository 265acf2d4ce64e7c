using System.Diagnostics;
using AiaiaiDashboard.Core.Tests.Storage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Tests.Shared;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rule R2.</summary>
public sealed class TranscriptFilesTests : IDisposable
{
    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Run_FilesAtAnyDepth_AreRead()
    {
        bench.Write("top.jsonl", Assistant("m1"));
        bench.Write("-w/a.jsonl", Assistant("m2"));
        bench.Write("-w/s/x/y/z/deep.jsonl", Assistant("m3"));

        Assert.Equal(3, bench.Run().Files);
        Assert.Equal(3, Calls());
    }

    [Theory]
    [InlineData("-w/a.JSONL")]
    [InlineData("-w/a.jsonl.bak")]
    [InlineData("-w/a.json")]
    [InlineData("-w/.jsonl")]
    [InlineData("-w/jsonl")]
    public void Run_OtherNames_AreNotTranscripts(string path)
    {
        bench.Write(path, Assistant());

        Assert.Equal(0, bench.Run().Files);
        Assert.Empty(bench.Rows());
    }

    [Fact]
    public void Run_HiddenFilesAndFolders_AreRead()
    {
        bench.Write(".hidden/.a.jsonl", Assistant());

        Assert.Equal(1, bench.Run().Files);
    }

    [Fact]
    public void Run_DirectoryWithATranscriptsName_IsADirectory()
    {
        bench.Write("-w/s.jsonl/inner.jsonl", Assistant());

        Assert.Equal(1, bench.Run().Files);
        Assert.Equal(1, Calls());
    }

    [SkippableFact]
    public void Run_LinkedFilesAndDirectories_AreReadOnce()
    {
        Requires.Unix();
        string elsewhere = Path.Combine(bench.Root, "elsewhere");
        Directory.CreateDirectory(elsewhere);
        File.WriteAllText(Path.Combine(elsewhere, "out.jsonl"), Assistant("m1") + "\n");
        bench.Write("-w/a.jsonl", Assistant(null), Assistant("m2"));
        Link("-w/b.jsonl", bench.Projects + "/-w/a.jsonl");
        Link("-x", bench.Projects + "/-w");
        Link("-out", elsewhere);

        Assert.Equal(2, bench.Run().Files);
        Assert.Equal(3, Calls());
    }

    [SkippableFact]
    public void Run_LinksThatLoop_ChangeNothing()
    {
        Requires.Unix();
        bench.Write("-w/s/a.jsonl", Assistant());
        Link("-w/s/up", bench.Projects);
        Link("-w/self", bench.Projects + "/-w/self");
        Link("-w/self.jsonl", bench.Projects + "/-w/self.jsonl");

        IngestReport report = bench.Run();

        Assert.Equal((1, 0), (report.Files, report.Unreadable));
        Assert.Equal(1, Calls());
    }

    [SkippableFact]
    public void Run_DanglingLinks_AreSkipped()
    {
        Requires.Unix();
        bench.Write("-w/a.jsonl", Assistant());
        Link("-w/gone.jsonl", bench.Root + "/gone.jsonl");
        Link("-gone", bench.Root + "/gone");

        Assert.Equal(1, bench.Run().Files);
    }

    [SkippableFact]
    public void Run_OverlappingRoots_CountOnce()
    {
        Requires.Unix();
        bench.Write("-w/a.jsonl", Assistant(null));
        Directory.CreateSymbolicLink(Path.Combine(bench.Root, "projects"), bench.Projects);

        IngestReport report = bench.Run(bench.Projects, bench.Projects + "/-w", Path.Combine(bench.Root, "projects"), bench.Projects);

        Assert.Equal(1, report.Files);
        Assert.Equal(1, Calls());
    }

    [SkippableFact]
    public async Task Run_PipeWithATranscriptsName_IsSkippedWithoutWaiting()
    {
        Requires.Unix();
        bench.Write("-w/a.jsonl", Assistant());
        using (Process mkfifo = Process.Start("mkfifo", bench.Projects + "/-w/pipe.jsonl"))
        {
            await mkfifo.WaitForExitAsync();
        }

        IngestReport report = await Task.Run(() => bench.Run()).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal((1, 0), (report.Files, report.Unreadable));
    }

    [SkippableFact]
    public void Run_LinkToADevice_IsSkipped()
    {
        Requires.Unix();
        bench.Write("-w/a.jsonl", Assistant());
        Link("-w/zero.jsonl", "/dev/zero");

        Assert.Equal(1, bench.Run().Files);
    }

    [SkippableFact]
    public void Run_FileThatCannotBeRead_IsReportedAndTheRestCounts()
    {
        Requires.Unix();
        bench.Write("-w/a.jsonl", Assistant());
        MakeUnreadable("-w/b.jsonl");

        IngestReport report = bench.Run();

        Assert.Equal(1, report.Unreadable);
        Assert.Contains("b.jsonl", report.Details[0], StringComparison.Ordinal);
        Assert.Equal(1, Calls());
    }

    [SkippableFact]
    public void Run_FileBecomesReadable_IsReadThen()
    {
        Requires.Unix();
        bench.Write("-w/a.jsonl", Assistant());
        MakeUnreadable("-w/b.jsonl");
        bench.Run();
        File.Delete(bench.Projects + "/-w/b.jsonl");
        bench.Write("-w/b.jsonl", Assistant("m2"));

        Assert.Equal(0, bench.Run().Unreadable);
        Assert.Equal(2, Calls());
    }

    [SkippableFact]
    public void Run_LinkToAFileOfAnotherName_IsReadByItsRealName()
    {
        Requires.Unix();
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(bench.Projects + "/-w").FullName, "log"), Assistant().Session(null) + "\n");
        Link("-w/a.jsonl", bench.Projects + "/-w/log");

        bench.Run();

        Assert.Equal("log", Assert.Single(bench.Rows()).Session);
    }

    [SkippableFact]
    public void Run_LinkOutOfTheRoot_IsPlacedWhereItWasFound()
    {
        Requires.Unix();
        string outside = Path.Combine(bench.Root, "outside.txt");
        File.WriteAllText(outside, Assistant().Session(null).Cwd(null) + "\n");
        Directory.CreateDirectory(bench.Projects + "/-w/sess");
        Link("-w/sess/a.jsonl", outside);

        bench.Run();

        Assert.Equal(["2026-03-10 -w sess claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005"], bench.Lines());
    }

    [SkippableFact]
    public void Run_LinkInsideTheRoot_IsPlacedByItsRealPath()
    {
        Requires.Unix();
        bench.Write("-real/sess/a.jsonl", Assistant().Session(null).Cwd(null));
        Link("-alias", bench.Projects + "/-real");

        bench.Run();

        Assert.Equal(["2026-03-10 -real sess claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005"], bench.Lines());
    }

    [Fact]
    public void Run_MissingRoot_IsAnErrorOfThatRootAndTheRestCounts()
    {
        bench.Write("-w/a.jsonl", Assistant());

        IngestReport report = bench.Run(Path.Combine(bench.Root, "gone"), bench.Projects);

        Assert.Single(report.RootErrors);
        Assert.Equal(1, Calls());
    }

    private long Calls() => bench.Rows().Sum(r => r.Calls);

    private void Link(string path, string target) => File.CreateSymbolicLink(Path.Combine(bench.Projects, path), target);

    /// <summary>A regular file whose reading fails: by its mode, or, where this account may read everything, a kernel file that is for writing only.</summary>
    private void MakeUnreadable(string path)
    {
        string file = Path.Combine(bench.Projects, path);
        File.WriteAllText(file, "x");
        TestFolder.SetMode(file, UnixFileMode.None);
        try
        {
            File.ReadAllText(file);
        }
        catch (UnauthorizedAccessException)
        {
            return;
        }

        const string busses = "/sys/bus";
        string? writeOnly = Directory.Exists(busses) ? Directory.EnumerateDirectories(busses).Select(b => b + "/drivers_probe").FirstOrDefault(File.Exists) : null;
        Skip.If(writeOnly is null, "This account can read every file.");
        File.Delete(file);
        File.CreateSymbolicLink(file, writeOnly!);
    }
}
