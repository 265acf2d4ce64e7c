using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Tests.Shared;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;

/// <summary>
/// Totals of real transcripts. AIAIAI_REAL_TRANSCRIPTS names a directory with <c>transcripts.tgz</c> (<c>projects/...</c> inside) and
/// <c>expected.json</c>: totals, per day and model, per session, per directory, and the days of other zones.
/// </summary>
public sealed class RealTranscriptTests(RealTranscriptTests.Unpacked unpacked) : IClassFixture<RealTranscriptTests.Unpacked>
{
    private const decimal Cent = 0.000001m;

    [SkippableFact]
    public void Run_RealTranscripts_GivesTheExpectedTotals()
    {
        (List<UsageRow> rows, JsonElement expected, IngestReport report) = unpacked.Read();

        Same("totals", expected.GetProperty("totals"), rows);
        Assert.Equal(expected.GetProperty("counts").GetProperty("malformed").GetInt64(), report.MalformedLines);
        Assert.Equal(expected.GetProperty("counts").GetProperty("files").GetInt64(), report.Files);
        Assert.Equal(expected.GetProperty("unpriced").EnumerateObject().Select(p => p.Name).Order(), rows.Where(r => r.Unpriced).Select(r => r.Model).Distinct().Order());
    }

    [SkippableFact]
    public void Run_RealTranscripts_GivesTheExpectedDaysAndModels()
    {
        (List<UsageRow> rows, JsonElement expected, _) = unpacked.Read();

        SameDays(expected.GetProperty("dayModels"), rows);
    }

    [SkippableFact]
    public void Run_RealTranscripts_GivesTheExpectedSessions()
    {
        (List<UsageRow> rows, JsonElement expected, _) = unpacked.Read();

        SameGroups(expected.GetProperty("sessions"), rows, r => r.Session);
    }

    [SkippableFact]
    public void Run_RealTranscripts_GivesTheExpectedDirectories()
    {
        (List<UsageRow> rows, JsonElement expected, _) = unpacked.Read();

        SameGroups(expected.GetProperty("projects"), rows, r => r.Project);
    }

    [SkippableTheory]
    [InlineData("Asia/Tokyo")]
    [InlineData("America/Los_Angeles")]
    public void Run_RealTranscriptsInAnotherZone_GivesTheExpectedDays(string zone)
    {
        (List<UsageRow> rows, JsonElement expected, _) = unpacked.Read(zone);

        SameDays(expected.GetProperty("otherTimeZones").GetProperty(zone), rows);
    }

    private static void SameDays(JsonElement expected, List<UsageRow> rows)
    {
        Assert.Equal(expected.EnumerateObject().Select(d => d.Name), rows.Select(r => $"{r.Date:yyyy-MM-dd}").Distinct().Order(StringComparer.Ordinal));
        foreach (JsonProperty day in expected.EnumerateObject())
        {
            SameGroups(day.Value, [.. rows.Where(r => $"{r.Date:yyyy-MM-dd}" == day.Name)], r => r.Model);
        }
    }

    private static void SameGroups(JsonElement expected, List<UsageRow> rows, Func<UsageRow, string> group)
    {
        ILookup<string, UsageRow> groups = rows.ToLookup(group);
        Assert.Equal(expected.EnumerateObject().Select(g => g.Name).Order(StringComparer.Ordinal), groups.Select(g => g.Key).Order(StringComparer.Ordinal));
        foreach (JsonProperty item in expected.EnumerateObject())
        {
            Same(item.Name, item.Value, groups[item.Name]);
        }
    }

    private static void Same(string name, JsonElement expected, IEnumerable<UsageRow> rows)
    {
        List<UsageRow> list = [.. rows];
        long Count(string property) => expected.GetProperty(property).GetInt64();
        Assert.Equal(
            (name, Count("calls"), Count("tokensIn"), Count("tokensOut"), Count("cacheWrite"), Count("cacheRead")),
            (name, list.Sum(r => r.Calls), list.Sum(r => r.TokensIn), list.Sum(r => r.TokensOut), list.Sum(r => r.CacheWrite), list.Sum(r => r.CacheRead)));
        Assert.InRange(list.Sum(r => r.Cost) - expected.GetProperty("cost").GetDecimal(), -Cent, Cent);
    }

    /// <summary>The transcripts, unpacked once.</summary>
    public sealed class Unpacked : IDisposable
    {
        private readonly IngestBench bench = new();
        private JsonDocument? expected;

        public void Dispose()
        {
            expected?.Dispose();
            bench.Dispose();
        }

        internal (List<UsageRow> Rows, JsonElement Expected, IngestReport Report) Read(string zone = "UTC")
        {
            string source = Requires.Variable("AIAIAI_REAL_TRANSCRIPTS", "a directory with transcripts.tgz and expected.json");
            if (expected is null)
            {
                using var packed = new GZipStream(File.OpenRead(Path.Combine(source, "transcripts.tgz")), CompressionMode.Decompress);
                TarFile.ExtractToDirectory(packed, Path.GetDirectoryName(bench.Projects)!, overwriteFiles: true);
                expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(source, "expected.json")));
            }

            bench.Zone = TimeZoneInfo.FindSystemTimeZoneById(zone);
            IngestReport report = bench.Run();
            return (bench.Rows(), expected.RootElement, report);
        }
    }
}
