using AiaiaiDashboard.Core.Storage;
using Microsoft.Playwright;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>
/// The pages with figures, in every <see cref="EdgeState"/>: no console error, no sideways scroll, no text over another, no NaN, no WCAG fault. With the environment variable
/// <c>AIAIAI_PICTURES</c>, a folder, every page is also saved there as a picture, in both themes and both widths.
/// </summary>
[Collection(BrowserTests.Name)]
[Trait("Category", "Long")]
public class EdgeStateTests(Chromium chromium)
{
    private static readonly string? Pictures = Environment.GetEnvironmentVariable("AIAIAI_PICTURES");

    public static TheoryData<string> States => [.. EdgeState.All.Keys];

    [SkippableTheory]
    [MemberData(nameof(States))]
    public async Task PagesWithFigures_AtTheEdge_AreHealthyAndReadable(string name)
    {
        IBrowser browser = chromium.Browser;
        EdgeState state = EdgeState.All[name];
        await using var home = new TestHome();
        state.Write(new DataDirectory(Path.Combine(home.Root, "data")));
        await home.StartAsync(change: options => options with { Time = new ShiftedTime(state.Now) });
        // Every second state in the light theme; both are looked at on pictures, and both with the sample data.
        ColorScheme scheme = EdgeState.All.Keys.ToList().IndexOf(name) % 2 == 0 ? ColorScheme.Dark : ColorScheme.Light;
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser, scheme);
        var faults = new List<string>();
        foreach ((string page, string address) in Pages(state))
        {
            await tab.Page.SetViewportSizeAsync(1440, 1000);
            await tab.GotoAsync(home.Address + address);
            await ChartsAsync(tab.Page);
            faults.AddRange((await PageHealth.AxeFaultsAsync(tab.Page)).Select(f => $"{page}: {f}"));
            faults.AddRange((await PageHealth.ReadabilityFaultsAsync(tab.Page)).Select(f => $"{page}, 1440 px: {f}"));
            await PictureAsync(tab.Page, state, page, 1440);
            await tab.Page.SetViewportSizeAsync(390, 844);
            await ChartsAsync(tab.Page);
            faults.AddRange((await PageHealth.ReadabilityFaultsAsync(tab.Page)).Select(f => $"{page}, 390 px: {f}"));
            await PictureAsync(tab.Page, state, page, 390);
        }

        Assert.Empty(faults);
        Assert.Empty(tab.Faults);
    }

    private static IEnumerable<(string Page, string Address)> Pages(EdgeState state)
    {
        yield return ("home", "/");
        yield return ("tokens", "/tokens" + state.Range);
        yield return ("analytics", "/analytics" + state.Range);
        if (state.Project is { } project)
        {
            yield return ("project", "/projects/" + Uri.EscapeDataString(project));
        }
    }

    // Charts draw after the page answers, and again when its width changes.
    private static Task ChartsAsync(IPage page) => page.WaitForFunctionAsync(
        """
        () => [...document.querySelectorAll('.chart')].every(chart => {
          const picture = chart.querySelector('svg.apexcharts-svg');
          return chart.querySelector('.chart-message') || (picture && picture.getBoundingClientRect().width <= chart.clientWidth + 1 && picture.getBoundingClientRect().width > 0);
        })
        """);

    private static async Task PictureAsync(IPage page, EdgeState state, string name, int width)
    {
        if (Pictures is null)
        {
            return;
        }

        foreach (ColorScheme scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.WaitForFunctionAsync("theme => document.documentElement.dataset.theme === theme", scheme == ColorScheme.Dark ? "dark" : "light");
            await page.WaitForFunctionAsync(
                """
                () => [...document.querySelectorAll('.apexcharts-yaxis-label')]
                  .every(text => text.getAttribute('fill') === getComputedStyle(document.documentElement).getPropertyValue('--ds-axis').trim().toLowerCase())
                """);
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Pictures, $"{state.Name}-{name}-{width}-{scheme.ToString().ToLowerInvariant()}.png"), FullPage = true });
        }
    }
}
