using AiaiaiDashboard.Components.Pages.Settings;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Hosting;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Pages;

/// <summary>The offer of the settings page to bring back what was typed before, and what the tab keeps meanwhile.</summary>
public sealed class KeptDraftPageTests : DashboardTestContext
{
    private const string Here = "/home/dev/.local/share/aiaiai-dashboard";
    private const string TypedName = "aiaiai-settings:typed:local user";
    private const string OfferName = "aiaiai-settings:offer:local user";

    private readonly Dictionary<string, string?> before = [];
    private BunitJSModuleInterop drafts = null!;
    private bool stores;

    private static SettingsFiles Files => new(
        new AlertsConfig { GlobalBudget = 200, PerProjectLimits = new SortedDictionary<string, decimal> { ["alpha"] = 50 } }, new SyncConfig(), new SourcesConfig(), []);

    private string? Typed => Tab(TypedName);

    private string? Offered => Tab(OfferName);

    [Fact]
    public void Page_TabKeptChanges_OffersThemAndBringsThemBack()
    {
        IRenderedComponent<SettingsPage> page = Open(typed: Text(d => (d.Budget, d.TimeZone) = ("321", "Europe/Berlin")));

        Assert.Contains("monthly budget and time zone", TextOf(page.Find("[data-testid=settings-kept]")), StringComparison.Ordinal);
        Assert.Equal("200", page.Find("#budget-amount").GetAttribute("value"));
        page.FindAll("[data-testid=settings-kept] button")[0].Click();

        Assert.Empty(page.FindAll("[data-testid=settings-kept]"));
        Assert.Equal("321", page.Find("#budget-amount").GetAttribute("value"));
        Assert.Contains("Not saved: monthly budget and time zone.", TextOf(page.Find("[data-unsaved]")), StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Null(Offered));
        Assert.Contains("321", Typed, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_KeptChangesOffered_HaveAPlaceOfTheirOwn()
    {
        string text = Text(d => d.Budget = "321");

        Open(typed: text);

        Assert.Equal((null, text), (Typed, Offered));
        // Put before it is taken away.
        Assert.Equal(["keep", "keepTyped"], drafts.Invocations.Where(i => i.Identifier.StartsWith("keep", StringComparison.Ordinal)).Select(i => i.Identifier));
    }

    [Fact]
    public void Page_TabCannotStoreTheOffer_LeavesItWhereItIs()
    {
        string text = Text(d => d.Budget = "321");

        Open(typed: text, stores: false);

        Assert.Equal((text, null), (Typed, Offered));
    }

    [Fact]
    public void Page_KeptChangesDiscarded_AreForgottenByTheTab()
    {
        IRenderedComponent<SettingsPage> page = Open(typed: Text(d => d.Budget = "321"));

        page.FindAll("[data-testid=settings-kept] button")[1].Click();

        page.WaitForAssertion(() => Assert.Equal((null, null), (Typed, Offered)));
    }

    [Theory]
    [InlineData("[data-unsaved] button")]
    [InlineData("[data-testid=save-settings]")]
    public void Page_OfferThenTypedThenAnswered_OfferStays(string button)
    {
        string offer = Text(d => d.TimeZone = "Europe/Berlin");
        IRenderedComponent<SettingsPage> page = Open(offer: offer);
        page.Find("#budget-amount").Input("999");
        page.WaitForAssertion(() => Assert.Contains("999", Typed, StringComparison.Ordinal));
        Assert.Equal(offer, Offered);

        page.FindAll(button)[0].Click();

        page.WaitForAssertion(() => Assert.Null(Typed));
        Assert.Equal(offer, Offered);
        Assert.Single(page.FindAll("[data-testid=settings-kept]"));
    }

    [Fact]
    public void Page_OfferDiscardedWhileTyping_KeepsWhatIsTyped()
    {
        IRenderedComponent<SettingsPage> page = Open(offer: Text(d => d.TimeZone = "Europe/Berlin"));
        page.Find("#budget-amount").Input("999");
        page.WaitForAssertion(() => Assert.Contains("999", Typed, StringComparison.Ordinal));

        page.FindAll("[data-testid=settings-kept] button")[1].Click();

        page.WaitForAssertion(() => Assert.Null(Offered));
        Assert.Contains("999", Typed, StringComparison.Ordinal);
        Assert.DoesNotContain("Berlin", Typed, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfferAndTypedFromBefore_OffersBoth()
    {
        IRenderedComponent<SettingsPage> page = Open(typed: Text(d => d.Budget = "999"), offer: Text(d => d.TimeZone = "Europe/Berlin"));

        Assert.Contains("monthly budget and time zone", TextOf(page.Find("[data-testid=settings-kept]")), StringComparison.Ordinal);
        Assert.Null(Typed);
        Assert.Contains("999", Offered, StringComparison.Ordinal);
        Assert.Contains("Berlin", Offered, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_LeftWithoutSaving_ForgetsWhatWasTypedAndNotTheOffer()
    {
        string offer = Text(d => d.TimeZone = "Europe/Berlin");
        IRenderedComponent<SettingsPage> page = Open(offer: offer);
        page.Find("#budget-amount").Input("999");
        page.WaitForAssertion(() => Assert.Contains("999", Typed, StringComparison.Ordinal));

        Navigation.NavigateTo("/kanban");
        page.WaitForElement("[data-testid=ask-yes]").Click();

        page.WaitForAssertion(() => Assert.Null(Typed));
        Assert.Equal(offer, Offered);
    }

    [Fact]
    public void Page_KeptByAnotherPerson_IsNotOffered()
    {
        string text = Text(d => d.Budget = "321");
        Visitor.Name = "somebody else";

        IRenderedComponent<SettingsPage> page = Open(typed: text);

        Assert.Empty(page.FindAll("[data-testid=settings-kept]"));
        Assert.Equal(text, Typed);
    }

    [Fact]
    public void Page_KeptListChangedMeanwhile_SaysWhatDoesNotComeBack()
    {
        string text = Text(d =>
        {
            d.Budget = "321";
            d.Limits[0].Amount = "60";
        });

        IRenderedComponent<SettingsPage> page = Open(typed: text, files: Files with { Alerts = Files.Alerts with { PerProjectLimits = new SortedDictionary<string, decimal> { ["alpha"] = 70 } } });

        Assert.Contains("loaded anew: monthly budget. Changed otherwise meanwhile, and therefore not brought back: project limits.", TextOf(page.Find("[data-testid=settings-kept]")), StringComparison.Ordinal);
        page.FindAll("[data-testid=settings-kept] button")[0].Click();
        Assert.Contains("Not saved: monthly budget.", TextOf(page.Find("[data-unsaved]")), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_NothingOfItCanComeBack_OffersToDiscardOnly()
    {
        string text = Text(d => d.Limits[0].Amount = "60");

        IRenderedComponent<SettingsPage> page = Open(typed: text, files: Files with { Alerts = Files.Alerts with { PerProjectLimits = new SortedDictionary<string, decimal> { ["alpha"] = 70 } } });

        Assert.Equal(["Discard"], page.FindAll("[data-testid=settings-kept] button").Select(TextOf));
    }

    [Fact]
    public void Page_KeptIsWhatTheFileHoldsByNow_IsNotOffered()
    {
        SettingsFiles before = Files with { Alerts = Files.Alerts with { GlobalBudget = 1 } };

        IRenderedComponent<SettingsPage> page = Open(typed: KeptDraft.Write(new SettingsDraft(before), new SettingsDraft(Files), Here));

        Assert.Empty(page.FindAll("[data-testid=settings-kept]"));
        page.WaitForAssertion(() => Assert.Equal((null, null), (Typed, Offered)));
    }

    [Fact]
    public void Page_TypedThenSaved_KeepsMeanwhileAndForgetsAfter()
    {
        IRenderedComponent<SettingsPage> page = Open();
        page.Find("#budget-amount").Input("250");
        page.WaitForAssertion(() => Assert.Contains("250", Typed, StringComparison.Ordinal));

        page.Find("[data-testid=save-settings]").Click();

        page.WaitForAssertion(() => Assert.Null(Typed));
        Assert.Equal(250m, Settings.Files.Alerts.GlobalBudget);
    }

    private static string Text(Action<SettingsDraft> type)
    {
        SettingsDraft typed = new(Files);
        type(typed);
        return KeptDraft.Write(new SettingsDraft(Files), typed, Here)!;
    }

    // What the tab has under a name after all that was asked of it.
    private string? Tab(string name) =>
        stores && drafts.Invocations.LastOrDefault(i => i.Identifier.StartsWith("keep", StringComparison.Ordinal) && (string?)i.Arguments[0] == name) is { Arguments: [_, var last] }
            ? (string?)last
            : before.GetValueOrDefault(name);

    private IRenderedComponent<SettingsPage> Open(string? typed = null, string? offer = null, SettingsFiles? files = null, bool stores = true)
    {
        Settings.Files = files ?? Files;
        this.stores = stores;
        (before[TypedName], before[OfferName]) = (typed, offer);
        drafts = JSInterop.SetupModule(path => path.Identifier == "import" && path.Arguments[0] is string file && file.Contains("drafts", StringComparison.Ordinal));
        drafts.Setup<string?>("kept", i => (string?)i.Arguments[0] == TypedName).SetResult(typed);
        drafts.Setup<string?>("kept", i => (string?)i.Arguments[0] == OfferName).SetResult(offer);
        drafts.Mode = JSRuntimeMode.Loose;
        drafts.Setup<bool>("keep", _ => true).SetResult(stores);
        drafts.Setup<bool>("keepTyped", _ => true).SetResult(stores);
        State.Publish(SampleSnapshot.Practice().Build());
        Render<MudBlazor.MudPopoverProvider>();
        return Render<SettingsPage>();
    }
}
