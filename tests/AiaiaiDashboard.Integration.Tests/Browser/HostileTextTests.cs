using System.Globalization;
using System.Text.Json;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Tests.Shared;
using LibGit2Sharp;
using Microsoft.Playwright;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>
/// Texts that would be code, planted in everything that is read from elsewhere; then every page is visited in a real browser. Nothing of them may run,
/// become an element or an attribute, or lead anywhere.
/// </summary>
[Collection(BrowserTests.Name)]
public class HostileTextTests(Chromium chromium)
{
    // NAME is replaced by the place where it is planted; each calls or marks something that the test sees. A label has at most 100 characters.
    [SkippableTheory]
    [InlineData("<img src=x data-hostile=NAME onerror=\"hostile('NAME')\">")]
    [InlineData("\"' data-hostile=NAME onclick=hostile('NAME') x=\"><script>hostile('NAME')</script>")]
    [InlineData("javascript:hostile('NAME')")]
    [InlineData("<svg data-hostile=NAME onload=hostile('NAME')><style>*{display:none}<!-- --><textarea></title>")]
    public async Task EveryPage_HostileTextInEverySource_ShowsItAsText(string payload)
    {
        IBrowser browser = chromium.Browser;
        await using var home = new TestHome();
        Plant(home, payload);
        await home.StartAsync();
        await using WatchedPage tab = await WatchedPage.OpenAsync(browser);
        List<string> ran = [];
        await tab.Page.ExposeFunctionAsync<string, bool>("hostile", name =>
        {
            ran.Add(name);
            return true;
        });
        tab.Page.Dialog += (_, dialog) =>
        {
            ran.Add($"dialog {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        var seen = new System.Text.StringBuilder();
        var tooltips = new System.Text.StringBuilder();
        string filter = "?project=" + Uri.EscapeDataString(payload);
        string[] ids = [.. home.Server.Workspaces.Own.Shown.Projects.Select(p => "/projects/" + Uri.EscapeDataString(p.Id))];
        Assert.NotEmpty(ids);
        foreach (string route in (string[])["/", "/?range=7d", "/projects", "/kanban", "/tokens", "/quality", "/analytics", "/alerts", "/settings", "/tokens" + filter, "/" + filter, .. ids])
        {
            await tab.GotoAsync(home.Address + route);
            tooltips.AppendLine(await HoverAsync(tab.Page));
            seen.AppendLine(await tab.Page.EvaluateAsync<string>("() => document.body.innerText + document.title"));
            string[] elements = await tab.Page.EvaluateAsync<string[]>(
                "() => [...document.querySelectorAll('[data-hostile], [onerror], [onload], [onmouseover], a[href^=\"javascript:\" i], iframe, body script:not([src])')].map(e => e.outerHTML.slice(0, 200))");
            Assert.Empty(elements);
        }

        Assert.Empty(ran);
        Assert.Empty(tab.Faults);
        // What is shown nowhere proves nothing.
        foreach (string place in (string[])["name", "client", "model", "label"])
        {
            Assert.Contains(payload.Replace("NAME", place, StringComparison.Ordinal), seen.ToString(), StringComparison.Ordinal);
        }

        // The one with a price of its own: what costs nothing is in no tooltip.
        Assert.Contains(payload.Replace("NAME", "manual-model", StringComparison.Ordinal), tooltips.ToString(), StringComparison.Ordinal);
    }

    // Tooltips of charts are made of names too: by the pointer, and by the keys, which also say what they show.
    private static async Task<string> HoverAsync(IPage page)
    {
        var said = new System.Text.StringBuilder();
        ILocator charts = page.Locator(".chart[tabindex='0']");
        if (await charts.CountAsync() == 0)
        {
            return "";
        }

        await page.Locator(".apexcharts-svg").Last.WaitForAsync(new() { Timeout = 60_000 });
        foreach (ILocator chart in await charts.AllAsync())
        {
            await chart.ScrollIntoViewIfNeededAsync();
            LocatorBoundingBoxResult? box = await chart.BoundingBoxAsync();
            foreach (float place in (float[])(box is null ? [] : [0.5f, 0.8f, 0.94f]))
            {
                await page.Mouse.MoveAsync(box!.X + (box.Width * place), box.Y + (box.Height / 2));
            }

            await chart.FocusAsync();
            await page.Keyboard.PressAsync("End");
            said.AppendLine(await chart.EvaluateAsync<string>("chart => [...chart.querySelectorAll('.tooltip')].map(e => e.textContent).join(' ')"));
        }

        return said.ToString();
    }

    private static void Plant(TestHome home, string payload)
    {
        string In(string place) => payload.Replace("NAME", place, StringComparison.Ordinal);
        // A folder can have any name without a slash.
        string repository = Path.Combine(home.Root, "work", In("folder").Replace('/', '_'));
        Directory.CreateDirectory(repository);
        File.WriteAllText(Path.Combine(repository, "package.json"), JsonSerializer.Serialize(new
        {
            name = In("package"),
            description = In("description"),
            dependencies = new Dictionary<string, string> { ["react"] = In("version"), [In("dependency")] = "1" },
        }));
        File.WriteAllText(Path.Combine(repository, "ROADMAP.md"), $"# {In("plan")}\n\n- [x] {In("task")}\n- [ ] {In("open-task")}\n<script>hostile('markdown')</script>\n");
        Directory.CreateDirectory(Path.Combine(repository, "coverage"));
        File.WriteAllText(
            Path.Combine(repository, "coverage", "coverage-summary.json"),
            $$"""{"total":{"lines":{"total":10,"covered":5,"skipped":0,"pct":50} },{{JsonSerializer.Serialize(In("report"))}}:{"lines":{"total":10,"covered":5,"skipped":0,"pct":50} } }""");
        File.WriteAllText(Path.Combine(repository, "a.js"), $"// TODO {In("todo")}\n");
        Commit(repository, In("commit"), In("author"));
        string folder = Path.Combine(home.Root, ".claude", "projects", "-hostile");
        Directory.CreateDirectory(folder);
        string line = TranscriptLines.Assistant("msg_1", "req_1").Model(In("model")).Session(In("session")).Cwd(repository).At(Now()).Tokens(1000, 1000, 0, 0);
        string priced = TranscriptLines.Assistant("msg_2", "req_2").Model("claude-opus-5").Session(In("session")).Cwd(repository).At(Now()).Tokens(30_000_000, 0, 0, 0);
        File.WriteAllText(Path.Combine(folder, "11111111-1111-4111-8111-111111111111.jsonl"), line + "\n" + priced + "\n");
        Write(home, DataFiles.Projects, JsonSerializer.Serialize(new object[]
        {
            new { id = "hostile", name = In("name"), client = In("client"), status = "active", progress = 40, description = In("text"), stack = new[] { In("stack") }, deadline = In("deadline"), path = "/srv/elsewhere" },
        }));
        Write(home, DataFiles.Alerts, JsonSerializer.Serialize(new
        {
            globalBudget = 100,
            globalThresholds = new[] { new { percent = 75, label = In("label") } },
            perProjectLimits = new Dictionary<string, int> { ["hostile"] = 1 },
        }));
        Write(home, DataFiles.Tokens, JsonSerializer.Serialize(new
        {
            entries = new[] { new { date = DateOnly.FromDateTime(DateTime.UtcNow).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), project = "hostile", session = In("manual"), tokensIn = 1, tokensOut = 1, cost = 5.0, model = In("manual-model") } },
        }));
    }

    private static void Commit(string folder, string subject, string author)
    {
        Repository.Init(folder);
        using var repository = new Repository(folder);
        Commands.Stage(repository, "*");
        var who = new Signature(author.Replace('<', '(').Replace('>', ')'), "a@example.com", DateTimeOffset.UtcNow);
        repository.Commit(subject, who, who);
    }

    private static string Now() => DateTimeOffset.UtcNow.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void Write(TestHome home, string name, string content)
    {
        string path = Path.Combine(home.Root, "data", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
