using System.Globalization;

namespace AiaiaiDashboard.Core.Tests;

public sealed class PlainNumberTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1_000, "1,000")]
    [InlineData(1_234_567, "1,234,567")]
    [InlineData(-1, "-1")]
    [InlineData(-999, "-999")]
    [InlineData(-1_000, "-1,000")]
    [InlineData(long.MaxValue, "9,223,372,036,854,775,807")]
    [InlineData(long.MinValue, "-9,223,372,036,854,775,808")]
    public void Grouped_Number_IsThatOfTheInvariantCulture(long value, string expected)
    {
        Assert.Equal(expected, PlainNumber.Grouped(value));
        Assert.Equal(value.ToString("N0", CultureInfo.InvariantCulture), PlainNumber.Grouped(value));
        Assert.Equal(value.ToString(CultureInfo.InvariantCulture), PlainNumber.Text(value));
    }
}
