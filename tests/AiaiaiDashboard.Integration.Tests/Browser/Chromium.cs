using AiaiaiDashboard.Tests.Shared;
using Microsoft.Playwright;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>One real browser for all browser tests: an installed Chromium or Chrome, else the one Playwright's own installer can fetch.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    // How long a test waits at most for what it expects, in milliseconds: a busy machine is no failure.
    internal const int Patience = 60_000;

    private IPlaywright? playwright;
    private IBrowser? browser;
    private string? missing;

    /// <summary>The browser; skips the test, or fails it, where there is none.</summary>
    public IBrowser Browser
    {
        get
        {
            Requires.That(browser is not null, missing ?? "No Chromium could be started.");
            return browser!;
        }
    }

    public async Task InitializeAsync()
    {
        string? installed = Installed();
        try
        {
            if (installed is null && Microsoft.Playwright.Program.Main(["install", "chromium"]) != 0)
            {
                missing = "There is no Chromium or Chrome on the PATH, and Playwright could not install one.";
                return;
            }

            Assertions.SetDefaultExpectTimeout(Patience);
            playwright = await Playwright.CreateAsync();
            browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = installed, Args = Arguments, Timeout = 2 * Patience });
        }
        catch (PlaywrightException exception)
        {
            missing = $"Chromium could not be started: {exception.Message}";
        }
    }

    public async Task DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
    }

    private static string? Installed() =>
        Environment.GetEnvironmentVariable("CHROME_PATH") is { Length: > 0 } chosen ? chosen
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
}

/// <summary>All browser tests share the browser and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Chromium>
{
    public const string Name = "Browser";
}
