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
        string? program = Environment.GetEnvironmentVariable("CHROME_PATH") ?? Places.FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments });
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
}
