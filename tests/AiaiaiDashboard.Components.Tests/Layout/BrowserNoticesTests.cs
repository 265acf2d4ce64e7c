using System.Text.Json;
using AiaiaiDashboard.Components.Layout.Alerting;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Tests.Shared;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Layout;

public sealed class BrowserNoticesTests : DashboardTestContext
{
    public static IEnumerable<object[]> Texts => HostileTexts.Cases;

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task Show_HostileAlert_IsTextThatLeadsToAPageOfOurs(string text)
    {
        BunitJSModuleInterop module = JSInterop.SetupModule("/js/alerts.js");
        module.Mode = JSRuntimeMode.Loose;
        State.Publish(new DashboardSnapshot
        {
            IsLoaded = true,
            ActiveAlerts = [new ActiveAlert { Key = $"project-{text}-90", Type = AlertType.Project, Level = AlertLevel.Critical, Title = text, Message = text, Advice = text, Project = text, FiredAt = SampleSnapshot.Now }],
        });
        IRenderedComponent<BrowserNotices> notices = Render<BrowserNotices>();

        await notices.InvokeAsync(() => notices.Instance.OnPermission("granted"));

        using JsonDocument sent = JsonDocument.Parse(JsonSerializer.Serialize(module.VerifyInvoke("show").Arguments[0]));
        JsonElement alert = Assert.Single(sent.RootElement.EnumerateArray());
        Assert.Equal(text, alert.GetProperty("Title").GetString());
        Assert.Matches("^/projects/[A-Za-z0-9%._~!*()-]+$", alert.GetProperty("Href").GetString());
    }
}
