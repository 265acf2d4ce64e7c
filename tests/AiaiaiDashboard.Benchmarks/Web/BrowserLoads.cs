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

    /// <summary>Median time in milliseconds from the start of the circuit, when the page answers to clicks, to the last of its charts; null where there is no Chromium.</summary>
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
                  const look = () => {
                    start ??= document.documentElement?.dataset.interactive === 'true' ? performance.now() : undefined;
                    const frames = [...document.querySelectorAll('.chart')];
                    return start !== undefined && frames.length > 0 && frames.every(frame => frame.querySelector('.apexcharts-svg')) ? done(performance.now() - start) : requestAnimationFrame(look);
                  };
                  requestAnimationFrame(look);
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
