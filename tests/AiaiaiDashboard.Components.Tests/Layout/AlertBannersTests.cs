using AiaiaiDashboard.Components.Layout.Alerting;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.State;
using AngleSharp.Dom;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Layout;

public sealed class AlertBannersTests : DashboardTestContext
{
    private static DashboardSnapshot With(params ActiveAlert[] alerts) => SampleSnapshot.Practice().Build() with { ActiveAlerts = alerts };

    private static ActiveAlert Global(int percent, string state = AlertPhase.Active) => new()
    {
        Key = $"global-{percent}",
        Type = AlertType.Global,
        Level = percent >= 90 ? AlertLevel.Critical : AlertLevel.Warning,
        Title = $"Budget: {percent} % reached",
        Message = $"The budget of $200.00 is used to {percent} %.",
        Advice = "$12.00 left.",
        State = state,
        Since = new DateOnly(2026, 11, 20),
    };

    [Fact]
    public void Banner_ThreeAlerts_ShowsTheWorstAndUnfoldsTheOthers()
    {
        State.Publish(With(Global(100), Global(90), Global(75)));
        IRenderedComponent<AlertBanners> banners = Render<AlertBanners>();
        IElement banner = Assert.Single(banners.FindAll("[data-testid=alert-banner]"));
        Assert.Equal("global-100", banner.GetAttribute("data-alert-key"));
        Assert.Contains("Critical: The budget of $200.00 is used to 100 %. $12.00 left.", TextOf(banner), StringComparison.Ordinal);
        Assert.Equal("Earlier warnings", TextOf(banners.Find("[data-testid=alert-more]")));

        banners.Find("[data-testid=alert-more]").Click();

        Assert.Equal(["global-100", "global-90", "global-75"], banners.FindAll("[data-testid=alert-banner]").Select(b => b.GetAttribute("data-alert-key")));
    }

    [Fact]
    public void Banner_QuietAlerts_AreNotShown()
    {
        State.Publish(With(Global(100, AlertPhase.Dismissed), Global(90, AlertPhase.Snoozed), Global(75, AlertPhase.Acknowledged)));

        Assert.Empty(Render<AlertBanners>().FindAll("[data-testid=alert-banner]"));
    }

    [Fact]
    public void Buttons_Clicked_DismissAndSnoozeTheirAlert()
    {
        State.Publish(With(Global(90)));
        IRenderedComponent<AlertBanners> banners = Render<AlertBanners>();

        banners.Find("[data-testid=alert-dismiss]").Click();
        banners.Find("[data-testid=alert-snooze]").Click();

        Assert.Equal(["dismiss global-90", $"snooze global-90 {SampleSnapshot.Now.AddDays(1):yyyy-MM-ddTHH:mm}"], Alerts.Calls);
    }

    [Fact]
    public void Announcement_FigureChanges_IsReadOutOnce()
    {
        State.Publish(With(Global(90)));
        IRenderedComponent<AlertBanners> banners = Render<AlertBanners>();
        string first = TextOf(banners.Find("[role=alert]"));
        State.Publish(With(Global(90) with { Message = "The budget of $200.00 is used to 91 %." }));
        banners.WaitForAssertion(() => Assert.Contains("91 %", banners.Markup, StringComparison.Ordinal));

        Assert.Equal("Critical alert. The budget of $200.00 is used to 90 %.", first);
        Assert.Equal(first, TextOf(banners.Find("[role=alert]")));
    }

    [Fact]
    public void Message_WithMarkup_IsShownEncoded()
    {
        State.Publish(With(Global(90) with { Message = "<script>alert(1)</script>" }));

        IRenderedComponent<AlertBanners> banners = Render<AlertBanners>();

        Assert.Empty(banners.FindAll("script"));
        Assert.Contains("<script>alert(1)</script>", TextOf(banners.Find("[data-testid=alert-banner]")), StringComparison.Ordinal);
    }
}
