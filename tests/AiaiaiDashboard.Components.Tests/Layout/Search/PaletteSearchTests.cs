using AiaiaiDashboard.Components.Layout.Search;

namespace AiaiaiDashboard.Components.Tests.Layout.Search;

public sealed class PaletteSearchTests
{
    private static readonly PaletteEntry[] Entries =
    [
        Entry("Home"),
        Entry("Tokens"),
        Entry("Refresh now", "sync"),
        Entry("storefront-api", "Grocery retail"),
        Entry("api-docs", "Internal"),
        Entry("mobile-onboarding", "Consumer app"),
    ];

    [Theory]
    [InlineData("", "Home", "Tokens", "Refresh now", "storefront-api", "api-docs", "mobile-onboarding")]
    [InlineData("  tok ", "Tokens")]
    [InlineData("API", "api-docs", "storefront-api")]
    [InlineData("sync", "Refresh now")]
    [InlineData("retail store", "storefront-api")]
    [InlineData("sfa", "storefront-api")]
    [InlineData("now", "Refresh now")]
    [InlineData("x")]
    [InlineData("store nothing")]
    public void Find_Query_GivesMatchesBestFirst(string query, params string[] expected) =>
        Assert.Equal(expected, PaletteSearch.Find(Entries, query).Select(e => e.Title));

    [Fact]
    public void Find_ManyMatches_IsBounded() =>
        Assert.Equal(PaletteSearch.MaxEntries, PaletteSearch.Find(Enumerable.Range(0, 500).Select(n => Entry($"project-{n}")), "project").Count);

    private static PaletteEntry Entry(string title, string detail = "") => new("", title, detail, "", "/", null);
}
