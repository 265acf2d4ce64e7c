using AiaiaiDashboard.Core.Alerts;

namespace AiaiaiDashboard.Core.Tests.Alerts;

/// <summary>The thresholds of one amount are one matter for people, and keys of their own for everything else.</summary>
public class AlertFamilyTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly IReadOnlyList<ActiveAlert> Alerts =
        AlertEvaluator.Order([Of(50), Of(80), Of(100), Of(75, null), Of(90, null), Spike()]);

    private static ActiveAlert Of(int percent, string? project = "rag-evaluator") => new()
    {
        Key = project is null ? $"global-{percent}" : $"project-{project}-{percent}",
        Type = project is null ? AlertType.Global : AlertType.Project,
        Level = percent >= 90 ? AlertLevel.Critical : AlertLevel.Warning,
        Message = $"{percent}",
        Project = project,
        Percent = project is null ? 95 : 110,
        Since = Today,
    };

    private static ActiveAlert Spike() => new()
    {
        Key = "spike-rag-evaluator-2026-11-21",
        Type = AlertType.Spike,
        Level = AlertLevel.Warning,
        Message = "spike",
        Project = "rag-evaluator",
        Since = Today,
    };

    private static AlertState Observed() => AlertBook.Observe(new AlertState(), Alerts, null, Today, Now);

    private static string[] OpenHeads(AlertState state) =>
        [.. AlertFamily.Heads(AlertBook.Show(state, Alerts, null, Today, Now)).Where(a => a.IsOpen).Select(a => a.Key)];

    [Fact]
    public void Heads_ThreeThresholdsOfALimit_AreOneAlertWithTheOthersAsItsHistory()
    {
        Assert.Equal(["project-rag-evaluator-100", "global-90", "spike-rag-evaluator-2026-11-21"], AlertFamily.Heads(Alerts).Select(a => a.Key));
        Assert.Equal(["project-rag-evaluator-80", "project-rag-evaluator-50"], AlertFamily.Others(Alerts, Alerts[0]).Select(a => a.Key));
        Assert.Empty(AlertFamily.Others(Alerts, Spike()));
    }

    // A person may call the lower threshold critical and the higher one a warning: what is done about the lower one must not hide the higher.
    [Fact]
    public void Heads_LowerThresholdIsTheWorse_IsTheHighestAllTheSame()
    {
        IReadOnlyList<ActiveAlert> alerts = AlertEvaluator.Order([Of(50) with { Level = AlertLevel.Critical }, Of(80) with { Level = AlertLevel.Warning }, Spike()]);

        Assert.Equal(["project-rag-evaluator-80", "spike-rag-evaluator-2026-11-21"], AlertFamily.Heads(alerts).Select(a => a.Key));
    }

    [Fact]
    public void Observe_ThreeThresholdsOfALimit_FiresEveryKey() => Assert.Equal(6, Observed().FiredAlerts.Count);

    [Fact]
    public void Dismiss_HighestThreshold_TakesTheLowerOnesAlongAndWakeBringsAllBack()
    {
        AlertState dismissed = AlertBook.Dismiss(Observed(), "project-rag-evaluator-100", Now);

        Assert.Equal(["global-90", "spike-rag-evaluator-2026-11-21"], OpenHeads(dismissed));
        Assert.Equal(3, dismissed.Dismissals.Count);
        AlertState woken = AlertBook.Wake(dismissed, "project-rag-evaluator-100", Now);
        Assert.Equal(3, OpenHeads(woken).Length);
        Assert.Empty(woken.Dismissals);
    }

    [Fact]
    public void Dismiss_LowerThreshold_LeavesTheHigherOneOpen()
    {
        AlertState dismissed = AlertBook.Dismiss(Observed(), "project-rag-evaluator-80", Now);

        Assert.Contains("project-rag-evaluator-100", OpenHeads(dismissed));
        Assert.Equal(["project-rag-evaluator-50", "project-rag-evaluator-80"], dismissed.Dismissals.Select(m => m.Key).Order());
    }

    [Fact]
    public void Snooze_ThenAHigherThreshold_IsOpenAgain()
    {
        AlertState state = AlertBook.Observe(new AlertState(), [Of(80)], null, Today, Now);
        state = AlertBook.Acknowledge(state, ["project-rag-evaluator-80"], Now);

        state = AlertBook.Observe(state, [Of(80), Of(100)], null, Today, Now);

        Assert.Equal(
            ["project-rag-evaluator-100"],
            AlertFamily.Heads(AlertBook.Show(state, AlertEvaluator.Order([Of(80), Of(100)]), null, Today, Now)).Where(a => a.IsOpen).Select(a => a.Key));
    }
}
