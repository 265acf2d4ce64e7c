using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Tests.Shared;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

public sealed class TranscriptVersionsTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 3, 10);
    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Run_SeveralVersions_CountsTheirCallsAndTheIncompleteOnes()
    {
        bench.Write("-w/a.jsonl", Line("m1", "2.0.67", 400), Line("m1", "2.0.67", 400), Line("m2", "2.0.67", 40), Line("m3", "2.1.59", 40), Line("m4", null, 400));

        IReadOnlyList<TranscriptVersion> versions = bench.Run().Versions;

        Assert.Equal(
            [new TranscriptVersion("", 1, 1, Day, Day), new TranscriptVersion("2.0.67", 2, 1, Day, Day), new TranscriptVersion("2.1.59", 1, 0, Day, Day)], versions);
        Assert.Equal(versions, Document().Versions);
    }

    [Fact]
    public void Run_CallThatIsCorrected_IsNotCountedAgain()
    {
        bench.Write("-w/a.jsonl", Line("m1", "2.0.67", 400), Line("m2", "2.0.67", 40));
        bench.Run();
        bench.Append("-w/a.jsonl", Line("m1", "2.0.67", 400).Tokens(output: 300) + "\n" + Line("m3", "2.1.59", 4) + "\n");

        Assert.Equal([new TranscriptVersion("2.0.67", 2, 0, Day, Day), new TranscriptVersion("2.1.59", 1, 0, Day, Day)], bench.Run().Versions);
    }

    [Fact]
    public void Run_TranscriptsGone_KeepsTheCounts()
    {
        string path = bench.Write("-w/a.jsonl", Line("m1", "2.0.67", 400));
        bench.Run();
        File.Delete(path);

        Assert.Equal(1, Assert.Single(bench.Run().Versions).IncompleteCalls);
    }

    [Fact]
    public void Run_DocumentDeleted_IsWrittenAgain()
    {
        bench.Write("-w/a.jsonl", Line("m1", "2.0.67", 400));
        bench.Run();
        File.Delete(bench.Data.PathOf(TranscriptVersions.File));

        bench.Run();

        Assert.Equal("2.0.67", Assert.Single(Document().Versions).Version);
    }

    [Fact]
    public void Run_DocumentEmptied_IsWrittenAgain()
    {
        bench.Write("-w/a.jsonl", Line("m1", "2.0.67", 400));
        bench.Run();
        File.WriteAllText(bench.Data.PathOf(TranscriptVersions.File), "");

        bench.Run();

        Assert.Equal("2.0.67", Assert.Single(Document().Versions).Version);
    }

    private TranscriptVersions Document() => new DocumentStore(bench.Data).Read(TranscriptVersions.Document).Value!;

    private static TranscriptLine Line(string id, string? version, int characters)
    {
        TranscriptLine line = Assistant(id).Message("content", $$"""[{"type":"text","text":{{JsonSerializer.Serialize(new string('x', characters))}}}]""");
        return version is null ? line : line.Set("version", JsonSerializer.Serialize(version));
    }
}
