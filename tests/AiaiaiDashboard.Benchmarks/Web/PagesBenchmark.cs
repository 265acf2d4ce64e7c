using System.Globalization;
using System.Runtime.InteropServices;
using AiaiaiDashboard.Benchmarks.Analytics;
using AiaiaiDashboard.Benchmarks.Ingest;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Usage;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>The pages with figures over two years of ledger: how long their HTML takes, and their charts.</summary>
internal static class PagesBenchmark
{
    public const string Usage = "pages [--rows N] [--program FILE] [--no-browser]";

    private const int Projects = 50;
    private const int Count = 200;
    private const int Loads = 7;
    private const double HtmlLimit = 10;
    private const double ChartsLimit = 300;

    private static readonly string[] Pages = ["/", "/tokens", "/tokens?range=90d", "/analytics", "/analytics?range=90d"];

    /// <returns>0 all bars met, 1 one missed.</returns>
    public static int Run(TextWriter output, ReadOnlySpan<string> args)
    {
        int at = args.IndexOf("--rows");
        int rows = at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 500_000;
        at = args.IndexOf("--program");
        string? program = at >= 0 && at + 1 < args.Length ? Path.GetFullPath(args[at + 1]) : null;
        string folder = Directory.CreateTempSubdirectory("aiaiai-pages-").FullName;
        try
        {
            return RunAsync(output, folder, rows, program, !args.Contains("--no-browser")).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunAsync(TextWriter output, string folder, int rows, string? program, bool browser)
    {
        DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        program ??= Programs.Publish(Path.Combine(folder, "dashboard"));
        var data = new DataDirectory(Path.Combine(folder, "data"));
        Write(data, DataFiles.Sources, """{"projects":{"discoverFromUsage":false},"claudeCode":{"enabled":false}}""");
        Write(data, DataFiles.Sync, """{"timeZone":"UTC","cron":"0 0 1 1 *","missedRuns":"skip","watch":false}""");
        Write(data, DataFiles.Projects, $"[{string.Join(',', Enumerable.Range(0, Projects).Select(i => $$"""{"id":"{{LargeLedger.ProjectName(i)}}","name":"Project {{i}}","status":"active"}"""))}]");
        UsageLedger.Load(data, repair: true).Apply(LargeLedger.Rows(rows, Projects, today));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows, {Projects} projects, {LargeLedger.Days} days. {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} cores, shared with what asks.\n"));
        var table = new LoadTable(output);
        table.Head();
        using ServerProcess server = await ServerProcess.StartAsync(program, data);
        await server.SyncAsync();
        foreach (string page in Pages)
        {
            (double median, double late) = await Requests.WholePageAsync(server, page, Count);
            table.AtMost($"HTML of `{page}`, p50", median, HtmlLimit, "ms");
            table.Told("the same, p99", late, "ms");
        }

        // A new snapshot has answered nothing yet.
        Write(data, DataFiles.Tokens, $$"""{"entries":[{"date":"{{today:yyyy-MM-dd}}","project":"{{LargeLedger.ProjectName(0)}}","session":"by hand","tokensIn":1,"tokensOut":1,"cost":1,"model":"by hand"}]}""");
        await server.SyncAsync();
        foreach (string page in Pages)
        {
            table.Told($"the first HTML of `{page}` after a sync", await Requests.OnceAsync(server, page), "ms");
        }

        string whole = $"/analytics?from={today.AddDays(1 - LargeLedger.Days):yyyy-MM-dd}&to={today:yyyy-MM-dd}";
        table.Told("HTML of `/analytics` over all days, p50", (await Requests.WholePageAsync(server, whole, Count / 10)).Median, "ms");
        foreach (string page in browser ? (string[])["/", "/tokens", "/analytics"] : [])
        {
            if (await BrowserLoads.ChartsAsync(server.Address + page, Loads) is { } time)
            {
                table.AtMost($"charts of `{page}`, from the opening of the connection", time, ChartsLimit, "ms");
            }
            else
            {
                table.Missing("charts", "no Chromium");
            }
        }

        string errors = server.Stop();
        output.WriteLine(errors.Length == 0 ? "\nNo error in any log." : $"\nErrors in the logs:\n{errors}");
        return table.AllMet && errors.Length == 0 ? 0 : 1;
    }

    private static void Write(DataDirectory data, string name, string content)
    {
        string path = data.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
