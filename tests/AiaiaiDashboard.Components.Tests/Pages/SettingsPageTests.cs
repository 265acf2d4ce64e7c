using AiaiaiDashboard.Components.Pages.Settings;
using AiaiaiDashboard.Core.Settings;
using AngleSharp.Dom;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Pages;

public sealed class SettingsPageTests : DashboardTestContext
{
    private IRenderedComponent<SettingsPage> Open()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Render<MudBlazor.MudPopoverProvider>();
        return Render<SettingsPage>();
    }

    private static IElement Field(IRenderedComponent<SettingsPage> page, string id) => page.Find($"#{id}");

    [Fact]
    public void Save_ChangedBudgetAndThreshold_WritesThemAndSaysSo()
    {
        IRenderedComponent<SettingsPage> page = Open();
        Field(page, "budget-amount").Input("250.50");
        Field(page, "threshold-0").Input("60");

        page.Find("[data-testid=save-settings]").Click();

        page.WaitForAssertion(() => Assert.Contains("Saved. In force now.", page.Markup, StringComparison.Ordinal));
        Assert.Equal((250.5m, 60m), (Settings.Files.Alerts.GlobalBudget!.Value, Settings.Files.Alerts.GlobalThresholds[0].Percent));
    }

    [Theory]
    [InlineData("budget-amount", "1e308", "is not a number")]
    [InlineData("budget-amount", "-1", "-1 is not allowed: a budget is 0 to 1,000,000,000")]
    [InlineData("threshold-0", "0", "0 is not allowed: a percent is above 0")]
    [InlineData("threshold-0", "90", "another threshold has the same percent")]
    [InlineData("schedule-cron", "99 * * * *", "\"99\" is not allowed as the minute: 0 to 59")]
    [InlineData("schedule-interval", "1441", "1441 is not allowed: 1 to 1440 minutes.")]
    [InlineData("schedule-zone", "Mars/Olympus", "use an IANA name")]
    [InlineData("schedule-retention", "0", "0 is not allowed: 1 to 1200 months.")]
    [InlineData("spike-factor", "1", "1.5 to 100 times")]
    public void Field_NotValid_SaysWhyAndNothingIsWritten(string field, string typed, string reason)
    {
        IRenderedComponent<SettingsPage> page = Open();
        SettingsFilesBefore before = new(Settings.Files);

        Field(page, field).Input(typed);
        page.Find("[data-testid=save-settings]").Click();

        Assert.Contains(page.FindAll(".field-error"), e => e.TextContent.Contains(reason, StringComparison.Ordinal));
        Assert.Same(before.Files, Settings.Files);
        Assert.NotNull(page.Find("[data-testid=settings-failure]"));
        IElement wrong = page.Find("[aria-invalid=true]");
        Assert.Equal("true", wrong.GetAttribute("aria-invalid"));
        Assert.Contains(reason, page.Find($"#{wrong.GetAttribute("aria-describedby")}").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("[data-testid='settings-form'] [aria-invalid='true']", JSInterop.Invocations["first"].Single().Arguments[0]));
    }

    [Fact]
    public void SaveBar_FieldsChanged_NamesThem()
    {
        IRenderedComponent<SettingsPage> page = Open();
        Field(page, "budget-amount").Input("300");
        Assert.StartsWith("Not saved: monthly budget.", TextOf(page.Find(".save-bar")), StringComparison.Ordinal);

        Field(page, "schedule-zone").Input("Nowhere");
        Field(page, "schedule-retention").Input("12");

        Assert.StartsWith("Not saved: monthly budget, time zone and history kept. 1 field to correct.", TextOf(page.Find(".save-bar")), StringComparison.Ordinal);
        page.FindAll(".save-bar button").Single(b => b.TextContent == "Discard").Click();
        Assert.Equal("Changes discarded.", page.Find(".save-rest [role=status]").TextContent);
    }

    [Fact]
    public void SaveBar_ManyFieldsChanged_NamesThreeAndCountsTheRest() =>
        Assert.Equal(("a, b and c", "a, b, c and d", "a, b, c and 2 more", "a"), (
            SettingsChanges.Sentence(["a", "b", "c"]), SettingsChanges.Sentence(["a", "b", "c", "d"]), SettingsChanges.Sentence(["a", "b", "c", "d", "e"]), SettingsChanges.Sentence(["a"])));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Leave_NotSaved_AsksInADialogOfTheApp(bool leave)
    {
        IRenderedComponent<SettingsPage> page = Open();
        Field(page, "budget-amount").Input("300");

        await page.InvokeAsync(() => Navigation.NavigateTo("/tokens"));
        IElement dialog = page.WaitForElement("[data-testid=ask-dialog]");
        Assert.Contains("What you changed is lost: monthly budget.", TextOf(dialog), StringComparison.Ordinal);
        dialog.QuerySelectorAll("button").Single(b => b.TextContent == (leave ? "Leave" : "Stay")).Click();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=ask-dialog]")));
        page.WaitForAssertion(() => Assert.Equal(leave, Navigation.Uri.EndsWith("/tokens", StringComparison.Ordinal)));
    }

    [Fact]
    public void FileChangedUnderneath_WhileTyping_IsSaidAndNothingIsLost()
    {
        IRenderedComponent<SettingsPage> page = Open();
        Field(page, "budget-amount").Input("300");
        Settings.Files = Settings.Files with { Alerts = new AlertsConfig { GlobalBudget = 77 } };
        State.Publish(SampleSnapshot.Practice().Build());
        page.WaitForAssertion(() => Assert.Contains("config/alerts.json was changed meanwhile", page.Find("[data-testid=settings-conflict]").TextContent, StringComparison.Ordinal));
        Assert.Equal("300", Field(page, "budget-amount").GetAttribute("value"));

        page.FindAll("[data-testid=settings-conflict] button").Single(b => b.TextContent == "Keep mine").Click();
        page.Find("[data-testid=save-settings]").Click();

        page.WaitForAssertion(() => Assert.Equal(300, Settings.Files.Alerts.GlobalBudget));
    }

    [Fact]
    public void FileChangedUnderneath_NothingTyped_ShowsTheNewValues()
    {
        IRenderedComponent<SettingsPage> page = Open();
        Settings.Files = Settings.Files with { Alerts = new AlertsConfig { GlobalBudget = 77 } };

        State.Publish(SampleSnapshot.Practice().Build());

        page.WaitForAssertion(() => Assert.Equal("77", Field(page, "budget-amount").GetAttribute("value")));
    }

    [Fact]
    public void Webhook_Added_NamesTheVariableAndSaysWhetherItIsSet()
    {
        Settings.Variables.Add("SLACK_URL");
        IRenderedComponent<SettingsPage> page = Open();
        page.FindAll("#notifications button").Single(b => b.TextContent == "Add webhook").Click();
        Field(page, "hook-name-0").Input("ops");
        Field(page, "hook-url-0").Input("https://hooks.example/secret");
        Assert.Contains(page.FindAll(".field-error"), e => e.TextContent.Contains("never the value itself", StringComparison.Ordinal));

        Field(page, "hook-url-0").Input("SLACK_URL");
        page.Find("[data-testid=save-settings]").Click();

        Assert.Contains("SLACK_URL is set", TextOf(page.Find("#notifications")), StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("SLACK_URL", Assert.Single(Settings.Files.Alerts.EffectiveChannels.Webhooks).UrlVariable));
    }

    [Fact]
    public void Limit_PickedByName_IsStoredById()
    {
        IRenderedComponent<SettingsPage> page = Open();
        page.FindAll("#limits button").Single(b => b.TextContent == "Add limit").Click();
        Field(page, "limit-project-0").Change("storefront-api");
        Field(page, "limit-amount-0").Input("40");

        page.Find("[data-testid=save-settings]").Click();

        page.WaitForAssertion(() => Assert.Equal(40, Settings.Files.Alerts.PerProjectLimits["storefront-api"]));
    }

    [Fact]
    public void Schedule_Edited_ShowsTheNextFiveRunsInWords()
    {
        IRenderedComponent<SettingsPage> page = Open();

        Field(page, "schedule-cron").Input("0 6 * * *");

        Assert.Contains("Every day at 06:00", TextOf(page.Find("#schedule")), StringComparison.Ordinal);
        Assert.Equal(5, page.Find("[data-testid=next-runs]").TextContent.Split("06:00").Length - 1);
    }

    [Theory]
    [InlineData("*/15 * * * *", "Every 15 minutes")]
    [InlineData("0 * * * *", "Every hour, on the hour")]
    [InlineData("30 8 * * 1", "Every Monday at 08:30")]
    [InlineData("0 9 * * 1-5", "Monday to Friday at 09:00")]
    [InlineData("5 4 1 * *", "On day 1 of every month at 04:05")]
    [InlineData("1,2 3-5 * 2 *", "At the times below")]
    public void CronWords_UsualExpressions_AreWords(string cron, string words) => Assert.Equal(words, CronWords.Of(cron));

    private sealed record SettingsFilesBefore(Hosting.SettingsFiles Files);
}
