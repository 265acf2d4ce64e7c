using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Tests.Settings;

public class CronMistakeTests
{
    [Theory]
    [InlineData("*/15 * * * *")]
    [InlineData("0 9 * * MON-FRI")]
    [InlineData("0 0 L * *")]
    [InlineData("@daily")]
    public void Of_UsableExpression_IsNull(string cron) => Assert.Null(CronMistake.Of(cron));

    [Theory]
    [InlineData("99 * * * *", "\"99\" is not allowed as the minute: 0 to 59;")]
    [InlineData("0 24 * * *", "\"24\" is not allowed as the hour: 0 to 23;")]
    [InlineData("0 0 32 * *", "\"32\" is not allowed as the day of the month: 1 to 31")]
    [InlineData("0 0 1 MAY-XYZ *", "\"MAY-XYZ\" is not allowed as the month: 1 to 12, or JAN to DEC;")]
    [InlineData("0 0 * * funday", "\"funday\" is not allowed as the day of the week: 0 to 7")]
    [InlineData("*/15 * * *", "it has 4 fields and needs five: minute, hour, day of the month, month, day of the week.")]
    [InlineData("0 */15 * * * *", "it has 6 fields and needs five")]
    [InlineData("soon", "it has 1 field and needs five")]
    [InlineData("", "use five fields")]
    [InlineData("@noon", "or @hourly, @daily, @weekly or @monthly.")]
    [InlineData("0 0 30 2 *", "it never comes true. There is no such day.")]
    public void Of_Mistake_NamesTheFieldAndWhatIsAllowed(string cron, string words) => Assert.Contains(words, CronMistake.Of(cron), StringComparison.Ordinal);
}
