using System.Text;
using AiaiaiDashboard.Core.Usage.Pricing;

namespace AiaiaiDashboard.Core.Tests.Usage.Pricing;

/// <summary>Rules R20 and R21.</summary>
public sealed class ModelNameTests
{
    [Theory]
    [InlineData("claude-opus-4-6")]
    [InlineData("claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("claude-3.5-haiku")]
    [InlineData("claude-3-5-haiku")]
    [InlineData("gpt-5.4")]
    [InlineData("gemini-2.5-flash-preview-04-17:thinking")]
    [InlineData("claude-3-7-sonnet-latest")]
    [InlineData("claude-opus-4-1-20250805-thinking")]
    public void Find_KeyOfTheTable_IsItself(string name) => Assert.Equal(name, PriceTable.BuiltIn.Find(name));

    [Theory]
    [InlineData("Claude-Opus-4-6", "claude-opus-4-6")]
    [InlineData("CLAUDE-OPUS-4.6", "claude-opus-4-6")]
    [InlineData("gpt-5-4", "gpt-5.4")]
    [InlineData("GPT-5.4", "gpt-5.4")]
    [InlineData("o4.mini", "o4-mini")]
    [InlineData("  claude-opus-4-6\t", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6[1m]", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6[anything: at all]", "claude-opus-4-6")]
    [InlineData("vertex_ai/claude-opus-4-6", "claude-opus-4-6")]
    [InlineData("a/b/c/gpt-5.4", "gpt-5.4")]
    [InlineData("openrouter/anthropic/claude-opus-4.6[1m]", "claude-opus-4-6")]
    [InlineData("us.anthropic.claude-opus-4-6", "claude-opus-4-6")]
    [InlineData("anthropic:claude-opus-4-6", "claude-opus-4-6")]
    [InlineData("global.anthropic.claude-opus-4-6-v1", "claude-opus-4-6")]
    [InlineData("eu.anthropic.claude-haiku-4-5-20251001-v1:0", "claude-haiku-4-5-20251001")]
    [InlineData("bedrock/us.anthropic.claude-opus-4-6-v1:0:200k", "claude-opus-4-6")]
    [InlineData("arn:aws:bedrock:us-west-2:1:inference-profile/global.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5-20250929-v1:0")]
    [InlineData("claude-opus-4-6-v2", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6-v10:12", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6-v1:0:1000k", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6:0", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6:200k", "claude-opus-4-6")]
    [InlineData("claude-opus-4-5@20251101", "claude-opus-4-5-20251101")]
    [InlineData("claude-opus-4-6@20991231", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6@latest", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6@default", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6-20991231", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6-latest", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6-default", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6-thinking", "claude-opus-4-6")]
    [InlineData("claude-opus-4-6-20991231-thinking-latest", "claude-opus-4-6")]
    [InlineData("claude-opus-4-0", "claude-opus-4")]
    [InlineData("claude-sonnet-4-0", "claude-sonnet-4")]
    [InlineData("claude-sonnet-4.0", "claude-sonnet-4")]
    [InlineData("claude-opus-4-0[1m]", "claude-opus-4")]
    [InlineData("claude-3-5-sonnet", "claude-3-5-sonnet-20241022")]
    [InlineData("claude-3-5-sonnet@latest", "claude-3-5-sonnet-20241022")]
    [InlineData("anthropic.claude-3-5-sonnet-v2:0", "claude-3-5-sonnet-20241022")]
    [InlineData("claude-3-5-sonnet-v2", "claude-3.5-sonnet-v2")]
    [InlineData("claude-4-sonnet", "claude-4-sonnet-20250514")]
    [InlineData("claude-opus-4-1-20250805", "claude-opus-4-1-20250805")]
    [InlineData("claude-opus-4-1-20260101", "claude-opus-4-1")]
    public void Find_NameInAnotherForm_IsTheTablesKey(string name, string key) => Assert.Equal(key, PriceTable.BuiltIn.Find(name));

    [Theory]
    [InlineData("claude-opus-4-60")]
    [InlineData("claude-opus-5-6")]
    [InlineData("claude-opus-4-1-1")]
    [InlineData("claude-opus-4-6-1")]
    [InlineData("claude-opus-4-6-preview")]
    [InlineData("claude-opus-4-6-fast")]
    [InlineData("claude-opus")]
    [InlineData("claude-")]
    [InlineData("claude")]
    [InlineData("opus-4-6")]
    [InlineData("myclaude-opus-4-6")]
    [InlineData("4claude-opus-4-6")]
    [InlineData("éclaude-opus-4-6")]
    [InlineData("claude-opus-4-6-19991231")]
    [InlineData("claude-opus-4-6-2025110")]
    [InlineData("claude-opus-4-6-202511011")]
    [InlineData("claude-opus-4-6@2025")]
    [InlineData("claude-opus-4-6@next")]
    [InlineData("claude-opus-4-6-v")]
    [InlineData("claude-opus-4-6-vx")]
    [InlineData("claude-opus-4-6:beta")]
    [InlineData("claude-opus-4-6/latest")]
    [InlineData("[claude-opus-4-6]")]
    [InlineData("claude-haiku-4-0")]
    [InlineData("gpt-5.44")]
    [InlineData("gpt-5.99")]
    [InlineData("gpt")]
    [InlineData("o3-pro")]
    [InlineData("o")]
    [InlineData("my-gpt-5.4")]
    [InlineData("<synthetic>")]
    [InlineData("unknown")]
    [InlineData("_meta")]
    [InlineData("")]
    public void Find_AnythingElse_IsUnknown(string name) => Assert.Null(PriceTable.BuiltIn.Find(name));

    [Theory]
    [InlineData(null, "unknown")]
    [InlineData("", "unknown")]
    [InlineData(" \t\n", "unknown")]
    [InlineData("\u00A0x\u2003", "x")]
    [InlineData("a b", "a b")]
    public void Clean_Name_HasNoBlanksAround(string? name, string clean) => Assert.Equal(clean, ModelName.Clean(name));

    [Fact]
    public void Listed_UnknownModel_IsTheNameAsWritten() => Assert.Equal("My/Model:7", PriceTable.BuiltIn.Listed(" My/Model:7 "));

    [Fact]
    public void Find_NameWithoutDate_IsTheLatestDateOfTheTable()
    {
        PriceTable table = PriceTable.WithOverrides(
            Encoding.UTF8.GetBytes("""{"m-20250101":{"input":1,"output":1},"m-20260101":{"input":2,"output":2},"m-x-20270101":{"input":3,"output":3}}"""), "pricing.json");

        Assert.Equal("m-20260101", table.Find("m"));
        Assert.Equal("m-20250101", table.Find("m@20250101"));
        Assert.Null(table.Find("m-20270101"));
    }

    [Fact]
    public void Find_KeyWithSuffixOfTheUser_WinsOverTheName()
    {
        PriceTable table = PriceTable.WithOverrides(Encoding.UTF8.GetBytes("""{"claude-opus-4-6[1m]":{"input":7,"output":7},"proxy/Big.Model":{"input":1,"output":1}}"""), "pricing.json");

        Assert.Equal("claude-opus-4-6[1m]", table.Find("claude-opus-4-6[1m]"));
        Assert.Equal("claude-opus-4-6", table.Find("claude-opus-4-6[2m]"));
        Assert.Equal("proxy/Big.Model", table.Find("PROXY/big-model"));
        Assert.Null(table.Find("big.model"));
    }
}
