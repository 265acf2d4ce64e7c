using AiaiaiDashboard.Core.Alerts;

namespace AiaiaiDashboard.Core.Tests.Alerts;

public sealed class AlertBookTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static ActiveAlert Global(int percent, DateOnly? since = null) => new()
    {
        Key = $"global-{percent}",
        Type = AlertType.Global,
        Level = percent >= 90 ? AlertLevel.Critical : AlertLevel.Warning,
        Message = $"{percent} %",
        Spend = percent * 2,
        Budget = 200,
        Percent = percent,
        Since = since ?? Today,
    };

    private static ActiveAlert Source(string name = "claude-code") => new()
    {
        Key = $"source-{name}",
        Type = AlertType.Source,
        Level = AlertLevel.Warning,
        Message = "fails",
        Since = Today,
    };

    private static AlertState Observe(AlertState state, DateTimeOffset now, params ActiveAlert[] alerts) =>
        AlertBook.Observe(state, alerts, null, DateOnly.FromDateTime(now.UtcDateTime), now);

    private static IReadOnlyList<ActiveAlert> Show(AlertState state, DateTimeOffset now, params ActiveAlert[] alerts) =>
        AlertBook.Show(state, alerts, null, DateOnly.FromDateTime(now.UtcDateTime), now);

    private static AlertState TellAll(AlertState state, DateTimeOffset now) =>
        AlertBook.Open(state, now).Aggregate(state, (s, c) => AlertBook.Told(s, "desktop", c, now));

    private static string[] Waiting(AlertState state, DateTimeOffset now) =>
        [.. AlertBook.Open(state, now).Where(c => !AlertBook.WasTold(state, "desktop", c.Key, c.Period)).Select(c => c.Key)];

    [Fact]
    public void Observe_SameFactsTwice_ChangesNothing()
    {
        AlertState first = Observe(new AlertState(), Now, Global(75), Source());

        Assert.Equal(first, Observe(first, Now.AddHours(3), Global(75), Source()));
        Assert.Equal(["global-75", "source-claude-code"], first.FiredAlerts);
        Assert.Equal("2026-11", first.Month);
    }

    [Fact]
    public void Observe_NoLongerTrue_ResolvesAndIsNotNotifiedAgainInThatMonth()
    {
        AlertState told = TellAll(Observe(new AlertState(), Now, Global(75)), Now);
        AlertState resolved = Observe(told, Now.AddHours(1));

        AlertState again = Observe(resolved, Now.AddHours(2), Global(75));

        Assert.Empty(resolved.Conditions);
        Assert.Equal([AlertEventKind.Fired, AlertEventKind.Sent, AlertEventKind.Resolved, AlertEventKind.Fired], again.Log.Select(e => e.Kind));
        Assert.Empty(Waiting(again, Now.AddHours(2)));
        Assert.True(Assert.Single(Show(again, Now.AddHours(2), Global(75))).IsOpen);
    }

    [Fact]
    public void Observe_NextMonth_IsNotifiedOnceMore()
    {
        AlertState told = TellAll(Observe(new AlertState(), Now, Global(75)), Now);
        DateTimeOffset december = Now.AddDays(20);

        AlertState next = Observe(told, december, Global(75, new DateOnly(2026, 12, 11)));

        Assert.Equal(["global-75"], Waiting(next, december));
        Assert.Equal(("2026-12", "global-75"), (next.Month, Assert.Single(next.FiredAlerts)));
    }

    [Fact]
    public void Observe_SpikeOfTheLastDayOfTheMonth_IsNotNotifiedAgainOnTheFirst()
    {
        var night = new DateTimeOffset(2026, 11, 30, 23, 0, 0, TimeSpan.Zero);
        ActiveAlert spike = Global(10) with { Key = "spike-a-2026-11-30", Type = AlertType.Spike, Since = new DateOnly(2026, 11, 30) };
        AlertState told = TellAll(Observe(new AlertState(), night, spike), night);

        AlertState next = Observe(told, night.AddHours(2), spike);

        Assert.Empty(Waiting(next, night.AddHours(2)));
    }

    [Fact]
    public void Observe_SourceFailsASecondTime_IsNotifiedOncePerOutage()
    {
        AlertState told = TellAll(Observe(new AlertState(), Now, Source()), Now);
        Assert.Empty(Waiting(Observe(told, Now.AddMinutes(15), Source()), Now.AddMinutes(15)));
        AlertState mended = Observe(told, Now.AddHours(1));

        AlertState again = Observe(mended, Now.AddHours(2), Source());

        Assert.Equal(["source-claude-code"], Waiting(again, Now.AddHours(2)));
    }

    [Fact]
    public void Observe_OutageOverTheEndOfTheMonth_IsOneOutage()
    {
        AlertState told = TellAll(Observe(new AlertState(), Now, Source()), Now);

        Assert.Empty(Waiting(Observe(told, Now.AddDays(20), Source()), Now.AddDays(20)));
    }

    [Fact]
    public void Acknowledge_ThenTrueAgain_AsksForAttentionAgain()
    {
        AlertState seen = AlertBook.Acknowledge(Observe(new AlertState(), Now, Global(75)), ["global-75", "nothing"], Now);
        Assert.Equal(AlertPhase.Acknowledged, Assert.Single(Show(seen, Now.AddHours(1), Global(75))).State);

        AlertState again = Observe(Observe(seen, Now.AddHours(2)), Now.AddHours(3), Global(75));

        Assert.Equal(AlertPhase.Active, Assert.Single(Show(again, Now.AddHours(3), Global(75))).State);
    }

    [Fact]
    public void Snooze_UntilItsEnd_IsQuietAndThenNotified()
    {
        AlertState snoozed = AlertBook.Snooze(Observe(new AlertState(), Now, Global(75)), "global-75", Now.AddHours(1), Now);

        Assert.Equal((AlertPhase.Snoozed, Now.AddHours(1)), (Show(snoozed, Now, Global(75))[0].State, Show(snoozed, Now, Global(75))[0].SnoozedUntil!.Value));
        Assert.Empty(Waiting(snoozed, Now.AddMinutes(59)));
        Assert.Equal(Now.AddHours(1), AlertBook.NextWake(snoozed, Now));
        Assert.Equal(["global-75"], Waiting(snoozed, Now.AddHours(1)));
    }

    [Fact]
    public void Dismiss_OnlyThisMonth_ComesBackInTheNext()
    {
        AlertState dismissed = AlertBook.Dismiss(Observe(new AlertState(), Now, Global(75)), "global-75", Now);
        DateTimeOffset december = Now.AddDays(20);
        ActiveAlert later = Global(75, new DateOnly(2026, 12, 2));

        Assert.Equal(AlertPhase.Dismissed, Show(dismissed, Now.AddDays(5), Global(75))[0].State);
        Assert.Equal(AlertPhase.Active, Show(Observe(dismissed, december, later), december, later)[0].State);
    }

    [Fact]
    public void Wake_TakesBackWhateverWasDone()
    {
        AlertState state = Observe(new AlertState(), Now, Global(75));
        AlertState quiet = AlertBook.Dismiss(AlertBook.Snooze(AlertBook.Acknowledge(state, ["global-75"], Now), "global-75", Now.AddDays(1), Now), "global-75", Now);

        Assert.True(Show(AlertBook.Wake(quiet, "global-75", Now), Now, Global(75))[0].IsOpen);
        Assert.Same(state, AlertBook.Wake(state, "global-75", Now));
    }

    [Fact]
    public void Observe_DamagedFacts_KeepWhatStillHolds()
    {
        AlertState state = Observe(new AlertState(), Now, Global(75), Global(90), Source());

        AlertState kept = AlertBook.Observe(state, [], alert => alert.Key == "global-75", Today, Now.AddHours(1));

        Assert.Equal(["global-75"], kept.Conditions.Select(c => c.Key));
    }

    [Fact]
    public void Rebuild_FromTheJournal_KnowsWhoWasToldAndWhatWasDone()
    {
        AlertState state = TellAll(Observe(new AlertState(), Now, Global(75), Global(90), Source()), Now);
        state = AlertBook.Snooze(AlertBook.Dismiss(state, "global-90", Now.AddMinutes(1)), "global-75", Now.AddDays(1), Now.AddMinutes(2));

        AlertState rebuilt = AlertBook.Rebuild(state.Log, Today, Now.AddHours(1));
        AlertState observed = Observe(rebuilt, Now.AddHours(1), Global(75), Global(90), Source());

        Assert.Equal(state.Notified, observed.Notified);
        Assert.Equal(state.FiredAlerts.Order(), observed.FiredAlerts.Order());
        Assert.Equal(state.Conditions.Select(c => (c.Key, c.Period, c.At)), observed.Conditions.Select(c => (c.Key, c.Period, c.At)));
        Assert.Equal(["dismissed", "dismissed", "active"], Show(observed, Now.AddHours(1), Global(75), Global(90), Source()).Select(a => a.State));
    }

    [Fact]
    public void Log_OlderThanNinetyDaysOrTooLong_IsCut()
    {
        AlertState state = Observe(new AlertState(), Now.AddDays(-91), Global(75));
        for (int i = 0; i < AlertState.MaxLog; i++)
        {
            state = Observe(state, Now.AddSeconds(i), i % 2 == 0 ? [] : [Global(75)]);
        }

        Assert.Equal(AlertState.MaxLog, state.Log.Count);
        Assert.All(state.Log, e => Assert.True(e.At >= Now));
    }
}
