using AiaiaiDashboard.Components.Layout.Search;
using AiaiaiDashboard.Core.Sync;
using Bunit;

namespace AiaiaiDashboard.Components.Tests.Layout.Search;

public sealed class CommandPaletteTests : DashboardTestContext
{
    [Fact]
    public void Palette_ProjectTypedThenEnter_OpensItsPage()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        IRenderedComponent<CommandPalette> palette = Render<CommandPalette>();

        palette.Find("input").Input("docs");
        palette.Find("input").KeyDown("Enter");

        Assert.EndsWith("/projects/docs-site", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Palette_PageChosen_KeepsTheProjectFilter()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        Navigation.NavigateTo("/tokens?project=docs-site");
        IRenderedComponent<CommandPalette> palette = Render<CommandPalette>();

        palette.Find("input").Input("analyt");
        palette.Find("[role=option]").Click();

        Assert.EndsWith("/analytics?project=docs-site", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void Palette_ArrowKeys_MoveTheSelectionAroundTheEnds()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        IRenderedComponent<CommandPalette> palette = Render<CommandPalette>();

        palette.Find("input").KeyDown("ArrowUp");
        string last = palette.Find("[aria-selected=true]").Id!;
        palette.Find("input").KeyDown("ArrowDown");

        Assert.Equal($"palette-{palette.FindAll("[role=option]").Count - 1}", last);
        Assert.Equal("palette-0", palette.Find("[aria-selected=true]").Id);
        Assert.Equal("palette-0", palette.Find("input").GetAttribute("aria-activedescendant"));
    }

    [Fact]
    public async Task Palette_RefreshChosen_Syncs()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        IRenderedComponent<CommandPalette> palette = Render<CommandPalette>();
        palette.Find("input").Input("refresh");

        Task pressed = palette.Find("input").KeyDownAsync(new Microsoft.AspNetCore.Components.Web.KeyboardEventArgs { Key = "Enter" });
        Commands.Sync.SetResult(new SyncStatus());
        await pressed;

        Assert.Equal(["sync"], Commands.Calls);
    }

    [Fact]
    public void Palette_ThemeChosen_AsksTheBrowser()
    {
        IRenderedComponent<CommandPalette> palette = Render<CommandPalette>();
        palette.Find("input").Input("theme");

        palette.Find("input").KeyDown("Enter");

        JSInterop.VerifyInvoke("aiaiai.closePalette");
        Assert.Equal("ToggleTheme", Assert.Single(JSInterop.VerifyInvoke("aiaiai.run").Arguments));
    }

    [Fact]
    public void Palette_NothingFound_SaysSoAndEnterDoesNothing()
    {
        State.Publish(SampleSnapshot.Practice().Build());
        string before = Navigation.Uri;
        IRenderedComponent<CommandPalette> palette = Render<CommandPalette>();

        palette.Find("input").Input("<script>");
        palette.Find("input").KeyDown("Enter");

        Assert.Equal("Nothing is called “<script>”.", TextOf(palette.Find("[role=status]")));
        Assert.Empty(palette.FindAll("script"));
        Assert.Equal(before, Navigation.Uri);
    }
}
