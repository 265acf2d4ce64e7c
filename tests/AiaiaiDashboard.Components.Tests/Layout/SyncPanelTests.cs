using AiaiaiDashboard.Components.Layout;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Sync;
using AngleSharp.Dom;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Layout;

public sealed class SyncPanelTests : DashboardTestContext
{
    private static SyncRunSummary Run(int minutesAgo, string status = SyncOutcome.Success, string? error = null) => new()
    {
        StartedAt = SampleSnapshot.Now.AddMinutes(-minutesAgo),
        Status = status,
        DurationMs = 1234,
        Trigger = "schedule",
        Error = error,
        Steps = [new SyncRunStep { Name = SyncStepNames.Tokens, Status = error is null ? SyncOutcome.Success : SyncOutcome.Error, DurationMs = 321, Items = 4567, Error = error }],
    };

    private IRenderedComponent<SyncPanel> Panel(params SyncRunSummary[] runs)
    {
        State.Publish(new DashboardSnapshot
        {
            IsLoaded = true,
            Status = new SyncStatus
            {
                LastSync = runs.Length == 0 ? null : SampleSnapshot.Now,
                Status = runs.Length == 0 ? SyncOutcome.Never : runs[0].Status,
                NextSync = SampleSnapshot.Now.AddMinutes(15),
                Steps = [.. (runs.FirstOrDefault()?.Steps ?? []).Select(s => new SyncStepStatus { Name = s.Name, Status = s.Status, DurationMs = s.DurationMs, Items = s.Items, Error = s.Error })],
                RecentRuns = runs,
            },
        });
        IRenderedComponent<SyncPanel> panel = Render<SyncPanel>();
        panel.Find("[data-testid=sync-panel]").TriggerEvent("ontoggle", EventArgs.Empty);
        return panel;
    }

    [Fact]
    public void SyncPanel_NeverOpened_HoldsNothing()
    {
        State.Publish(SampleSnapshot.Practice().Build());

        Assert.Equal("", TextOf(Render<SyncPanel>().Find("[data-testid=sync-panel]")));
    }

    [Fact]
    public void SyncPanel_NoRun_SaysWhatToDo()
    {
        IRenderedComponent<SyncPanel> panel = Panel();

        Assert.Contains("No sync has run yet. Refresh runs one.", TextOf(panel.Find("[data-testid=sync-panel]")), StringComparison.Ordinal);
        Assert.Empty(panel.FindAll("details"));
    }

    [Fact]
    public void SyncPanel_Runs_ShowEachStepsDurationItemsAndError()
    {
        IRenderedComponent<SyncPanel> panel = Panel(Run(1, SyncOutcome.Partial, "~/.claude holds a file in place of the directory projects."), Run(16));

        Assert.Equal(
            ["Partial by schedule 1.2 s 1 min ago Step Result Items Duration Tokens Error 4,567 321 ms ~/.claude holds a file in place of the directory projects.",
                "Success by schedule 1.2 s 16 min ago Step Result Items Duration Tokens Success 4,567 321 ms"],
            panel.FindAll("details").Select(TextOf));
    }

    [Fact]
    public void SyncPanel_MoreRunsThanAreRead_ShowsTheNewest()
    {
        IRenderedComponent<SyncPanel> panel = Panel([.. Enumerable.Range(1, 40).Select(i => Run(i))]);

        Assert.Equal(10, panel.FindAll("details").Count);
        Assert.Contains("1 min ago", TextOf(panel.Find("details")), StringComparison.Ordinal);
    }

    [Fact]
    public void SyncPanel_TwoRunsOfOneInstant_DoNotBreakIt() => Assert.Single(Panel(Run(1), Run(1)).FindAll("details"));

    [Fact]
    public async Task SyncProgressBar_Running_NamesTheStepAndHowMuch()
    {
        IRenderedComponent<SyncProgressBar> bar = Render<SyncProgressBar>();

        State.PublishProgress(new SyncProgress("tokens", 1, 5, 3_120_000, 12_400_000, "bytes", SampleSnapshot.Now));

        await bar.WaitForAssertionAsync(() => Assert.Equal("Tokens step 1 of 5 3.1 of 12.4 MB", TextOf(bar.Find("[role=progressbar]"))));
        Assert.Equal("5", bar.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
    }

    [Fact]
    public void Of_LongReason_IsCutWithoutBreakingACharacter()
    {
        var step = new SyncStepStatus { Name = "tokens", Status = SyncOutcome.Error, Error = new string('x', SyncRunStep.MaxError - 1) + "\U0001F600 and more" };

        Assert.Equal(new string('x', SyncRunStep.MaxError - 1) + "...", SyncRunStep.Of(step).Error);
    }
}
