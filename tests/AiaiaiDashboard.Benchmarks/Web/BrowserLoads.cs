using Microsoft.Playwright;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>The home page in Chromium, each time with an empty cache.</summary>
internal static class BrowserLoads
{
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>Medians in milliseconds since the navigation: first content on screen, and answering to clicks with the chart drawn; null where there is no Chromium.</summary>
    public static async Task<(double Visible, double Interactive)?> MeasureAsync(string address, int runs)
    {
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser? browser = await StartAsync(playwright);
        if (browser is null)
        {
            return null;
        }

        List<double> visible = [];
        List<double> interactive = [];
        for (int i = 0; i <= runs; i++)
        {
            await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 1000 } });
            IPage page = await context.NewPageAsync();
            await page.GotoAsync(address);
            double ready = await page.EvaluateAsync<double>(
                """
                () => new Promise(done => {
                  const look = () => document.documentElement.dataset.interactive === 'true' && document.querySelector('.apexcharts-svg')
                    ? done(performance.now()) : requestAnimationFrame(look);
                  look();
                })
                """);
            double first = await page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime");
            // The first load also starts what the browser itself needs.
            if (i > 0)
            {
                visible.Add(first);
                interactive.Add(ready);
            }
        }

        visible.Sort();
        interactive.Sort();
        return (visible[visible.Count / 2], interactive[interactive.Count / 2]);
    }

    /// <summary>Median time in milliseconds from the opening of the circuit's connection until the last of its charts is painted; null where there is no Chromium.</summary>
    public static async Task<double?> ChartsAsync(string address, int runs)
    {
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser? browser = await StartAsync(playwright);
        if (browser is null)
        {
            return null;
        }

        List<double> times = [];
        for (int i = 0; i <= runs; i++)
        {
            await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 1000 } });
            IPage page = await context.NewPageAsync();
            await page.AddInitScriptAsync(
                """
                window.charts = new Promise(done => {
                  let start;
                  window.WebSocket = class extends WebSocket {
                    constructor(...args) {
                      super(...args);
                      this.addEventListener('open', () => start ??= performance.now());
                    }
                  };
                  // Looked at after every change and not with every frame: the charts may all be drawn within one.
                  new MutationObserver((_, observer) => {
                    const frames = [...document.querySelectorAll('.chart')];
                    if (start !== undefined && frames.length > 0 && frames.every(frame => frame.querySelector('.apexcharts-svg'))) {
                      observer.disconnect();
                      requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
                    }
                  }).observe(document, { attributes: true, childList: true, subtree: true });
                });
                """);
            await page.GotoAsync(address);
            double time = await page.EvaluateAsync<double>("() => window.charts");
            if (i > 0)
            {
                times.Add(time);
            }
        }

        times.Sort();
        return times[times.Count / 2];
    }

    private static async Task<IBrowser?> StartAsync(IPlaywright playwright) =>
        (Environment.GetEnvironmentVariable("CHROME_PATH") ?? Places.FirstOrDefault(File.Exists)) is { } program
            ? await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments })
            : null;
}
