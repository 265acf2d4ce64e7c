using System.Globalization;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Tests.Usage.ClaudeCode.Naive;

/// <summary>The ledger against a second, naive reading of the rules, row by row: equal to the token and to the last decimal.</summary>
public sealed class NaiveUsageTests
{
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Run_SpicedTranscripts_GivesTheRowsOfANaiveReading(int seed) => Compare(seed, 60);

    [Fact]
    [Trait("Category", "Long")]
    public void Run_ManySpicedTranscripts_GivesTheRowsOfANaiveReading()
    {
        for (int seed = 100; seed < 400; seed++)
        {
            Compare(seed, 150);
        }
    }

    private static void Compare(int seed, int linesPerFile)
    {
        using var bench = new IngestBench { Zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[seed % Zones.Length]) };
        var naive = new NaiveUsage(Prices(), bench.Zone);
        int read = 0;
        foreach ((string path, byte[] bytes) in new SpicedTranscripts(seed).Files(linesPerFile))
        {
            naive.Add(path, bytes);
            string file = bench.Write(path);
            // In two syncs, the first of which ends anywhere in a line.
            int half = (seed + (31 * read++)) % bytes.Length;
            File.WriteAllBytes(file, bytes[..half]);
            bench.Run();
            using FileStream stream = File.Open(file, FileMode.Append);
            stream.Write(bytes.AsSpan(half));
        }

        IngestReport report = bench.Run();

        List<string> expected = naive.Rows();
        List<string> rows = [.. bench.Rows().Select(Describe)];
        Assert.Empty(expected.Except(rows).Select(r => $"seed {seed}: missing {r}").Concat(rows.Except(expected).Select(r => $"seed {seed}: unexpected {r}")));
        Assert.Equal(expected.Count, rows.Count);
        Assert.Equal(naive.Malformed, report.MalformedLines);
    }

    private static NaivePrices Prices()
    {
        using var reader = new StreamReader(typeof(PriceTable).Assembly.GetManifestResourceStream("prices.json")!);
        return new NaivePrices(reader.ReadToEnd());
    }

    private static string Describe(UsageRow r) => string.Create(
        CultureInfo.InvariantCulture,
        $"{r.Date:yyyy-MM-dd} {r.Project} {r.Session} {r.Model}: {r.Calls} calls {r.TokensIn}+{r.TokensOut}+{r.CacheWrite}({r.CacheWrite1h})+{r.CacheRead} ${r.Cost:0.############}{(r.Unpriced ? " unpriced" : "")}");
}
