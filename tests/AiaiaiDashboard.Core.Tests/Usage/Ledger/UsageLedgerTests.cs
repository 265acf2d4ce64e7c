using AiaiaiDashboard.Core.Usage;
using static AiaiaiDashboard.Core.Tests.Usage.Ledger.LedgerBench;
using static AiaiaiDashboard.Core.Tests.Usage.Queries.Rows;

namespace AiaiaiDashboard.Core.Tests.Usage.Ledger;

public sealed class UsageLedgerTests : IDisposable
{
    private static readonly DateOnly Today = Day("2026-11-21");

    private readonly LedgerBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Apply_Rows_AppendsThemToTheirMonths()
    {
        UsageLedger ledger = bench.Load();

        Assert.Equal(3, ledger.Apply([Row("2026-11-02", 2), Row("2026-10-31", 1), Row("2026-11-01", 3)]));
        Assert.Equal(["2026-10", "2026-11"], ledger.Months);
        Assert.Equal(["history/tokens-2026-10.jsonl", "history/tokens-2026-11.jsonl"], bench.Files());
        Assert.Equal([3m, 2m], bench.Lines("2026-11").Select(l => UsageRowJson.Read(System.Text.Encoding.UTF8.GetBytes(l)).Cost));
    }

    [Fact]
    public void Apply_ManyRows_TakesMemoryInProportion()
    {
        const int Rows = 50_000;
        UsageLedger ledger = bench.Load();
        UsageRow[] rows = [.. Enumerable.Range(0, Rows).Select(i => Row("2026-11-02", 1) with { Session = $"s{i}" })];

        long before = GC.GetAllocatedBytesForCurrentThread();
        ledger.Apply(rows);

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Rows, 0, 5_000);
    }

    [Fact]
    public void Apply_SameRow_WritesNothing()
    {
        bench.Load().Apply([Row("2026-11-02", 2.50m)]);
        DateTime before = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(bench.PathOf("2026-11"), before);

        Assert.Equal(0, bench.Load().Apply([Row("2026-11-02", 2.5m)]));
        Assert.Equal(before, File.GetLastWriteTimeUtc(bench.PathOf("2026-11")));
    }

    [Fact]
    public void Load_SeveralRowsOfAKey_TheLastWins()
    {
        bench.Write("2026-11", Line("2026-11-02", "s", 5), Line("2026-11-02", "t", 6), Line("2026-11-02", "s", 4));

        Assert.Equal([4L, 6], bench.Load().Rows.OrderBy(r => r.Session).Select(r => r.TokensIn));
    }

    [Fact]
    public void Load_OtherFiles_AreNotTheLedger()
    {
        bench.Write("2026-11", Line("2026-11-02", "s", 5));
        foreach (string name in new[] { "tokens-2026-11.jsonl.broken", "tokens-26-11.jsonl", "tokens-2026-11-01.jsonl", "quality-2026-11.jsonl", "tokens-x.jsonl" })
        {
            File.WriteAllText(Path.Combine(bench.Data.PathOf("history"), name), "rubbish\n");
        }

        UsageLedger ledger = bench.Load();
        Assert.Single(ledger.Rows);
        Assert.Empty(ledger.Problems);
    }

    [Fact]
    public void Load_BadLines_AreSkippedAndReportedWithFileAndLine()
    {
        bench.Write("2026-11", Line("2026-11-01", "s", 1), "{broken", "", Line("2026-11-02", "s", 2), "[]", Line("2026-11-03", "s", -3));

        UsageLedger ledger = bench.Load();

        Assert.Equal([1L, 2], ledger.Rows.OrderBy(r => r.Date).Select(r => r.TokensIn));
        Assert.Equal(["line 2", "line 5", "line 6"], ledger.Problems.Select(p => p.Location));
        Assert.All(ledger.Problems, p => Assert.Equal("history/tokens-2026-11.jsonl", p.File));
        Assert.Contains("kept", ledger.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compact_ClosedMonthWithBadLines_KeepsThem()
    {
        bench.Write("2026-10", Line("2026-10-01", "s", 1), "{broken", Line("2026-10-01", "s", 2), "[]");
        UsageLedger ledger = bench.Load();

        ledger.Compact(Today);

        Assert.Equal(["{broken", "[]"], bench.Lines("2026-10").Where(l => !l.Contains("\"s\"", StringComparison.Ordinal)));
        Assert.Equal(3, bench.Lines("2026-10").Length);
        Assert.Equal(2, bench.Load().Problems.Count);
        Assert.Equal(2, Assert.Single(bench.Load().Rows).TokensIn);
    }

    [Fact]
    public void Compact_RowOfAnotherMonthInTheFile_IsKept()
    {
        bench.Write("2026-10", Line("2026-10-01", "s", 1), Line("2026-09-30", "s", 7), Line("2026-10-01", "s", 2));
        UsageLedger ledger = bench.Load();

        ledger.Compact(Today);

        Assert.Equal([7L, 2], bench.Load().Rows.OrderBy(r => r.Date).Select(r => r.TokensIn));
    }

    [Fact]
    public void Compact_LineLongerThanTheReaderTakes_IsReportedAndKept()
    {
        string giant = $"{{\"x\":\"{new string('x', 17 << 20)}\"}}";
        bench.Write("2026-10", Line("2026-10-01", "s", 1), giant, Line("2026-10-01", "s", 2));
        UsageLedger ledger = bench.Load();

        ledger.Compact(Today);

        Assert.Equal("line 2", Assert.Single(ledger.Problems).Location);
        Assert.Contains(giant, bench.Lines("2026-10"));
    }

    [Fact]
    public void Compact_ClosedMonthInTheRunThatSupersededRows_LeavesOneRowPerKey()
    {
        UsageLedger ledger = bench.Load();
        ledger.Apply([Row("2026-10-02", 1), Row("2026-10-03", 1)]);
        ledger.Apply([Row("2026-10-02", 2)]);
        Assert.Equal(3, bench.Lines("2026-10").Length);

        ledger.Compact(Today);

        Assert.Equal(2, bench.Lines("2026-10").Length);
        Assert.Equal([2m, 1], bench.Load().Rows.OrderBy(r => r.Date).Select(r => r.Cost));
    }

    [Fact]
    public void Compact_NothingSuperseded_DoesNotRewrite()
    {
        UsageLedger ledger = bench.Load();
        ledger.Apply([Row("2026-10-02", 1), Row("2026-10-03", 1)]);
        DateTime before = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(bench.PathOf("2026-10"), before);

        ledger.Compact(Today);
        bench.Load().Compact(Today);

        Assert.Equal(before, File.GetLastWriteTimeUtc(bench.PathOf("2026-10")));
    }

    [Fact]
    public void Compact_CurrentMonthBelowAMegabyte_IsLeft()
    {
        UsageLedger ledger = bench.Load();
        for (int i = 1; i <= 20; i++)
        {
            ledger.Apply([Row("2026-11-02", i)]);
        }

        ledger.Compact(Today);

        Assert.Equal(20, bench.Lines("2026-11").Length);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    public void Compact_CurrentMonthAboveAMegabyte_OnlyWhenMoreThanHalfIsSuperseded(int copies, int left)
    {
        UsageLedger ledger = bench.Load();
        UsageRow[] rows = [.. Enumerable.Range(0, 6000).Select(i => Row("2026-11-02", 1, session: $"session-{i:000000}"))];
        for (int i = 0; i < copies; i++)
        {
            ledger.Apply(rows.Select(r => r with { Cost = i }));
        }

        Assert.True(new FileInfo(bench.PathOf("2026-11")).Length > 1 << 20);
        ledger.Compact(Today);

        Assert.Equal(6000 * left, bench.Lines("2026-11").Length);
    }

    [Fact]
    public void Expire_MonthsBeforeTheFirstKept_AreDeleted()
    {
        UsageLedger ledger = bench.Load();
        ledger.Apply([Row("2024-10-31", 1), Row("2024-11-01", 2), Row("2026-11-01", 3)]);

        Assert.Equal(["2024-10"], ledger.Expire(Day("2024-11-01")));
        Assert.Equal([2m, 3], ledger.Rows.OrderBy(r => r.Date).Select(r => r.Cost));
        Assert.False(bench.Has("2024-10"));
        Assert.Empty(ledger.Expire(Day("2024-11-01")));
    }

    [Fact]
    public void Load_TornLastLine_IsCutReportedAndKeptAside()
    {
        bench.WriteText("2026-11", Line("2026-11-01", "s", 1) + "\n" + Line("2026-11-02", "s", 2)[..40]);

        UsageLedger ledger = bench.Load();

        Assert.Equal(1, Assert.Single(ledger.Rows).TokensIn);
        Assert.Equal("history/tokens-2026-11.jsonl", Assert.Single(ledger.Problems).File);
        Assert.Contains(bench.Files(), f => f.Contains(".broken", StringComparison.Ordinal));
        ledger.Apply([Row("2026-11-03", 3)]);
        Assert.Equal(2, bench.Load().Rows.Count);
        Assert.Empty(bench.Load().Problems);
    }

    [Fact]
    public void Load_ByAReader_LeavesATornLastLineAlone()
    {
        string text = Line("2026-11-01", "s", 1) + "\n" + Line("2026-11-02", "s", 2)[..40];
        string path = bench.WriteText("2026-11", text);

        Assert.Single(bench.Load(repair: false).Rows);
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public void Load_LastLineWithoutItsEnd_CountsAndIsFollowedByAWholeLine()
    {
        bench.WriteText("2026-11", Line("2026-11-01", "s", 1));

        bench.Load().Apply([Row("2026-11-02", 2)]);

        Assert.Equal(2, bench.Load().Rows.Count);
    }

    [Fact]
    public void Apply_RowWithUnknownProperties_KeepsThemWhenItsNumbersChange()
    {
        bench.Write("2026-11", Line("2026-11-01", "s", 1, ",\"note\":\"mine\""));
        UsageLedger ledger = bench.Load();
        UsageRow held = Assert.Single(ledger.Rows);

        ledger.Apply([held with { TokensIn = 2, Extra = null }]);

        Assert.EndsWith("\"note\":\"mine\"}", bench.Lines("2026-11")[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_ReplayedAfterACrashBetweenWriteAndPublish_ChangesNothing()
    {
        UsageRow[] rows = [Row("2026-11-01", 1), Row("2026-11-02", 2), Row("2026-10-03", 3)];
        bench.Load().Apply(rows);
        byte[] before = File.ReadAllBytes(bench.PathOf("2026-11"));

        // Whoever died before it could say what it had written does all of it again.
        Assert.Equal(0, bench.Load().Apply(rows));
        Assert.Equal(before, File.ReadAllBytes(bench.PathOf("2026-11")));
    }

    [Fact]
    public void Load_ManyTimesMoreRowsThanKeys_TakesMemoryByTheKeys()
    {
        string[] lines = [.. Enumerable.Range(0, 40_000).Select(i => System.Text.Encoding.UTF8.GetString(
            UsageRowJsonTests.Write(Row("2026-11-02", i, session: $"session-{i % 50:000}"))).TrimEnd('\n'))];
        bench.Write("2026-11", lines);
        bench.Load();

        long before = GC.GetAllocatedBytesForCurrentThread();
        UsageLedger ledger = bench.Load();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(50, ledger.Rows.Count);
        Assert.Equal(50 * 39_974.5m, ledger.Rows.Sum(r => r.Cost));
        Assert.True(allocated < 2_000_000, $"{allocated:N0} bytes for 50 keys in {new FileInfo(bench.PathOf("2026-11")).Length:N0} bytes");
    }

    [Fact]
    public void Apply_RowsOfZeros_StayRows()
    {
        UsageLedger ledger = bench.Load();
        ledger.Apply([Row("2026-10-01", 1)]);
        ledger.Apply([Row("2026-10-01", 0, calls: 0, tokens: 0)]);

        ledger.Compact(Today);

        Assert.Equal(0, Assert.Single(bench.Load().Rows).TotalTokens);
    }
}
