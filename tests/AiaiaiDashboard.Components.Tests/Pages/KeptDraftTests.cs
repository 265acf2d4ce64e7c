using AiaiaiDashboard.Components.Pages.Settings;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Hosting;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Pages;

/// <summary>What was typed on the settings page and not saved, before the page was loaded anew.</summary>
public sealed class KeptDraftTests : DashboardTestContext
{
    private const string Here = "/home/dev/.local/share/aiaiai-dashboard";

    private static SettingsFiles Files => new(
        new AlertsConfig
        {
            GlobalBudget = 200,
            PerProjectLimits = new SortedDictionary<string, decimal> { ["alpha"] = 50 },
            Channels = new ChannelsConfig { Webhooks = [new WebhookConfig { Name = "ops", UrlVariable = "OPS_URL" }] },
        },
        new SyncConfig(), new SourcesConfig(), []);

    [Fact]
    public void WriteAndRead_EveryKindOfField_BringsThemBack()
    {
        SettingsDraft before = new(Files), typed = new(Files), after = new(Files);
        typed.Budget = "lots";
        typed.SpikeRule = !typed.SpikeRule;
        typed.Thresholds[0].Percent = "60";
        typed.Thresholds.RemoveAt(1);
        typed.Limits.Add(new LimitDraft { Project = "beta", Amount = "7", IsNew = true });
        typed.Webhooks[0].Name = "on call";
        typed.Webhooks.Add(new WebhookDraft { Name = "new", On = false });
        typed.Mail = new MailDraft { Host = "mail.example.org", On = false };
        typed.ClaudePaths = "/one\n/two";

        KeptDraft.Read(KeptDraft.Write(before, typed, Here), Here)!.ApplyTo(after);

        Assert.Empty(SettingsChanges.Between(typed, after));
        Assert.Equal("lots", after.Budget);
        Assert.True(after.Limits[1].IsNew);
        // What the file says beside the fields of the form stays with its row.
        Assert.Equal(Files.Alerts.GlobalThresholds[0].Percent, after.Thresholds[0].Was.Percent);
        Assert.Equal("ops", after.Webhooks[0].Was!.Name);
        Assert.Null(after.Webhooks[1].Was);
    }

    [Fact]
    public void ApplyTo_FileChangedMeanwhile_LeavesTheOtherFieldsAlone()
    {
        SettingsDraft typed = new(Files) { TimeZone = "Europe/Berlin" };
        string? text = KeptDraft.Write(new SettingsDraft(Files), typed, Here);
        SettingsDraft now = new(Files with { Alerts = Files.Alerts with { GlobalBudget = 900 } });

        KeptDraft.Read(text, Here)!.ApplyTo(now);

        Assert.Equal(("900", "Europe/Berlin"), (now.Budget, now.TimeZone));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"Directory":"/home/dev/.local/share/aiaiai-dashboard","Fields":{}}""")]
    [InlineData("""{"Directory":"/home/dev/.local/share/aiaiai-dashboard","Fields":{"budget":null}}""")]
    [InlineData("""{"Directory":"/home/dev/.local/share/aiaiai-dashboard","Fields":{"budget":[null]}}""")]
    [InlineData("""{"Directory":"/home/dev/.local/share/aiaiai-dashboard","Fields":{"budget":[[null]]}}""")]
    [InlineData("""{"Directory":"/elsewhere","Fields":{"budget":[["1"]]}}""")]
    public void Read_NothingUsable_IsNone(string? text) => Assert.Null(KeptDraft.Read(text, Here));

    [Theory]
    [InlineData("""{"Directory":"/home/dev/.local/share/aiaiai-dashboard","Fields":{"budget":[],"thresholds":[[]],"webhooks":[["x"]],"mail":[["y"]],"nothing":[["z"]]}}""")]
    public void ApplyTo_RowsWithoutTheirValues_AreEmptyFields(string text)
    {
        SettingsDraft draft = new(Files);

        KeptDraft.Read(text, Here)!.ApplyTo(draft);

        Assert.Equal(("", "", "x", "y"), (draft.Budget, draft.Thresholds.Single().Percent, draft.Webhooks.Single().Name, draft.Mail!.Host));
    }

    [Fact]
    public void Write_NothingChangedOrTooMuch_IsNone()
    {
        Assert.Null(KeptDraft.Write(new SettingsDraft(Files), new SettingsDraft(Files), Here));
        Assert.Null(KeptDraft.Write(new SettingsDraft(Files), new SettingsDraft(Files) { Roots = new string('x', KeptDraft.MaxLength) }, Here));
    }

    [Fact]
    public void Page_TabKeptChanges_OffersThemAndBringsThemBack()
    {
        IRenderedComponent<SettingsPage> page = Open(KeptDraft.Write(new SettingsDraft(Files), new SettingsDraft(Files) { Budget = "321", TimeZone = "Europe/Berlin" }, Here), out _);

        Assert.Contains("monthly budget and time zone", TextOf(page.Find("[data-testid=settings-kept]")), StringComparison.Ordinal);
        Assert.Equal("200", page.Find("#budget-amount").GetAttribute("value"));
        page.FindAll("[data-testid=settings-kept] button")[0].Click();

        Assert.Empty(page.FindAll("[data-testid=settings-kept]"));
        Assert.Equal("321", page.Find("#budget-amount").GetAttribute("value"));
        Assert.Contains("Not saved: monthly budget and time zone.", TextOf(page.Find("[data-unsaved]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_KeptChangesDiscarded_AreForgottenByTheTab()
    {
        IRenderedComponent<SettingsPage> page = Open(KeptDraft.Write(new SettingsDraft(Files), new SettingsDraft(Files) { Budget = "321" }, Here), out BunitJSModuleInterop drafts);
        Assert.Empty(drafts.Invocations["keep"]);

        page.FindAll("[data-testid=settings-kept] button")[1].Click();

        page.WaitForAssertion(() => Assert.Null(drafts.Invocations["keep"].Single().Arguments[1]));
    }

    [Fact]
    public void Page_KeptIsWhatTheFileHoldsByNow_IsNotOffered()
    {
        IRenderedComponent<SettingsPage> page = Open(KeptDraft.Write(new SettingsDraft(Files with { Alerts = Files.Alerts with { GlobalBudget = 1 } }), new SettingsDraft(Files), Here), out BunitJSModuleInterop drafts);

        Assert.Empty(page.FindAll("[data-testid=settings-kept]"));
        page.WaitForAssertion(() => Assert.Null(drafts.Invocations["keep"].Single().Arguments[1]));
    }

    [Fact]
    public void Page_TypedThenSaved_KeepsMeanwhileAndForgetsAfter()
    {
        IRenderedComponent<SettingsPage> page = Open(null, out BunitJSModuleInterop drafts);
        page.Find("#budget-amount").Input("250");
        page.WaitForAssertion(() => Assert.Contains("250", (string)drafts.Invocations["keep"][^1].Arguments[1]!, StringComparison.Ordinal));

        page.Find("[data-testid=save-settings]").Click();

        page.WaitForAssertion(() => Assert.Null(drafts.Invocations["keep"][^1].Arguments[1]));
        Assert.Equal(250m, Settings.Files.Alerts.GlobalBudget);
    }

    private IRenderedComponent<SettingsPage> Open(string? kept, out BunitJSModuleInterop drafts)
    {
        Settings.Files = Files;
        drafts = JSInterop.SetupModule(path => path.Identifier == "import" && path.Arguments[0] is string file && file.Contains("drafts", StringComparison.Ordinal));
        drafts.Mode = JSRuntimeMode.Loose;
        drafts.Setup<string?>("kept", _ => true).SetResult(kept);
        State.Publish(SampleSnapshot.Practice().Build());
        Render<MudBlazor.MudPopoverProvider>();
        IRenderedComponent<SettingsPage> page = Render<SettingsPage>();
        return page;
    }
}
