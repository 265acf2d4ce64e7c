using System.Text;
using AiaiaiDashboard.Core.Tests.Usage.ClaudeCode;
using AiaiaiDashboard.Core.Usage.Pricing;
using static AiaiaiDashboard.Tests.Shared.TranscriptLines;

namespace AiaiaiDashboard.Core.Tests.Usage.Ledger;

/// <summary>Rows follow the price table, also those whose transcripts are gone.</summary>
public sealed class RepricingTests : IDisposable
{
    private readonly IngestBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Run_PricesChange_RepricesEveryRow()
    {
        bench.Write("-w/s1.jsonl", Assistant("m1").Model("x"), Assistant("m2").Cost("0.5"), Assistant("m3").Batch());
        bench.Run();
        bench.Prices = Over("""{"x":{"input":1,"output":1,"cacheRead":1,"cacheWrite5m":1},"claude-sonnet-4-6":{"input":0,"output":0,"cacheRead":2000,"cacheWrite5m":0}}""");
        bench.Run();

        Assert.Equal(["claude-sonnet-4-6 1.5 False", "x 0.00113 False"], bench.Rows().Select(r => FormattableString.Invariant($"{r.Model} {r.Cost:0.#########} {r.Unpriced}")));

        bench.Prices = PriceTable.BuiltIn;
        bench.Run();
        Assert.Equal(["claude-sonnet-4-6 0.5005025 False", "x 0 True"], bench.Rows().Select(r => FormattableString.Invariant($"{r.Model} {r.Cost:0.#########} {r.Unpriced}")));
    }

    [Fact]
    public void Run_PricesChangeAndCacheAndTranscriptsAreGone_RepricesFromTheParts()
    {
        const string prices = """{"claude-sonnet-4-5":{"input":2,"longContext":{"thresholdTokens":200000,"input":5,"output":1}},"claude-opus-4-6":{"input":7,"fastMultiplier":3}}""";
        string[] lines =
        [
            Assistant("m1").Model("claude-sonnet-4-5").Tokens(100_000), Assistant("m2").Model("claude-sonnet-4-5").Tokens(300_000).Batch(), Assistant("m3").Model("claude-sonnet-4-5").Cost("0.25"),
            Assistant("m4").Model("claude-opus-4-6").Fast().Us().Searches(3).Split(70, 80), Assistant("m5").Model("claude-opus-4-6").Us(), Assistant("m6").Model("claude-opus-4-6").Searches(1),
        ];
        using var direct = new IngestBench { Prices = Over(prices) };
        direct.Write("-w/s1.jsonl", lines);
        direct.Run();
        string gone = bench.Write("-w/s1.jsonl", lines);
        bench.Run();
        File.Delete(gone);
        bench.DeleteCache();
        bench.Prices = Over(prices);
        bench.Run();

        Assert.Equal(direct.Lines(), bench.Lines());
    }

    [Fact]
    public void Run_HeldRowThatDoesNotCountItsCalls_KeepsItsCost()
    {
        Directory.CreateDirectory(bench.Data.PathOf("history"));
        File.WriteAllText(
            bench.Data.PathOf("history/tokens-2026-03.jsonl"),
            """{"date":"2026-03-10","project":"p","session":"s","model":"claude-opus-4-6","source":"claude-code","tokensIn":1000000,"cost":5}""" + "\n");
        bench.Run();

        Assert.Equal(5, Assert.Single(bench.Rows()).Cost);
    }

    [Fact]
    public void Run_UnpricedRowOfAGoneTranscript_IsPricedOnceItsModelIsKnown()
    {
        string gone = bench.Write("-w/s1.jsonl", Assistant("m1").Model("x").Tokens(1_000_000, 0, 0, 0), Assistant("m2").Model("x").Fast().Tokens(1_000_000, 0, 0, 0));
        bench.Run();
        File.Delete(gone);
        bench.DeleteCache();
        bench.Prices = Over("""{"x":{"input":1,"output":1}}""");
        bench.Run();

        Assert.Equal(["x 1 False", "x-fast 1 False"], bench.Rows().Select(r => FormattableString.Invariant($"{r.Model} {r.Cost:0.##} {r.Unpriced}")));
    }

    private static PriceTable Over(string json) => PriceTable.WithOverrides(Encoding.UTF8.GetBytes(json), "config/pricing.json");
}
