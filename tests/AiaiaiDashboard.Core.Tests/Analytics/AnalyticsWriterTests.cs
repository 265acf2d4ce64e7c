using System.Text;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;

namespace AiaiaiDashboard.Core.Tests.Analytics;

/// <summary>Documents that are written by hand: the same bytes as their serializer writes.</summary>
public sealed class AnalyticsWriterTests
{
    private static readonly DateOnly Today = new(2026, 3, 11);

    [Fact]
    public void Write_NoUsage_IsWhatTheSerializerWrites() => AssertSame(Compute([]));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Write_RandomUsage_IsWhatTheSerializerWrites(int seed)
    {
        var random = new Random(seed);
        string[] models = ["claude-opus-4-8", "\"quoted\" <model> ä\n", "x"];
        UsageRow[] rows = [.. Enumerable.Range(0, 200).Select(i => new UsageRow
        {
            Date = Today.AddDays(-random.Next(220)),
            Project = $"p{random.Next(5)}",
            Session = $"s{i}",
            Model = models[random.Next(3)],
            Source = UsageSource.ClaudeCode,
            Calls = random.Next(1, 5),
            TokensIn = random.Next(100),
            CacheRead = random.Next(100_000),
            Cost = random.Next(100_000) / 3_000m,
            Unpriced = random.Next(5) == 0,
        })];

        AnalyticsDocument document = Compute(rows);

        AssertSame(document);
        AssertSame(document.ForFile());
    }

    [Fact]
    public void Write_Versions_IsWhatTheSerializerWrites()
    {
        var versions = new TranscriptVersions { Versions = [new("2.1.9", 3, 1, Today, Today), new("ä\"", 0, 0, Today.AddDays(-1), Today)] };

        Assert.Equal(Text(DocumentJson.Serialize(versions, TranscriptVersions.Document.Json)), Text(DocumentJson.Serialize(versions, TranscriptVersions.Document)));
    }

    private static AnalyticsDocument Compute(UsageRow[] rows) => AnalyticsCalculator.Compute(
        new UsageReadModel(rows, Today), new AlertsConfig { PerProjectLimits = new Dictionary<string, decimal> { ["p1"] = 12.5m } }, Today, TimeZoneInfo.Utc, ["p1", "ünused"]);

    private static void AssertSame(AnalyticsDocument document) => Assert.Equal(
        Text(DocumentJson.Serialize(document, AnalyticsDocuments.Analytics.Json)), Text(DocumentJson.Serialize(document, AnalyticsDocuments.Analytics)));

    private static string Text(byte[] json) => Encoding.UTF8.GetString(json);
}
