using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Core.Tests.Usage.Queries;

public sealed class UsageSumOrderTests
{
    private static readonly UsageSum[] Sums =
    [
        new() { Keys = ["b"], Cost = 3, TokensIn = 1, TokensOut = 5, CacheRead = 0 },
        new() { Keys = ["A"], Cost = 2, TokensIn = 9, TokensOut = 4, CacheRead = 7 },
        new() { Keys = ["c"], Cost = 2, TokensIn = 2, TokensOut = 3, CacheRead = 8 },
    ];

    [Theory]
    [InlineData(null, "bAc")]
    [InlineData("cost", "bAc")]
    [InlineData("-cost", "Acb")]
    [InlineData("name", "Abc")]
    [InlineData("-name", "cbA")]
    [InlineData("input", "Acb")]
    [InlineData("-output", "cAb")]
    [InlineData("cache", "cAb")]
    [InlineData("tokens", "Acb")]
    [InlineData("<script>", "bAc")]
    [InlineData("-", "bAc")]
    public void Apply_TextOfAnAddress_OrdersAndKeepsEqualRows(string? text, string expected) =>
        Assert.Equal(expected, string.Concat(UsageSumOrder.Parse(text).Apply(Sums, key => key).Select(s => s.Keys[0])));

    [Fact]
    public void Next_SameColumn_TurnsItRound()
    {
        Assert.Equal(("-cost", "name"), (UsageSumOrder.Parse(null).Next("cost"), UsageSumOrder.Parse(null).Next("name")));
        Assert.Equal("cost", UsageSumOrder.Parse("-cost").Next("cost"));
    }
}
