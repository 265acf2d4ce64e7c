using System.Globalization;
using AiaiaiDashboard.Components.Controls;
using AiaiaiDashboard.Core.Analytics;

namespace AiaiaiDashboard.Components.Tests.Controls;

public sealed class ExhaustionWordsTests
{
    private static readonly DateOnly Today = new(2026, 11, 23);

    // Columns: state, date -> what the date is, the figure, whether it is too far off for one
    [Theory]
    [InlineData("exceeded", "2026-11-12", "Ran out", "Nov 12", false)]
    [InlineData("projected", "2026-11-27", "Runs out", "Nov 27", false)]
    [InlineData("projected", "2027-11-24", "Runs out", "Nov 24, 2027", false)]
    [InlineData("projected", "2027-11-25", "Runs out", "Over a year", true)]
    [InlineData("projected", "2031-03-12", "Runs out", "Over a year", true)]
    [InlineData("none", null, "Runs out", null, false)]
    public void Figure_AnyDate_IsADateOrSaysThatItIsFarOff(string state, string? date, string name, string? figure, bool isFar)
    {
        var exhaustion = new Exhaustion { State = state, Date = date is null ? null : DateOnly.ParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture) };

        Assert.Equal((name, figure, isFar), (ExhaustionWords.Name(exhaustion), ExhaustionWords.Figure(exhaustion, Today), ExhaustionWords.IsFar(exhaustion, Today)));
    }
}
