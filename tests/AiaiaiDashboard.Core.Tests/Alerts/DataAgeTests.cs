using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Tests.Alerts;

public class DataAgeTests
{
    // 20 November 2026 is a Friday.
    [Theory]
    [InlineData("*/15 * * * *", "2026-11-20T09:00Z", 12)]
    [InlineData("0 */8 * * *", "2026-11-20T08:00Z", 16)]
    [InlineData("0 9 * * 1-5", "2026-11-20T09:00Z", 96)]
    [InlineData("0 9 * * 1-5", "2026-11-17T09:00Z", 48)]
    [InlineData("0 7,19 * * *", "2026-11-20T07:00Z", 24)]
    public void StaleAfter_Schedule_IsTheSecondRunThatWasMissed(string cron, string read, int hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), DataAge.StaleAfter(new SyncConfig { Cron = cron }, TimeZoneInfo.Utc, DateTimeOffset.Parse(read, System.Globalization.CultureInfo.InvariantCulture)));
}
