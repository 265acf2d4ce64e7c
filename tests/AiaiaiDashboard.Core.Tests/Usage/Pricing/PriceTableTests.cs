using System.Globalization;
using System.Text;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Tests.Usage.Pricing;

/// <summary>Rules R22 to R28: prices, exactly.</summary>
public sealed class PriceTableTests
{
    private static readonly DateOnly Day = new(2026, 11, 1);

    [Theory]
    [InlineData("claude-opus-4-6", 5, 25, 0.5, 6.25)]
    [InlineData("claude-sonnet-4-6", 3, 15, 0.3, 3.75)]
    [InlineData("claude-haiku-5-5", 0.1, 0.5, 0.01, 0.125)]
    [InlineData("claude-3-haiku", 0.25, 1.25, 0.03, 0.3)]
    [InlineData("claude-opus-5-thinking", 5, 25, 0.5, 6.25)]
    [InlineData("gpt-5.4-pro", 30, 180, 30, 30)]
    [InlineData("gpt-5.4", 2.5, 15, 0.25, 2.5)]
    [InlineData("gemini-3-flash", 0.5, 3, 0.05, 0.083333)]
    public void Price_Rates_AreThoseOfTheTableAndFilledInWhereMissing(string model, decimal input, decimal output, decimal cacheRead, decimal cacheWrite)
    {
        ModelPrice price = PriceTable.BuiltIn.Price(model, Day)!;

        Assert.Equal(new TokenRates(input, output, cacheRead, cacheWrite), price.Plain);
    }

    [Theory]
    [InlineData("claude-haiku-5-5", 100_000)]
    [InlineData("claude-sonnet-4", 200_000)]
    [InlineData("claude-sonnet-4-5-20250929", 200_000)]
    [InlineData("gemini-2.5-pro", 200_000)]
    [InlineData("gpt-5.5", 272_000)]
    public void IsLongContext_AtAndAboveTheThreshold_OnlyAbove(string model, long threshold)
    {
        ModelPrice price = PriceTable.BuiltIn.Price(model, Day)!;

        Assert.False(price.IsLongContext(threshold, 0, 0));
        Assert.False(price.IsLongContext(threshold - 2, 1, 1));
        Assert.True(price.IsLongContext(threshold + 1, 0, 0));
        Assert.True(price.IsLongContext(0, threshold + 1, 0));
        Assert.True(price.IsLongContext(0, 0, threshold + 1));
        Assert.True(price.IsLongContext(threshold - 1, 1, 1));
    }

    [Theory]
    [InlineData("claude-opus-4-6")]
    [InlineData("claude-sonnet-4-6")]
    [InlineData("claude-sonnet-5-5")]
    [InlineData("claude-haiku-4-5")]
    public void IsLongContext_FlatPrice_Never(string model) => Assert.False(PriceTable.BuiltIn.Price(model, Day)!.IsLongContext(900_000, 900_000, 900_000));

    [Theory]
    [InlineData("claude-sonnet-4-5", "6 22.5 0.6 7.5")]
    [InlineData("claude-haiku-5-5", "0.5 2.5 0.05 0.625")]
    [InlineData("gpt-5.4", "5 22.5 0.5 5")]
    [InlineData("gpt-5.6", "8 30 0.8 10")]
    [InlineData("gpt-5.4-pro", "60 270 60 60")]
    public void Cost_LongContext_PricesTheWholeRequest(string model, string rates)
    {
        ModelPrice price = PriceTable.BuiltIn.Price(model, Day)!;

        TokenRates higher = price.LongContext!.Value;
        Assert.Equal(rates, string.Create(CultureInfo.InvariantCulture, $"{higher.Input:0.###} {higher.Output:0.###} {higher.CacheRead:0.###} {higher.CacheWrite5m:0.###}"));
        Assert.Equal(higher.Output, price.Cost(new UsageCounters { TokensOut = 1_000_000 }, longContext: true, false, false, false));
    }

    [Fact]
    public void Cost_EveryKindOfToken_AddsUpExactly()
    {
        ModelPrice price = PriceTable.BuiltIn.Price("claude-sonnet-4-6", Day)!;
        var tokens = new UsageCounters { TokensIn = 1, TokensOut = 2, CacheWrite = 7, CacheWrite1h = 4, CacheRead = 5 };

        // 1 x 3 + 2 x 15 + 3 x 3.75 + 4 x 6 + 5 x 0.3 = 69.75
        Assert.Equal(0.00006975m, price.Cost(tokens, false, false, false, false));
        Assert.Equal(0.00006975m * 1.1m * 0.5m, price.Cost(tokens, false, true, true, true));
    }

    [Theory]
    [InlineData("claude-opus-4-6", 6)]
    [InlineData("claude-opus-4-7", 6)]
    [InlineData("claude-opus-4-8", 2)]
    [InlineData("claude-opus-5", 2)]
    [InlineData("claude-opus-5-5", 2)]
    [InlineData("gpt-5.5", 2.5)]
    [InlineData("claude-sonnet-4-6", 1)]
    [InlineData("claude-opus-4-5", 1)]
    public void Price_FastMultiplier_IsTheModels(string model, decimal factor) => Assert.Equal(factor, PriceTable.BuiltIn.Price(model, Day)!.FastMultiplier);

    [Theory]
    [InlineData("claude-opus-4-6", true)]
    [InlineData("claude-opus-4-7", true)]
    [InlineData("claude-opus-4-8", true)]
    [InlineData("claude-opus-5", true)]
    [InlineData("claude-opus-5-5", true)]
    [InlineData("claude-sonnet-4-6", true)]
    [InlineData("claude-sonnet-5", true)]
    [InlineData("claude-sonnet-5-5", true)]
    [InlineData("claude-haiku-5-5", true)]
    [InlineData("claude-fable-5", true)]
    [InlineData("claude-fable-5-1", true)]
    [InlineData("claude-mythos-5", true)]
    [InlineData("claude-mythos-5-1", true)]
    [InlineData("claude-mythos-preview", true)]
    [InlineData("claude-opus-4-6-20260205", true)]
    [InlineData("us.anthropic.claude-opus-4-6-v1:0", true)]
    [InlineData("claude-sonnet-4-6-thinking", true)]
    [InlineData("claude-sonnet-5-20991231", true)]
    [InlineData("claude-opus-4-5", false)]
    [InlineData("claude-opus-4-1", false)]
    [InlineData("claude-sonnet-4-5", false)]
    [InlineData("claude-haiku-4-5", false)]
    [InlineData("claude-3-opus", false)]
    [InlineData("gpt-5.5", false)]
    public void Price_UsMultiplier_IsForTheListedModelsOnly(string model, bool listed) =>
        Assert.Equal(listed ? 1.1m : 1m, PriceTable.BuiltIn.Price(model, Day)!.UsMultiplier);

    [Fact]
    public void Price_ListedModelOfTheUserWithADate_CostsMoreInTheUs()
    {
        PriceTable table = Over("""{"claude-opus-5-5-20260921":{"input":4,"output":20},"claude-opus-9":{"input":4,"output":20}}""");

        Assert.Equal(1.1m, table.Price("claude-opus-5-5-20260921", Day)!.UsMultiplier);
        Assert.Equal(1m, table.Price("claude-opus-9", Day)!.UsMultiplier);
    }

    [Theory]
    [InlineData("2020-01-01", 0.2)]
    [InlineData("2026-10-06", 0.2)]
    [InlineData("2026-10-07", 0.1)]
    [InlineData("2030-01-01", 0.1)]
    public void Price_ChangesByDate_AreInForceOnTheDay(string day, decimal cacheRead)
    {
        ModelPrice price = PriceTable.BuiltIn.Price("claude-sonnet-5-5", DateOnly.Parse(day, CultureInfo.InvariantCulture))!;

        Assert.Equal(new TokenRates(2, 10, cacheRead, 2.5m), price.Plain);
    }

    [Theory]
    [InlineData("2025-12-31", 1, 10, 0.1)]
    [InlineData("2026-01-31", 1, 10, 0.1)]
    [InlineData("2026-02-01", 2, 20, 0.2)]
    [InlineData("2026-03-31", 2, 20, 0.2)]
    [InlineData("2026-04-01", 4, 20, 0.4)]
    public void Price_SeveralHistoryEntries_TheOneThatEndsSoonestLiesOverTheRow(string day, decimal input, decimal output, decimal cacheRead)
    {
        PriceTable table = Over("""{"claude-x":{"input":4,"output":20,"history":[{"input":2,"until":"2026-03-31"},{"input":1,"output":10,"until":"2026-01-31"}]}}""");

        Assert.Equal(new TokenRates(input, output, cacheRead, input * 1.25m), table.Price("claude-x", DateOnly.Parse(day, CultureInfo.InvariantCulture))!.Plain);
    }

    [Fact]
    public void WithOverrides_OneProperty_LeavesTheOthers()
    {
        ModelPrice price = Over("""{"claude-opus-4-6":{"output":30},"_note":{"x":1}}""").Price("claude-opus-4-6", Day)!;

        Assert.Equal((new TokenRates(5, 30, 0.5m, 6.25m), 6m, 1.1m), (price.Plain, price.FastMultiplier, price.UsMultiplier));
    }

    [Fact]
    public void WithOverrides_NullPrice_IsFilledInFromTheInput()
    {
        PriceTable table = Over("""{"claude-opus-4-6":{"cacheRead":null,"cacheWrite5m":null},"other":{"input":4,"output":8}}""");

        Assert.Equal(new TokenRates(5, 25, 0.5m, 6.25m), table.Price("claude-opus-4-6", Day)!.Plain);
        Assert.Equal(new TokenRates(4, 8, 4, 4), table.Price("other", Day)!.Plain);
    }

    [Fact]
    public void WithOverrides_PricesAbove200K_AreLongContext()
    {
        ModelPrice price = Over("""{"claude-x":{"input":1,"output":5,"cacheRead":0.3,"inputAbove200k":2,"cacheWrite1hAbove200k":9}}""").Price("claude-x", Day)!;

        Assert.Equal(200_000, price.LongContextThreshold);
        Assert.Equal(2, price.LongContext!.Value.Input);
        Assert.Equal(5, price.LongContext!.Value.Output);
    }

    // The built-in table is read without looking for mistakes, a person's file with: laid over itself, nothing stands twice, is missing or differs.
    [Fact]
    public void WithOverrides_TheBuiltInTableItself_ChangesNoPriceOfAnyDay()
    {
        PriceTable twice = PriceTable.WithOverrides(BuiltInPrices.Json(), "prices.json");

        Assert.True(twice.Models.Count > 100);
        Assert.Equal(PriceTable.BuiltIn.Models.Order(), twice.Models.Order());
        DateOnly[] days = [new(2025, 1, 1), new(2026, 6, 1), new(2026, 9, 1), Day, new(2027, 1, 1)];
        Assert.All(twice.Models, model => Assert.All(days, day => Assert.Equal(twice.Price(model, day), PriceTable.BuiltIn.Price(model, day))));
    }

    [Fact]
    public void WithOverrides_SameContent_HasTheSameFingerprint()
    {
        const string json = """{"claude-opus-4-6":{"output":30}}""";

        Assert.Equal(Over(json).Fingerprint, Over(json).Fingerprint);
        Assert.NotEqual(Over(json).Fingerprint, Over(json.Replace("30", "31", StringComparison.Ordinal)).Fingerprint);
        Assert.NotEqual(PriceTable.BuiltIn.Fingerprint, Over(json).Fingerprint);
    }

    [Theory]
    [InlineData("[]", "$: is a list, must be an object")]
    [InlineData("{\"m\":5}", "$[\"m\"]: is 5, must be an object")]
    [InlineData("{\"m\":{\"input\":1}}", "$[\"m\"]: a new model needs \"input\" and \"output\"")]
    [InlineData("{\"claude-opus-4-6\":{\"input\":\"5\"}}", "$[\"claude-opus-4-6\"].input: is \"5\", allowed is a number from 0")]
    [InlineData("{\"claude-opus-4-6\":{\"cacheRead\":-1}}", "$[\"claude-opus-4-6\"].cacheRead: is -1")]
    [InlineData("{\"claude-opus-4-6\":{\"history\":[{\"input\":1}]}}", "$[\"claude-opus-4-6\"].history[0].until: is missing, must be")]
    [InlineData("{\"claude-opus-4-6\":{\"history\":5}}", "$[\"claude-opus-4-6\"].history: is 5, must be an array")]
    [InlineData("{\"claude-opus-4-6\":{\"history\":[5]}}", "$[\"claude-opus-4-6\"].history[0]: is 5, must be an object")]
    [InlineData("{\"claude-opus-4-6\":{\"longContext\":{\"input\":1}}}", "$[\"claude-opus-4-6\"].longContext: needs")]
    [InlineData("{\n\"a\":,}", "line 2: not valid JSON")]
    [InlineData("{\n// mine\n}", "line 2: not valid JSON")]
    [InlineData("{\"m\":{\"input\":1,\"output\":2},}", "line 1: not valid JSON")]
    [InlineData("{\"m\":{\"input\":1,\"output\":2,\"input\":3}}", "$: not valid JSON: the same name stands twice")]
    [InlineData("{\"m\":{\"input\":1,\"output\":2},\"m\":{\"input\":3,\"output\":4}}", "$: not valid JSON: the same name stands twice")]
    public void WithOverrides_Invalid_NamesFilePlaceAndReason(string json, string message)
    {
        PriceTableException exception = Assert.Throws<PriceTableException>(() => Over(json));

        Assert.StartsWith("config/pricing.json, " + message, exception.Message, StringComparison.Ordinal);
    }

    private static PriceTable Over(string json) => PriceTable.WithOverrides(Encoding.UTF8.GetBytes(json), "config/pricing.json");
}
