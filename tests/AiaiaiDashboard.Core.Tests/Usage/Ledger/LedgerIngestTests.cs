using System.Security.Cryptography;
using AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.Ledger;

/// <summary>What the ledger keeps and what it corrects when transcripts, caches, zones, projects and retention change.</summary>
public sealed class LedgerIngestTests : IDisposable
{
    private const string Plain = "2026-03-10 /w s1 claude-sonnet-4-6: 1 calls 10+20+100+1000 $0.001005";

    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Run_Twice_LeavesEveryFileByteIdenticalAndNotRewritten()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1"), Assistant(null).At("2026-02-01T00:00:00Z"), "\"usage\"}", Assistant("m2").Fast().Model("x"));
        bench.WriteText("-w/s2.jsonl", Assistant("m3"));
        bench.Run();
        List<string> before = Fingerprints();

        Assert.Equal(0, bench.Run().RowsWritten);
        Assert.Equal(before, Fingerprints());
    }

    [Fact]
    public void Run_FileWithNothingNewInside_LeavesTheLedgerAlone()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1"));
        bench.Run();
        List<string> before = Fingerprints("history");
        bench.Append("-w/s1.jsonl", Assistant("m1") + "\n{}\n");

        Assert.Equal(0, bench.Run().RowsWritten);
        Assert.Equal(before, Fingerprints("history"));
    }

    [Fact]
    public void Run_TranscriptsDeleted_KeepsTheirRowsThroughLaterRuns()
    {
        string gone = bench.Write("-w/s1.jsonl", Assistant("m1"));
        bench.Run();
        File.Delete(gone);
        bench.Write("-w/s2.jsonl", Assistant("m2").Session("s2"), Assistant("m3"));
        bench.Run();

        Assert.Equal(["s1 2", "s2 1"], bench.Rows().Select(r => $"{r.Session} {r.Calls}"));
    }

    [Fact]
    public void Run_CacheDeleted_GivesTheSameRows()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1"), Assistant(null), Assistant("m2").Fast());
        bench.Run();
        List<string> before = Fingerprints("history");
        bench.DeleteCache();

        Assert.Equal(0, bench.Run().RowsWritten);
        Assert.Equal(before, Fingerprints("history"));
    }

    [Theory]
    [InlineData("cache/calls.bin")]
    [InlineData("cache/calls-changes.bin")]
    [InlineData("cache/transcripts.bin")]
    public void Run_CacheFileDamaged_GivesTheSameRows(string file)
    {
        bench.Write("-w/s1.jsonl", Assistant("m1"), Assistant(null));
        bench.Run();
        bench.Append("-w/s1.jsonl", Assistant("m1").Tokens(output: 90) + "\n" + Assistant("m3") + "\n");
        bench.Run();
        byte[] bytes = File.ReadAllBytes(bench.Data.PathOf(file));
        bytes[bytes.Length / 2] ^= 0xFF;
        File.WriteAllBytes(bench.Data.PathOf(file), bytes);
        bench.Append("-w/s1.jsonl", Assistant("m2") + "\n");
        bench.Run();

        UsageRow row = Assert.Single(bench.Rows());
        Assert.Equal((4, 150), (row.Calls, row.TokensOut));
    }

    [Theory]
    [InlineData("cache/calls.bin")]
    [InlineData("cache/calls-changes.bin")]
    [InlineData("cache/transcripts.bin")]
    public void Run_CacheFileMissing_GivesTheSameRows(string file)
    {
        bench.Write("-w/s1.jsonl", Assistant("m1"), Assistant(null));
        bench.Run();
        bench.Append("-w/s1.jsonl", Assistant("m1").Tokens(output: 90) + "\n" + Assistant("m3") + "\n");
        bench.Run();
        File.Delete(bench.Data.PathOf(file));
        bench.Append("-w/s1.jsonl", Assistant("m2") + "\n");
        bench.Run();

        UsageRow row = Assert.Single(bench.Rows());
        Assert.Equal((4, 150), (row.Calls, row.TokensOut));
    }

    [Fact]
    public void Run_CacheAndTranscriptsGone_NothingGetsSmaller()
    {
        string gone = bench.Write("-w/s1.jsonl", Assistant("m1"), Assistant("m2"));
        string partlyGone = bench.Write("-w/s2.jsonl", Assistant("m3").Session("s2"), Assistant("m4").Session("s2"));
        bench.Run();
        List<string> before = bench.Lines();
        File.Delete(gone);
        File.Delete(partlyGone);
        bench.Write("-w/s2.jsonl", Assistant("m4").Session("s2"));
        bench.DeleteCache();

        bench.Run();
        Assert.Equal(before, bench.Lines());
        Assert.Equal(0, bench.Run().RowsWritten);

        bench.Append("-w/s2.jsonl", Assistant("m5").Session("s2").Tokens(input: 5000) + "\n");
        bench.Run();
        Assert.Equal(["s1 20", "s2 5010"], bench.Rows().Select(r => $"{r.Session} {r.TokensIn}"));
    }

    [Fact]
    public void Run_CacheGoneAndACallMovesInTheSameRun_IsCorrectedNotAdded()
    {
        bench.Write("-w/s0.jsonl", Assistant("m1", "r2").Sidechain().Session("s0").Tokens(output: 900));
        bench.Run();
        bench.DeleteCache();
        bench.Write("-w/s1.jsonl", Assistant("m1", "r1"));
        bench.Run();

        Assert.Equal([Plain], bench.Lines());
    }

    [Fact]
    public void Run_ZoneChanges_MovesWhatTranscriptsHoldAndLeavesTheRest()
    {
        string gone = bench.Write("-w/s1.jsonl", Assistant("m1").At("2026-03-10T20:00:00Z"));
        bench.Write("-w/s2.jsonl", Assistant("m2").At("2026-03-10T20:00:00Z").Session("s2"));
        bench.Run();
        File.Delete(gone);
        bench.Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");

        bench.Run();
        Assert.Equal(["2026-03-10 s1", "2026-03-11 s2"], bench.Rows().Select(r => $"{r.Date:yyyy-MM-dd} {r.Session}"));
        Assert.Equal(0, bench.Run().RowsWritten);

        bench.Zone = TimeZoneInfo.Utc;
        bench.Run();
        Assert.Equal(["2026-03-10 s1", "2026-03-10 s2"], bench.Rows().Select(r => $"{r.Date:yyyy-MM-dd} {r.Session}"));
    }

    [Fact]
    public void Run_ZoneChangesAndTheTranscriptComesBack_ItsRowMovesThen()
    {
        string file = bench.Write("-w/s1.jsonl", Assistant("m1").At("2026-03-10T20:00:00Z"));
        bench.Run();
        File.Move(file, bench.Root + "/kept");
        bench.Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo");
        bench.Run();
        Assert.Equal("2026-03-10", $"{Assert.Single(bench.Rows()).Date:yyyy-MM-dd}");
        File.Move(bench.Root + "/kept", file);
        bench.Run();

        Assert.Equal("2026-03-11", $"{Assert.Single(bench.Rows()).Date:yyyy-MM-dd}");
    }

    [Fact]
    public void Run_ZoneChangesAndOnlyALesserCopyIsLeft_KeepsTheLargerCountersAndTheFirstSession()
    {
        string gone = bench.Write("-w/s1.jsonl", Assistant("m1").Tokens(output: 250));
        bench.Write("-w/s2.jsonl", Assistant("m1").Tokens(output: 1).Session("s2").At("2026-03-10T11:00:00Z"));
        bench.Run();
        List<string> before = bench.Lines();
        File.Delete(gone);
        bench.Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        bench.Run();

        Assert.Equal(before, bench.Lines());
    }

    [Fact]
    public void Run_DirectoryGetsAnotherProject_ItsRowsMove()
    {
        string gone = bench.Write("-w/s1.jsonl", Assistant("m1"));
        bench.Write("-w/s2.jsonl", Assistant("m2"), Assistant("m3").Cwd("/x"));
        bench.Run();
        File.Delete(gone);
        bench.ProjectOf = folder => folder == "/w" ? "new" : folder;
        bench.Run();

        Assert.Equal(["/x 1", "new 2"], bench.Rows().Select(r => $"{r.Project} {r.Calls}"));
        Assert.Equal(0, bench.Run().RowsWritten);
    }

    [Fact]
    public void Run_TwoDirectoriesBecomeOneProject_TheirRowsAreAddedUp()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1"), Assistant("m2").Cwd("/x"));
        bench.Run();
        bench.ProjectOf = _ => "one";
        bench.Run();

        Assert.Equal(("one", 2L), (Assert.Single(bench.Rows()).Project, bench.Rows()[0].Calls));
    }

    [Fact]
    public void Run_KilledBetweenLedgerAndCache_GivesTheSameTotals()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1"), Assistant("m2", "r2").Sidechain().Session("s0"), Assistant(null));
        bench.Run();
        string kept = bench.Root + "/cache-before";
        Copy(bench.Data.PathOf("cache"), kept);
        bench.Append("-w/s1.jsonl", Assistant("m2", "r1").Tokens(output: 5) + "\n" + Assistant(null) + "\n" + Assistant("m1").Tokens(output: 99));
        bench.Run();
        List<string> after = bench.Lines();
        bench.DeleteCache();
        Directory.Move(kept, bench.Data.PathOf("cache"));

        Assert.Equal(0, bench.Run().RowsWritten);
        Assert.Equal(after, bench.Lines());
    }

    [Theory]
    [InlineData("calls.bin")]
    [InlineData("calls-changes.bin")]
    [InlineData("transcripts.bin")]
    public void Run_KilledBetweenTheCacheFiles_GivesTheSameTotals(string old)
    {
        bench.Write("-w/s1.jsonl", Assistant("m1"), Assistant(null));
        bench.Run();
        bench.Append("-w/s1.jsonl", Assistant("m4") + "\n");
        bench.Run();
        string kept = bench.Root + "/cache-before";
        Copy(bench.Data.PathOf("cache"), kept);
        bench.Append("-w/s1.jsonl", Assistant("m2") + "\n" + Assistant(null) + "\n");
        IReadOnlyList<TranscriptVersion> versions = bench.Run().Versions;
        List<string> after = bench.Lines();
        File.Copy(Path.Combine(kept, old), bench.Data.PathOf("cache/" + old), overwrite: true);

        Assert.Equal(versions, bench.Run().Versions);
        Assert.Equal(after, bench.Lines());
        bench.Append("-w/s1.jsonl", Assistant("m3") + "\n");
        bench.Run();
        Assert.Equal(6, bench.Rows().Sum(r => r.Calls));
    }

    [Fact]
    public void Run_FewCallsChange_WritesThoseAlone()
    {
        bench.Write("-w/s1.jsonl", [.. Enumerable.Range(0, 2_000).Select(i => Assistant($"m{i}", $"r{i}").ToString())]);
        bench.Run();
        byte[] all = File.ReadAllBytes(bench.Data.PathOf("cache/calls.bin"));
        bench.Append("-w/s1.jsonl", Assistant("m7", "r7").Tokens(output: 500) + "\n" + Assistant("new", "r").Session("s9").Cwd("/elsewhere") + "\n");
        bench.Run();

        Assert.Equal(all, File.ReadAllBytes(bench.Data.PathOf("cache/calls.bin")));
        Assert.InRange(new FileInfo(bench.Data.PathOf("cache/calls-changes.bin")).Length, 1, 1_000);

        // A second request of a message that is not among the changes yet, and one that is.
        bench.Append("-w/s1.jsonl", Assistant("m9", "other").Tokens(output: 700) + "\n" + Assistant("new", "other").Tokens(output: 700) + "\n");
        bench.Run();
        List<string> after = bench.Lines();
        bench.DeleteCache();

        Assert.Equal(0, bench.Run().RowsWritten);
        Assert.Equal(after, bench.Lines());
    }

    [Fact]
    public void Run_KilledAfterAllCallsWereWrittenAnew_LeavesOutTheChangesOfTheOldOnes()
    {
        string changes = bench.Data.PathOf("cache/calls-changes.bin");
        bench.Write("-w/s1.jsonl", Assistant("m0"));
        bench.Run();
        bench.Append("-w/s1.jsonl", Assistant("m1").Session("s2") + "\n");
        bench.Run();
        byte[] stale = File.ReadAllBytes(changes);
        bench.Append("-w/s1.jsonl", string.Concat(Enumerable.Range(2, 4_998).Select(i => Assistant($"m{i}", $"r{i}") + "\n")));
        bench.Run();
        Assert.False(File.Exists(changes));
        File.WriteAllBytes(changes, stale);
        bench.Append("-w/s1.jsonl", Assistant("last") + "\n");
        bench.Run();

        Assert.Equal(["s1 5000", "s2 1"], bench.Rows().Select(r => $"{r.Session} {r.Calls}"));
        List<string> after = bench.Lines();
        bench.DeleteCache();
        bench.Run();
        Assert.Equal(after, bench.Lines());
    }

    [Fact]
    public void Run_OlderThanTheRetention_IsLeftOutAndReported()
    {
        bench.KeepFrom = new DateOnly(2026, 3, 1);
        bench.Write("-w/s1.jsonl", Assistant("m1").At("2026-02-28T23:59:59Z"), Assistant("m2").At("2026-03-01T00:00:00Z"));

        Assert.Equal(1, bench.Run().Expired);
        Assert.Equal(["2026-03-01"], bench.Rows().Select(r => $"{r.Date:yyyy-MM-dd}"));
    }

    [Fact]
    public void Run_RetentionGrows_BringsBackWhatTranscriptsHold()
    {
        bench.KeepFrom = new DateOnly(2026, 3, 1);
        bench.Write("-w/s1.jsonl", Assistant("m1").At("2026-02-28T23:59:59Z"), Assistant("m2").At("2026-03-01T00:00:00Z"));
        bench.Run();
        bench.KeepFrom = new DateOnly(2026, 1, 1);
        bench.Run();

        Assert.Equal(["2026-02-28", "2026-03-01"], bench.Rows().Select(r => $"{r.Date:yyyy-MM-dd}"));
    }

    [Fact]
    public void Run_RetentionShrinksAndGrowsAgain_BringsTheMonthBack()
    {
        bench.KeepFrom = new DateOnly(2026, 1, 1);
        bench.Write("-w/s1.jsonl", Assistant("m1").At("2026-02-28T23:59:59Z"), Assistant("m2").At("2026-03-01T00:00:00Z"));
        bench.Run();
        UsageLedger.Load(bench.Data, repair: true).Expire(new DateOnly(2026, 3, 1));
        bench.KeepFrom = new DateOnly(2026, 3, 1);
        bench.Run();
        Assert.Single(bench.Rows());
        bench.KeepFrom = new DateOnly(2026, 1, 1);
        bench.Run();

        Assert.Equal(2, bench.Rows().Count);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    private List<string> Fingerprints(string folder = ".") =>
    [
        .. Directory.EnumerateFiles(Path.Combine(bench.Data.Root, folder), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}"),
    ];
}
