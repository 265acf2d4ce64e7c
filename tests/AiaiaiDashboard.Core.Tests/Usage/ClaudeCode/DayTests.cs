using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rules R30 and R31: days, hours and rows.</summary>
public sealed class DayTests : IDisposable
{
    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Theory]
    [InlineData("UTC", "2026-03-10T23:59:59.9999999Z", "2026-03-10 23")]
    [InlineData("UTC", "2026-03-11T00:00:00Z", "2026-03-11 00")]
    [InlineData("Asia/Tokyo", "2026-03-10T14:59:59.999Z", "2026-03-10 23")]
    [InlineData("Asia/Tokyo", "2026-03-10T15:00:00Z", "2026-03-11 00")]
    [InlineData("America/Los_Angeles", "2026-03-08T09:59:59Z", "2026-03-08 01")]
    [InlineData("America/Los_Angeles", "2026-03-08T10:00:00Z", "2026-03-08 03")]
    [InlineData("America/Los_Angeles", "2026-03-09T06:59:59Z", "2026-03-08 23")]
    [InlineData("America/Los_Angeles", "2026-03-09T07:00:00Z", "2026-03-09 00")]
    [InlineData("America/Los_Angeles", "2026-03-08T07:59:59Z", "2026-03-07 23")]
    [InlineData("America/Los_Angeles", "2026-11-01T08:59:59Z", "2026-11-01 01")]
    [InlineData("America/Los_Angeles", "2026-11-01T09:00:00Z", "2026-11-01 01")]
    [InlineData("America/Los_Angeles", "2026-11-02T07:59:59Z", "2026-11-01 23")]
    [InlineData("America/Los_Angeles", "2026-11-02T08:00:00Z", "2026-11-02 00")]
    [InlineData("Asia/Kathmandu", "2026-03-10T18:14:59Z", "2026-03-10 23")]
    [InlineData("Asia/Kathmandu", "2026-03-10T18:15:00Z", "2026-03-11 00")]
    [InlineData("Pacific/Apia", "2011-12-30T09:59:59Z", "2011-12-29 23")]
    [InlineData("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-31 00")]
    [InlineData("America/Caracas", "2007-12-09T06:59:59Z", "2007-12-09 02")]
    [InlineData("Africa/Monrovia", "1971-06-15T00:40:00Z", "1971-06-14 23")]
    [InlineData("UTC", "0001-01-01T00:00:00Z", "0001-01-01 00")]
    [InlineData("America/Los_Angeles", "0001-01-01T00:00:00Z", "0001-01-01 00")]
    [InlineData("Asia/Tokyo", "9999-12-31T23:59:59Z", "9999-12-31 23")]
    public void At_Instant_IsTheLocalDayAndHour(string zone, string instant, string expected)
    {
        Assert.True(TranscriptTime.TryParse(System.Text.Encoding.UTF8.GetBytes(instant), out long ticks));

        int day = new DayClock(TimeZoneInfo.FindSystemTimeZoneById(zone)).At(ticks, out int hour);

        Assert.Equal(expected, FormattableString.Invariant($"{DateOnly.FromDayNumber(day):yyyy-MM-dd} {hour:00}"));
    }

    [Fact]
    public void At_EveryHalfHourOfAYear_AgreesWithTheZone()
    {
        foreach (string name in new[] { "America/Los_Angeles", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tokyo" })
        {
            TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(name);
            var clock = new DayClock(zone);
            for (var at = new DateTime(2026, 1, 1, 0, 7, 0, DateTimeKind.Utc); at.Year == 2026; at = at.AddMinutes(30))
            {
                DateTime local = TimeZoneInfo.ConvertTimeFromUtc(at, zone);
                int day = clock.At(at.Ticks, out int hour);
                Assert.Equal((DateOnly.FromDateTime(local).DayNumber, local.Hour), (day, hour));
            }
        }
    }

    [Fact]
    public void Run_Row_HoldsHoursAndTimesOfItsCalls()
    {
        bench.Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
        bench.Write(
            "-w/s1.jsonl",
            Assistant("m1").At("2026-03-10T17:30:00.25Z").Tokens(1_000_000, 0, 0, 0), Assistant("m2").At("2026-03-10T17:45:00Z").Tokens(2_000_000, 0, 0, 0),
            Assistant("m3").At("2026-03-11T06:59:59.9999999Z").Tokens(3_000_000, 0, 0, 0), Assistant("m4").At("2026-03-10T08:00:00Z").Cost("0"));
        bench.Run();

        UsageRow row = Assert.Single(bench.Rows());
        Assert.Equal([("10", 9m), ("23", 9m)], row.Hours!.Select(h => (h.Key, h.Value)));
        Assert.Equal("2026-03-10T08:00:00.0000000+00:00", row.FirstAt!.Value.ToString("O"));
        Assert.Equal("2026-03-11T06:59:59.9999999+00:00", row.LastAt!.Value.ToString("O"));
    }

    [Fact]
    public void Run_PricesByDay_FollowTheZone()
    {
        string line = Assistant().Model("claude-sonnet-5-5").Tokens(0, 0, 0, 1_000_000).At("2026-10-07T02:00:00Z");
        bench.Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");
        bench.Write("-w/s1.jsonl", line);
        bench.Run();
        Assert.Equal(["2026-10-06 /w s1 claude-sonnet-5-5: 1 calls 0+0+0+1000000 $0.2"], bench.Lines());

        bench.Zone = TimeZoneInfo.Utc;
        bench.Run();
        Assert.Equal(["2026-10-07 /w s1 claude-sonnet-5-5: 1 calls 0+0+0+1000000 $0.1"], bench.Lines());
    }

    [Fact]
    public void Run_SamePriceKeyInSeveralSpellings_IsOneRow()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1"), Assistant("m2").Model("Claude-Sonnet-4.6"), Assistant("m3").Model("claude-sonnet-4-6[1m]"), Assistant("m4").Model("x "), Assistant("m5").Model("X"));
        bench.Run();

        Assert.Equal(["X", "claude-sonnet-4-6", "x"], bench.Rows().Select(r => r.Model));
        Assert.Equal([1L, 3, 1], bench.Rows().Select(r => r.Calls));
    }

    [Fact]
    public void Run_MissingModel_IsListedAsUnknown()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1").Model(null), Assistant("m2").Model(" "), Assistant("m3").Message("model", "null"), Assistant("m4").Message("model", "5"));
        bench.Run();

        UsageRow row = Assert.Single(bench.Rows());
        Assert.Equal(("unknown", 4, true, 0m), (row.Model, row.Calls, row.Unpriced, row.Cost));
    }

    [Fact]
    public void Run_UnpricedModelWithACostOfItsOwn_IsPriced()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1").Model("x").Cost("0.5"));
        bench.Run();

        UsageRow row = Assert.Single(bench.Rows());
        Assert.Equal((0.5m, false), (row.Cost, row.Unpriced));
    }

    [Fact]
    public void Run_CallMovesToAnotherRow_LeavesARowOfZeros()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1").At("2026-03-10T10:00:00Z"));
        bench.Run();
        bench.Write("-w/s0.jsonl", Assistant("m1").At("2026-03-09T10:00:00Z").Session("s0"));
        bench.Run();

        UsageRow[] rows = [.. UsageLedger.Load(bench.Data, repair: false).Rows.OrderBy(r => r.Key, UsageKey.Order)];
        Assert.Equal(["s0", "s1"], rows.Select(r => r.Session));
        Assert.Equal((0, 0, 0m, false), (rows[1].Calls, rows[1].TotalTokens, rows[1].Cost, rows[1].Unpriced));
        Assert.Null(rows[1].FirstAt);
        Assert.Null(rows[1].Hours);
    }

    [Fact]
    public void Run_OutputFarBelowTheVisibleText_IsFlaggedAsIncomplete()
    {
        string text = $"[{{\"type\":\"text\",\"text\":\"{new string('x', 400)}\"}}]";
        bench.Write("-w/s1.jsonl", Assistant("m1").Message("content", text).Tokens(output: 24), Assistant("m2").Message("content", text).Tokens(output: 25), Assistant("m3"));
        bench.Run();

        Assert.Equal(1, Assert.Single(bench.Rows()).IncompleteCalls);
    }
}
