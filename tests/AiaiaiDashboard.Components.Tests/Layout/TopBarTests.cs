using AiaiaiDashboard.Components.Layout;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AngleSharp.Dom;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Layout;

public sealed class TopBarTests : DashboardTestContext
{
    [Fact]
    public void SyncChip_NeverSynced_SaysSo()
    {
        State.Publish(new DashboardSnapshot { IsLoaded = true });

        IRenderedComponent<SyncChip> chip = Render<SyncChip>();

        Assert.Equal("Not synced yet", TextOf(chip.Find("[data-testid=sync-status]")));
    }

    [Fact]
    public async Task SyncChip_TimePasses_TextFollows()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        IRenderedComponent<SyncChip> chip = Render<SyncChip>();
        Assert.Equal("Synced 2 min ago", TextOf(chip.Find("[data-testid=sync-status]")));

        Time.Advance(TimeSpan.FromMinutes(3));

        await chip.WaitForAssertionAsync(() => Assert.Equal("Synced 5 min ago", TextOf(chip.Find("[data-testid=sync-status]"))));
        Assert.Equal("2026-11-23T14:18:07Z", chip.Find("time").GetAttribute("datetime"));
    }

    [Fact]
    public async Task SyncChip_Running_CountsWhatIsDone()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        IRenderedComponent<SyncChip> chip = Render<SyncChip>();

        State.PublishProgress(new SyncProgress("tokens", 1, 5, 40, 120, "transcripts", SampleSnapshot.Now));

        await chip.WaitForAssertionAsync(() => Assert.Contains("Syncing 40 of 120 transcripts", TextOf(chip.Find("[data-testid=sync-status]")), StringComparison.Ordinal));
        Assert.Equal("running", chip.Find("[data-testid=sync-status]").GetAttribute("data-status"));
        Assert.Equal("Sync started", chip.Find("[aria-live=polite]").TextContent);
    }

    [Fact]
    public void SyncChip_Partial_CountsFailedSteps()
    {
        DashboardSnapshot snapshot = SampleSnapshot.Practice().Build();
        State.Publish(snapshot with { Status = snapshot.Status with { Status = SyncOutcome.Partial, Steps = [.. snapshot.Status.Steps, new SyncStepStatus { Name = "quality", Status = SyncOutcome.Error }] } });

        IRenderedComponent<SyncChip> chip = Render<SyncChip>();

        Assert.StartsWith("1 of 3 steps failed", TextOf(chip.Find("[data-testid=sync-status]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SyncButton_Clicked_IsDisabledUntilTheRunEnds()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        IRenderedComponent<SyncButton> button = Render<SyncButton>();

        Task click = button.Find("button").ClickAsync();
        Assert.True(button.Find("button").HasAttribute("disabled"));
        Commands.Sync.SetResult(new SyncStatus { Status = SyncOutcome.Success });
        await click;

        Assert.False(button.Find("button").HasAttribute("disabled"));
        Assert.Equal(["sync"], Commands.Calls);
    }

    [Fact]
    public void ProjectFilter_Choice_GoesIntoTheAddress()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo("/tokens?range=30d");
        IRenderedComponent<ProjectFilter> filter = Render<ProjectFilter>(parameters => parameters.Add(f => f.Path, "/tokens"));

        filter.Find("button").Click();
        filter.Find("input").Input("docs");
        filter.Find("[role=option]").Click();

        Assert.EndsWith("/tokens?range=30d&project=docs-site", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void ProjectFilter_OnAProjectPage_OpensTheOther()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        IRenderedComponent<ProjectFilter> filter = Render<ProjectFilter>(parameters => parameters.Add(f => f.Path, "/projects/docs-site"));

        filter.Find("button").Click();
        filter.Find("input").Input("storefront");
        filter.Find("input").KeyDown("Enter");

        Assert.EndsWith("/projects/storefront-api", Navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(5_000, "Alerts, none active")]
    [InlineData(25, "Alerts, 1 active")]
    public void TopBar_ActiveAlerts_AreCountedAtTheBell(int budget, string expected)
    {
        State.Publish(new SampleSnapshot { Budget = budget }.Add("one", 0.3m).Build());

        IRenderedComponent<TopBar> bar = Render<TopBar>(parameters => parameters.Add(b => b.Path, "/"));

        Assert.Equal(expected, bar.Find("[data-testid=alert-bell]").GetAttribute("aria-label"));
    }

    [Fact]
    public void SideNav_Filter_IsCarriedOn()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo("/tokens?project=docs-site");

        IRenderedComponent<SideNav> nav = Render<SideNav>(parameters => parameters.Add(n => n.Path, "/tokens"));

        Assert.Equal("/analytics?project=docs-site", nav.Find("nav a[title=Analytics]").GetAttribute("href"));
        Assert.Equal("page", nav.Find("nav a[title=Tokens]").GetAttribute("aria-current"));
    }

    [Fact]
    public void Notices_Problems_NameFilePlaceAndReason()
    {
        State.Publish(SampleSnapshot.Practice().Build() with { Problems = [new FileProblem("config/alerts.json", "$.globalBudget", "-5 is not allowed.")] });

        IRenderedComponent<Notices> notices = Render<Notices>(parameters => parameters.Add(n => n.Path, "/"));

        Assert.Contains("config/alerts.json, $.globalBudget, cannot be used. -5 is not allowed.", TextOf(notices.Find("[data-testid=file-problem]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Notices_NothingButSampleData_OffersNoWayBack()
    {
        Commands.HasOwnData = false;
        State.Publish(SampleSnapshot.Practice().Build() with { IsDemo = true });

        IRenderedComponent<Notices> notices = Render<Notices>(parameters => parameters.Add(n => n.Path, "/"));

        Assert.Empty(notices.FindAll("[data-testid=demo-banner] button"));
    }

    [Fact]
    public async Task Notices_Demo_IsLabelledAndLeadsBack()
    {
        State.Publish(SampleSnapshot.Practice().Build() with { IsDemo = true });
        IRenderedComponent<Notices> notices = Render<Notices>(parameters => parameters.Add(n => n.Path, "/"));

        await notices.Find("[data-testid=demo-banner] button").ClickAsync();

        Assert.Contains("Sample data.", TextOf(notices.Find("[data-testid=demo-banner]")), StringComparison.Ordinal);
        Assert.Equal(["own"], Commands.Calls);
    }
}
