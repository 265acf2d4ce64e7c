using Microsoft.Playwright;

namespace AiaiaiDashboard.Benchmarks.Board;

/// <summary>Drags cards to the top of another column and measures, in the page, from the release of the button to the frame that shows them there.</summary>
internal static class BoardMoves
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>Milliseconds of each move, smallest first; null where there is no Chromium.</summary>
    public static async Task<List<double>?> MeasureAsync(string address, int moves)
    {
        string? program = Environment.GetEnvironmentVariable("CHROME_PATH") ?? Places.FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = program, Args = Arguments });
        IPage page = await browser.NewPageAsync(new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 1000 } });
        await page.GotoAsync(address);
        await page.Locator(".board[data-ready]").WaitForAsync();
        var times = new List<double>();
        for (int i = -5; i < moves; i++)
        {
            (string from, string to) = i % 2 == 0 ? ("active", "paused") : ("paused", "active");
            double time = await page.EvaluateAsync<double>(
                """
                ([from, to]) => new Promise(done => {
                  const card = document.querySelector(`[data-status=${from}] [data-card]`);
                  const id = card.dataset.projectId;
                  const box = card.getBoundingClientRect();
                  const goal = document.querySelector(`[data-status=${to}] [data-cards]`).getBoundingClientRect();
                  const send = (type, x, y, target) => target.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', isPrimary: true, button: 0, clientX: x, clientY: y }));
                  send('pointerdown', box.left + 60, box.top + 20, card);
                  send('pointermove', goal.left + 40, goal.top + 10, document);
                  const begin = performance.now();
                  send('pointerup', goal.left + 40, goal.top + 10, document);
                  const look = () => document.querySelector(`[data-status=${to}] [data-card][data-project-id="${id}"]:not([data-lifted])`)
                    ? requestAnimationFrame(() => done(performance.now() - begin)) : requestAnimationFrame(look);
                  look();
                })
                """,
                new[] { from, to });
            // The first ones compile what they run, on both sides.
            if (i >= 0)
            {
                times.Add(time);
            }
        }

        times.Sort();
        return times;
    }
}
