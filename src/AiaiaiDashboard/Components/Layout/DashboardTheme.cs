using MudBlazor;

namespace AiaiaiDashboard.Components.Layout;

/// <summary>
/// MudBlazor's theme made of the values of wwwroot/css/tokens.css, which stay the only source: a value changes there first. MudBlazor
/// computes shades from its palette, so it needs the colours themselves and not the names of CSS variables.
/// </summary>
public static class DashboardTheme
{
    /// <summary>The theme, dark and light.</summary>
    public static MudTheme Value { get; } = new()
    {
        PaletteDark = Fill(new PaletteDark(), new Tokens(
            Bg: "#0B0C0F", Surface: "#111317", Raised: "#171A1F", LineSoft: "#1B1E24", LineControl: "#69727F", Text: "#F1F3F6", Text2: "#AAB2BE", TextOff: "#59616D",
            AccentSolid: "#5768E0", Ok: "#45BE92", Warn: "#E3AC45", Crit: "#FF7176", Info: "#5FB4E8", Skeleton: "#272C34")),
        PaletteLight = Fill(new PaletteLight(), new Tokens(
            Bg: "#F6F7F9", Surface: "#FFFFFF", Raised: "#F1F3F6", LineSoft: "#EEF0F3", LineControl: "#7A8390", Text: "#14171C", Text2: "#474F5B", TextOff: "#A2A9B4",
            AccentSolid: "#4357D4", Ok: "#0C7350", Warn: "#865600", Crit: "#BF2329", Info: "#0A659F", Skeleton: "#E3E6EB")),
        LayoutProperties = new LayoutProperties
        {
            DrawerWidthLeft = "232px",
            DrawerMiniWidthLeft = "56px",
            AppbarHeight = "56px",
            DefaultBorderRadius = "7px",
        },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = ["var(--ds-font)"], FontSize = "13px", FontWeight = "420", LineHeight = "20px", LetterSpacing = "-0.006em" },
            Button = new ButtonTypography { TextTransform = "none", FontSize = "13px", FontWeight = "520", LetterSpacing = "-0.006em" },
        },
        Shadows = new Shadow
        {
            Elevation = ["none", .. Enumerable.Repeat("var(--ds-shadow-1)", 2), .. Enumerable.Repeat("var(--ds-shadow-2)", 12), .. Enumerable.Repeat("var(--ds-shadow-3)", 11)],
        },
    };

    private static T Fill<T>(T palette, Tokens tokens)
        where T : Palette
    {
        palette.Background = tokens.Bg;
        palette.Surface = tokens.Surface;
        palette.DrawerBackground = tokens.Bg;
        palette.AppbarBackground = tokens.Bg;
        palette.AppbarText = tokens.Text;
        palette.TextPrimary = tokens.Text;
        palette.TextSecondary = tokens.Text2;
        palette.TextDisabled = tokens.TextOff;
        palette.Primary = tokens.AccentSolid;
        palette.Success = tokens.Ok;
        palette.Warning = tokens.Warn;
        palette.Error = tokens.Crit;
        palette.Info = tokens.Info;
        palette.Divider = tokens.LineSoft;
        palette.LinesDefault = tokens.LineSoft;
        palette.TableLines = tokens.LineSoft;
        palette.LinesInputs = tokens.LineControl;
        palette.TableHover = tokens.Raised;
        palette.Skeleton = tokens.Skeleton;
        palette.RippleOpacity = 0;
        palette.HoverOpacity = .04;
        return palette;
    }

    private sealed record Tokens(
        string Bg, string Surface, string Raised, string LineSoft, string LineControl, string Text, string Text2, string TextOff,
        string AccentSolid, string Ok, string Warn, string Crit, string Info, string Skeleton);
}
