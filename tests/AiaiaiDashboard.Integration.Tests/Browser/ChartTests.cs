using AiaiaiDashboard.Core.Settings;
using Microsoft.Playwright;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>Charts as drawn: what the words in them stand on, and what becomes of them in another width.</summary>
[Collection(BrowserTests.Name)]
public class ChartTests(Chromium chromium)
{
    // The words of a chart as boxes, and of which two cover each other or leave the picture.
    private const string LabelFaults = """
        () => {
          const faults = [];
          const shown = [];
          for (const picture of document.querySelectorAll("svg.apexcharts-svg")) {
            const frame = picture.getBoundingClientRect();
            const labels = [...picture.querySelectorAll(".apexcharts-point-annotation-label, .apexcharts-yaxis-annotation-label, .apexcharts-xaxis-annotation-label")]
              .filter(label => label.textContent && label.getAttribute("visibility") !== "hidden").map(label => [label.textContent, label.getBoundingClientRect()]);
            for (const [index, [text, box]] of labels.entries()) {
              if (box.left < frame.left || box.right > frame.right || box.top < frame.top || box.bottom > frame.bottom) {
                faults.push(`${text} is cut off`);
              }
              for (const [other, place] of labels.slice(index + 1)) {
                if (box.left < place.right && place.left < box.right && box.top < place.bottom && place.top < box.bottom) {
                  faults.push(`${text} covers ${other}`);
                }
              }
            }
            shown.push(...labels.map(([text]) => text));
          }
          return { faults, shown };
        }
        """;

    // How far the grids of the two plots of the spend chart end from each other and stand out of their card, in pixels.
    private const string GridFaults = """
        () => {
          const card = document.querySelector("[data-testid=spend-chart]");
          const frame = card.getBoundingClientRect();
          const ends = [...card.querySelectorAll(".apexcharts-grid")].map(grid => grid.getBoundingClientRect().right);
          return ends.length === 2 && Math.abs(ends[0] - ends[1]) < 2 && ends.every(end => end < frame.right && end > frame.right - 60)
            && document.documentElement.scrollWidth <= document.documentElement.clientWidth;
        }
        """;

    [SkippableTheory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Labels_BudgetsSmallNearAndHuge_CoverNothing(int width)
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser, width: width);
        decimal spent = home.Server.Workspaces.Own.Shown.Scope(null).Month.Spend;
        foreach (decimal budget in new[] { Math.Round(spent / 7), Math.Round(spent * 0.97m), Math.Round(spent * 1.03m), Math.Round(spent * 1.3m), 1_234_567m })
        {
            await home.Server.Workspaces.Own.SaveAlertsAsync(new AlertsConfig { GlobalBudget = budget }, default);
            await tab.GotoAsync(home.Address + "/analytics");
            await tab.Page.WaitForFunctionAsync("() => document.querySelectorAll('[data-testid=forecast-card] .apexcharts-point-annotation-label[visibility]').length > 0");

            Labels labels = await tab.Page.EvaluateAsync<Labels>(LabelFaults);

            Assert.True(labels.Faults.Length == 0, $"{budget}: {string.Join("; ", labels.Faults)}");
            Assert.Contains($"${spent:#,##0.00}", labels.Shown);
        }

        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task Draw_EndedOrAskedForAnewBeforeItsTurn_DrawsOnlyWhatIsStillWanted()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address + "/");
        await tab.Page.WaitForFunctionAsync("() => document.querySelectorAll('.apexcharts-svg').length >= 2");

        int[] drawn = await tab.Page.EvaluateAsync<int[]>(
            """
            async () => {
              const add = () => {
                const frame = document.createElement("div");
                frame.className = "chart";
                frame.style.setProperty("--height", "120px");
                frame.innerHTML = '<div style="height:100%"></div><span aria-live="polite"></span>';
                document.querySelector("main").append(frame);
                return frame.firstChild;
              };
              const options = days => JSON.stringify({
                kind: "bars", unit: "usd", step: "day", floor: 0, stacked: false, dayLabels: true, reference: null, band: null, today: null, group: null,
                days, series: [{ name: "a", colour: "accent", values: days.map(() => 1) }],
              });
              const ended = add();
              const twice = add();
              const draws = [aiaiaiCharts.draw(ended, options(["2026-01-01"])), aiaiaiCharts.draw(twice, options(["2026-01-01"])), aiaiaiCharts.draw(twice, options(["2026-01-01", "2026-01-02"]))];
              aiaiaiCharts.dispose(ended);
              await Promise.all(draws);
              return [ended, twice].map(element => element.querySelectorAll(".apexcharts-bar-area").length);
            }
            """);

        Assert.Equal([0, 2], drawn);
        Assert.Empty(tab.Faults);
    }

    [SkippableFact]
    public async Task SpendChart_WindowNarrowedAndWidened_BothPlotsFitTheirCard()
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        await home.StartAsync(demo: true);
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        await tab.GotoAsync(home.Address);
        foreach (int width in new[] { 1440, 1000, 600, 390, 1280 })
        {
            await tab.Page.SetViewportSizeAsync(width, 900);

            await tab.Page.WaitForFunctionAsync(GridFaults);
        }

        Assert.Empty(tab.Faults);
    }

    private sealed record Labels
    {
        public string[] Faults { get; init; } = [];

        public string[] Shown { get; init; } = [];
    }
}
