using System.Globalization;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.Sync.Scheduling;

namespace AiaiaiDashboard.Core.Tests.Sync.Scheduling;

public sealed class SyncScheduleTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private static DateTimeOffset At(string utc) => DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    // Spring: 2026-03-29, 01:59:59 CET is followed by 03:00:00 CEST (01:00 UTC).
    //
    //   UTC      00:00   00:30   01:00   01:30
    //   Berlin   01:00   01:30   03:00   03:30      (02:xx does not exist)
    //
    // Autumn: 2026-10-25, 02:59:59 CEST is followed by 02:00:00 CET (01:00 UTC).
    //
    //   UTC      00:00   00:30   01:00   01:30   02:00
    //   Berlin   02:00   02:30   02:00   02:30   03:00      (02:xx comes twice)
    [Theory]
    [InlineData("*/15 * * * *", "2026-11-21 12:00:00", "2026-11-21 12:15:00")]
    [InlineData("*/15 * * * *", "2026-11-21 12:14:59", "2026-11-21 12:15:00")]
    [InlineData("30 2 * * *", "2026-03-29 00:00:00", "2026-03-29 01:00:00")] // 02:30 does not exist: at the jump
    [InlineData("30 2 * * *", "2026-03-29 01:00:00", "2026-03-30 00:30:00")] // and not a second time
    [InlineData("30 2 * * *", "2026-10-24 12:00:00", "2026-10-25 00:30:00")] // the first 02:30
    [InlineData("30 2 * * *", "2026-10-25 00:30:00", "2026-10-26 01:30:00")] // not the second
    [InlineData("*/30 * * * *", "2026-10-25 00:30:00", "2026-10-25 01:00:00")] // repeated hour: goes on in true half hours
    [InlineData("*/30 * * * *", "2026-10-25 01:00:00", "2026-10-25 01:30:00")]
    [InlineData("*/30 * * * *", "2026-03-29 00:30:00", "2026-03-29 01:00:00")]
    [InlineData("0 9 * * 1", "2026-11-21 12:00:00", "2026-11-23 08:00:00")] // Monday 09:00 CET
    public void Next_Cron_FollowsTheWallClockOfTheZone(string cron, string after, string expected) =>
        Assert.Equal(At(expected), SyncSchedule.From(new SyncConfig { Cron = cron }, Berlin).Next(At(after)));

    [Theory]
    [InlineData(1)]
    [InlineData(45)]
    [InlineData(61)]
    [InlineData(90)]
    [InlineData(1440)]
    public void Next_Interval_KeepsItsTrueLengthAcrossHoursDaysAndClockChanges(int minutes)
    {
        SyncSchedule schedule = SyncSchedule.From(new SyncConfig { IntervalMinutes = minutes }, Berlin);
        DateTimeOffset run = schedule.Next(At("2026-10-24 20:00:00"))!.Value;
        for (int i = 0; i < 50; i++)
        {
            DateTimeOffset next = schedule.Next(run)!.Value;
            Assert.Equal(TimeSpan.FromMinutes(minutes), next - run);
            run = next;
        }
    }

    // Runs at every full hour. seen = last look, now = this look.
    [Theory]
    [InlineData("runOnce", "12:00:00", "12:59:59", false)]
    [InlineData("runOnce", "12:59:30", "13:00:10", true)]
    [InlineData("runOnce", "13:00:00", "13:00:50", false)] // dealt with at 13:00:00 sharp
    [InlineData("runOnce", "08:30:00", "12:30:00", true)] // four missed: one run
    [InlineData("skip", "08:30:00", "12:30:00", false)] // all missed by far
    [InlineData("skip", "08:30:00", "13:01:00", true)] // the last of them is on time
    [InlineData("skip", "12:59:30", "13:00:10", true)]
    [InlineData("runOnce", "14:30:00", "13:00:10", false)] // clock set back: nothing is caught up
    [InlineData("skip", "14:30:00", "13:00:10", false)]
    public void IsDue_Policies_RunAtMostOnce(string policy, string seen, string now, bool expected)
    {
        SyncSchedule schedule = SyncSchedule.From(new SyncConfig { Cron = "0 * * * *", MissedRuns = policy }, TimeZoneInfo.Utc);

        Assert.Equal(expected, schedule.IsDue(At($"2026-11-21 {seen}"), At($"2026-11-21 {now}")));
    }
}
