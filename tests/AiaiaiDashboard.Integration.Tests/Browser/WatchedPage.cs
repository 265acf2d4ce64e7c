using Microsoft.Playwright;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>A tab that remembers every console error, page error and failed request.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly List<string> faults = [];

    private WatchedPage(IBrowserContext context, IPage page)
    {
        this.context = context;
        Page = page;
        page.SetDefaultTimeout(Chromium.Patience);
        page.Console += (_, message) => Note(message.Type is "error" or "warning", $"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => Note(true, $"page error: {error}");
        page.Response += (_, response) => Note(response.Status >= 400 && !IsExpected(response), $"{response.Status} {response.Url}");
    }

    public IPage Page { get; }

    /// <summary>A status the test expects of the page itself, such as 404.</summary>
    public int? ExpectedStatus { get; set; }

    public IReadOnlyList<string> Faults
    {
        get
        {
            lock (faults)
            {
                return [.. faults];
            }
        }
    }

    public static async Task<WatchedPage> OpenAsync(IBrowser browser, ColorScheme scheme = ColorScheme.Dark, int width = 1440, int height = 1000, bool touch = false)
    {
        IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            HasTouch = touch,
            Locale = "en-US",
            TimezoneId = "UTC",
        });
        return new WatchedPage(context, await context.NewPageAsync());
    }

    /// <summary>Loads an address and waits until the page answers to clicks.</summary>
    public async Task GotoAsync(string address)
    {
        await Page.GotoAsync(address);
        await Page.WaitForFunctionAsync("() => document.documentElement.dataset.interactive === 'true'");
    }

    /// <summary>The text of the element with this test hook.</summary>
    public async Task<string> TextAsync(string hook) => await Page.GetByTestId(hook).First.InnerTextAsync();

    public ValueTask DisposeAsync() => context.DisposeAsync();

    private bool IsExpected(IResponse response) => response.Status == ExpectedStatus && response.Request.IsNavigationRequest;

    private void Note(bool isFault, string text)
    {
        // Chromium repeats the status of a navigation as a console error. That a preloaded font was not drawn within seconds is the machine's fault.
        if (isFault && !text.Contains("was preloaded using link preload but not used", StringComparison.Ordinal) && !(ExpectedStatus is { } status && text.Contains($"{status}", StringComparison.Ordinal)))
        {
            lock (faults)
            {
                faults.Add(text);
            }
        }
    }
}
