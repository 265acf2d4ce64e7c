using AiaiaiDashboard.Components.State;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Sync;
using Bunit;
using Microsoft.AspNetCore.Components.Rendering;

namespace AiaiaiDashboard.Components.Tests.State;

public sealed class DashboardComponentTests : DashboardTestContext
{
    [Fact]
    public async Task Publish_NewSnapshot_RendersIt()
    {
        IRenderedComponent<Probe> probe = Render<Probe>();

        State.Publish(new DashboardSnapshot { IsLoaded = true, DataDirectory = "second" });

        await probe.WaitForAssertionAsync(() => Assert.Equal("second", probe.Markup));
    }

    [Fact]
    public async Task PublishProgress_PlainComponent_DoesNotRenderAgain()
    {
        IRenderedComponent<Probe> plain = Render<Probe>();
        IRenderedComponent<FollowingProbe> following = Render<FollowingProbe>();
        int before = plain.RenderCount;

        State.PublishProgress(new SyncProgress("tokens", 1, 5, 1, 2, "transcripts", SampleSnapshot.Now));

        await following.WaitForAssertionAsync(() => Assert.Equal("tokens", following.Markup));
        Assert.Equal(before, plain.RenderCount);
    }

    [Fact]
    public async Task DisposeComponents_Subscriptions_AreGone()
    {
        Render<Probe>();
        Render<FollowingProbe>();
        Assert.Equal(2, State.SubscriptionCount);

        await DisposeComponentsAsync();

        Assert.Equal(0, State.SubscriptionCount);
    }

    [Fact]
    public void Project_FilterInTheAddress_IsThatProject()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo("/?project=storefront-api");

        IRenderedComponent<FilterProbe> probe = Render<FilterProbe>();

        Assert.Equal("storefront-api|/tokens?project=storefront-api&amp;range=30d", probe.Markup);
    }

    private class Probe : DashboardComponent
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, Snapshot.DataDirectory);
    }

    private sealed class FollowingProbe : Probe
    {
        protected override bool FollowsProgress => true;

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, State.Progress?.Step);
    }

    private sealed class FilterProbe : DashboardComponent
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) =>
            builder.AddContent(0, $"{Project?.Name}|{Link("/tokens", ("range", "30d"), ("by", null))}");
    }
}
