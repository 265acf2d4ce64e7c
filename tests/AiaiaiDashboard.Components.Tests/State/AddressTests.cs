using AiaiaiDashboard.Components.State;

namespace AiaiaiDashboard.Components.Tests.State;

public sealed class AddressTests
{
    [Fact]
    public void Of_Values_AreEscapedAndEmptyOnesLeftOut() =>
        Assert.Equal("/tokens?project=a%26b&range=30d", Address.Of("/tokens", "a&b", ("range", "30d"), ("by", null), ("month", "")));

    [Fact]
    public void Of_Nothing_IsThePath() => Assert.Equal("/", Address.Of("/", null));

    [Fact]
    public void OfProject_Id_IsEscaped() => Assert.Equal("/projects/%E9%A1%B9%E7%9B%AE%2F1", Address.OfProject("项目/1"));
}
