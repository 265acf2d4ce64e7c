using AiaiaiDashboard.Components.Charts;

namespace AiaiaiDashboard.Components.Tests.Charts;

public sealed class ChartCsvTests
{
    [Fact]
    public void Of_DaysAndSeries_WritesALineADayAndLeavesUnknownDaysEmpty()
    {
        string csv = ChartCsv.Of(Options(new ChartSeries("opus", [1.5m, null], "c1"), new ChartSeries("haiku", [0, 0.0001m], "c2")));

        Assert.Equal("day,opus,haiku\r\n2026-11-01,1.5,0\r\n2026-11-02,,0.0001\r\n", csv);
    }

    [Fact]
    public void Of_Band_AppendsItsEnds()
    {
        ChartOptions options = Options(new ChartSeries("Forecast", [null, 12m], "accent")) with { Band = new ChartBand("80% range", [null, 10m], [null, 15m]) };

        Assert.Equal("day,Forecast,low,high\r\n2026-11-01,,,\r\n2026-11-02,12,10,15\r\n", ChartCsv.Of(options));
    }

    [Theory]
    [InlineData("=HYPERLINK(1)", "day,'=HYPERLINK(1)\r\n")]
    [InlineData("a,b", "day,\"a,b\"\r\n")]
    [InlineData("say \"hi\"", "day,\"say \"\"hi\"\"\"\r\n")]
    public void Of_HostileName_IsQuotedAndNoFormula(string name, string expected) =>
        Assert.Equal(expected, ChartCsv.Of(new ChartOptions { Kind = ChartKind.Bars, Days = [], Series = [new ChartSeries(name, [], "c1")] }));

    [Fact]
    public void Of_NamesOnTheAxis_AreNoFormulasEither() =>
        Assert.Equal("project,USD\r\n'=1+1,2\r\n\"a,b\",3\r\n", ChartCsv.Of(new ChartOptions { Kind = ChartKind.Bars, Axis = "project", Days = ["=1+1", "a,b"], Series = [new ChartSeries("USD", [2, 3], "c1")] }));

    private static ChartOptions Options(params ChartSeries[] series) => new() { Kind = ChartKind.Lines, Days = ["2026-11-01", "2026-11-02"], Series = series };
}
