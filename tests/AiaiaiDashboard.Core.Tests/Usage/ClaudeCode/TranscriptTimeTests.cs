using System.Globalization;
using System.Text;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>Rule R10.</summary>
public sealed class TranscriptTimeTests
{
    [Theory]
    [InlineData("2026-03-10T10:00:00.000Z", "2026-03-10T10:00:00.0000000")]
    [InlineData("2026-03-10T10:00:00Z", "2026-03-10T10:00:00.0000000")]
    [InlineData("2026-03-10T10:00:00z", "2026-03-10T10:00:00.0000000")]
    [InlineData("2026-03-10 10:00:00Z", "2026-03-10T10:00:00.0000000")]
    [InlineData("2026-03-10T10:00Z", "2026-03-10T10:00:00.0000000")]
    [InlineData("2026-03-10T10:00", "2026-03-10T10:00:00.0000000")]
    [InlineData("2026-03-10 10:00:07", "2026-03-10T10:00:07.0000000")]
    [InlineData("2026-03-10T10:00:00.5", "2026-03-10T10:00:00.5000000")]
    [InlineData("2026-03-10T10:00+02:00", "2026-03-10T08:00:00.0000000")]
    [InlineData("2026-03-10T10:00:00+0200", "2026-03-10T08:00:00.0000000")]
    [InlineData("2026-03-10T10:00:00.25-05:30", "2026-03-10T15:30:00.2500000")]
    [InlineData("2026-03-10T01:00:00+14:00", "2026-03-09T11:00:00.0000000")]
    [InlineData("2026-03-10T10:00:00-00:00", "2026-03-10T10:00:00.0000000")]
    [InlineData("2026-03-10T10:00:00.1234567Z", "2026-03-10T10:00:00.1234567")]
    [InlineData("2026-03-10T23:59:59.99999999Z", "2026-03-10T23:59:59.9999999")]
    [InlineData("2026-03-10T23:59:59.999999999999999999999999Z", "2026-03-10T23:59:59.9999999")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.0000000")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999")]
    public void TryParse_TimeStamp_IsThatInstant(string text, string utc)
    {
        Assert.True(TranscriptTime.TryParse(Encoding.UTF8.GetBytes(text), out long ticks));
        Assert.Equal(utc, new DateTime(ticks).ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-03-10")]
    [InlineData("2026-03-10T")]
    [InlineData("2026-03-10T10")]
    [InlineData("2026-03-10T1000Z")]
    [InlineData("20260310T100000Z")]
    [InlineData("2026-3-10T10:00:00Z")]
    [InlineData("2026-03-10t10:00:00Z")]
    [InlineData("2026-03-10_10:00:00Z")]
    [InlineData("2026-02-29T10:00:00Z")]
    [InlineData("2026-02-30T10:00:00Z")]
    [InlineData("2026-04-31T10:00:00Z")]
    [InlineData("2026-13-01T10:00:00Z")]
    [InlineData("2026-00-10T10:00:00Z")]
    [InlineData("2026-03-00T10:00:00Z")]
    [InlineData("2026-03-10T24:00:00Z")]
    [InlineData("2026-03-10T10:60:00Z")]
    [InlineData("2026-03-10T10:00:60Z")]
    [InlineData("2026-03-10T10:00:00.Z")]
    [InlineData("2026-03-10T10:00:00,123Z")]
    [InlineData("2026-03-10T10:00:0Z")]
    [InlineData("2026-03-10T10:00:Z")]
    [InlineData("2026-03-10T10:00.5Z")]
    [InlineData("2026-03-10T10:00:00+2:00")]
    [InlineData("2026-03-10T10:00:00+02")]
    [InlineData("2026-03-10T10:00:00+02:0")]
    [InlineData("2026-03-10T10:00:00+24:00")]
    [InlineData("2026-03-10T10:00:00+02:60")]
    [InlineData("2026-03-10T10:00:00 Z")]
    [InlineData(" 2026-03-10T10:00:00Z")]
    [InlineData("2026-03-10T10:00:00Z ")]
    [InlineData("2026-03-10T10:00:00ZZ")]
    [InlineData("2026-03-10T10:00:00 UTC")]
    [InlineData("Tue, 10 Mar 2026 10:00:00 GMT")]
    [InlineData("1773136800")]
    [InlineData("٢٠٢٦-03-10T10:00:00Z")]
    [InlineData("0000-01-01T10:00:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    public void TryParse_AnythingElse_Fails(string text) => Assert.False(TranscriptTime.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("1773136800000")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("{\"iso\":\"2026-03-10T10:00:00Z\"}")]
    [InlineData("[\"2026-03-10T10:00:00Z\"]")]
    [InlineData("\"2026-02-30T10:00:00Z\"")]
    public void Run_TimeStampOfAnotherKind_MakesTheLineMalformed(string json)
    {
        using var bench = new IngestBench();
        bench.Write("-w/s1.jsonl", Assistant("m1").Set("timestamp", json), Assistant("m2").Without("timestamp"), Assistant("m3"));

        Assert.Equal(2, bench.Run().MalformedLines);
        Assert.Equal(1, Assert.Single(bench.Rows()).Calls);
    }

    [Fact]
    public void Run_EscapedTimeStamp_Counts()
    {
        using var bench = new IngestBench();
        bench.Write("-w/s1.jsonl", Assistant().Set("timestamp", "\"2026-03-10\\u005410:00:00\\u005a\""));

        Assert.Equal(0, bench.Run().MalformedLines);
    }
}
