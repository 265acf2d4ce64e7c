using AiaiaiDashboard.Components.Controls;
using Bunit;
using Microsoft.AspNetCore.Components;

namespace AiaiaiDashboard.Components.Tests.Controls;

public sealed class ControlTests : DashboardTestContext
{
    [Fact]
    public async Task CardBoundary_ChildThrows_ShowsWhatFailedWithoutTheException()
    {
        Faulty.Fails = true;
        IRenderedComponent<CardBoundary> card = Render<CardBoundary>(parameters => parameters.Add(c => c.Name, "Spend chart").AddChildContent<Faulty>());

        Assert.Contains("Spend chart could not be shown", card.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", card.Markup, StringComparison.Ordinal);

        Faulty.Fails = false;
        await card.Find("button").ClickAsync();
        Assert.Equal("works", card.Markup);
    }

    [Fact]
    public void SvgPath_Values_SpanTheBox()
    {
        (string path, double end) = SvgPath.Line([0, 5, 10], 84, 22);

        Assert.Equal("M0 21L42 11.5L84 2", path);
        Assert.Equal(2, end);
    }

    [Fact]
    public void Sparkline_NoSpend_SaysSo() =>
        Assert.Contains("No spend", Render(Marks.Sparkline([0, 0, 0], "x")).Markup, StringComparison.Ordinal);

    [Fact]
    public void Sparkline_LabelWithMarkup_IsText()
    {
        IRenderedComponent<IComponent> drawn = Render(Marks.Sparkline([0, 5, 10], "<b>\"x"));

        Assert.Equal("<b>\"x", drawn.Find("svg").GetAttribute("aria-label"));
        Assert.Empty(drawn.FindAll("b"));
    }

    [Fact]
    public void SparkShape_SameValues_AreDrawnOnce()
    {
        decimal[] values = [0, 5, 10];

        SparkShape shape = SparkShape.Of(values, 84, 22);

        Assert.Same(shape, SparkShape.Of(values, 84, 22));
        Assert.Equal("M0 21L42 11.5L84 2L84 22L0 22Z", shape.Area);
        Assert.Equal("0 0 72 18", SparkShape.Of(values, 72, 18).Box);
    }

    [Fact]
    public void Change_WithoutAnEarlierAmount_ComparesNothing() =>
        Assert.Contains("no prior week", Render<Change>(parameters => parameters.Add(c => c.From, null).Add(c => c.To, 3m).Add(c => c.Period, "vs").Add(c => c.Missing, "no prior week")).Markup, StringComparison.Ordinal);

    private sealed class Faulty : ComponentBase
    {
        public static bool Fails { get; set; }

        protected override void OnInitialized()
        {
            if (Fails)
            {
                throw new InvalidOperationException("secret");
            }
        }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) => builder.AddContent(0, "works");
    }
}
