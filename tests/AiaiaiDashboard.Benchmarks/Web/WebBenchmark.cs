using System.Globalization;
using System.Runtime.InteropServices;
using AiaiaiDashboard.Benchmarks.Ingest;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>The published program under load, beside the bars it has to meet and the figures of the dashboard it replaces.</summary>
internal static class WebBenchmark
{
    private const int Mebibyte = 1024 * 1024;
    // What the first tabs make the program load and compile, all share: it belongs to none of those that are measured.
    private const int WarmTabs = 50;
    private const int IdleTabs = 200;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(10);

    /// <returns>0 all bars met, 1 one missed, 2 the command was not understood.</returns>
    public static int Run(TextWriter output, ReadOnlySpan<string> args)
    {
        if (WebOptions.Parse(args) is not { } options)
        {
            Console.Error.WriteLine($"usage: AiaiaiDashboard.Benchmarks {WebOptions.Usage}");
            return 2;
        }

        string folder = Directory.CreateTempSubdirectory("aiaiai-web-").FullName;
        try
        {
            return RunAsync(output, options, folder).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> RunAsync(TextWriter output, WebOptions options, string folder)
    {
        Say("Publishing the dashboard and writing sample data");
        string program = options.Program ?? Programs.Publish(Path.Combine(folder, "dashboard"));
        var year = new SampleDirectory(Path.Combine(folder, "year"), projects: 14, days: 365);
        var large = new SampleDirectory(Path.Combine(folder, "large"), projects: 500, days: 730);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {Environment.ProcessorCount} cores, shared with what asks.\n"));
        var table = new LoadTable(output);
        table.Head();

        Say("Starting");
        List<double> starts = [];
        for (int i = 0; i <= options.Runs; i++)
        {
            using ServerProcess server = await ServerProcess.StartAsync(program, year.Data);
            // The first one fills the page cache.
            if (i > 0)
            {
                starts.Add(server.StartTime.TotalSeconds);
            }
        }

        starts.Sort();
        table.AtMost("start to first 200", starts[starts.Count / 2], 1.0, "s");
        string errors = await YearAsync(table, options, program, year);
        Say("500 projects, two years");
        using (ServerProcess server = await ServerProcess.StartAsync(program, large.Data))
        {
            await server.SyncAsync();
            (double median, double late) = await Requests.FirstByteAsync(server, "/");
            table.AtMost("first byte of `/`, 500 projects, two years, p50", median, 20, "ms");
            table.Told("the same, p99", late, "ms");
            errors += server.Stop();
        }

        output.WriteLine(errors.Length == 0 ? "\nNo error in any log." : $"\nErrors in the logs:\n{errors}");
        return table.AllMet && errors.Length == 0 ? 0 : 1;
    }

    private static async Task<string> YearAsync(LoadTable table, WebOptions options, string program, SampleDirectory year)
    {
        using ServerProcess server = await ServerProcess.StartAsync(program, year.Data);
        await server.SyncAsync();
        Say("Memory");
        await Task.Delay(Settle);
        table.AtMost("memory idle", server.Memory / (double)Mebibyte, 150, "MB", "190 to 250 MB");
        await using (var tabs = new Tabs(server))
        {
            await tabs.OpenAsync(WarmTabs);
            await Task.Delay(Settle);
            long before = server.Memory;
            await tabs.OpenAsync(WarmTabs + IdleTabs);
            await Task.Delay(Settle);
            table.AtMost($"memory per idle circuit, {WarmTabs} to {WarmTabs + IdleTabs} open", (server.Memory - before) / 1024.0 / IdleTabs, 400, "KB");
            Say($"{options.Tabs} tabs");
            await tabs.OpenAsync(options.Tabs);
            await tabs.PublishAsync(year);
            (double spread, double whole) = await tabs.PublishAsync(year);
            table.AtMost($"{options.Tabs} tabs, one run publishes: first to last updated", spread / 1000, 1.0, "s");
            table.Told("the same, from the request for the run on", whole / 1000, "s");
            table.AtMost($"memory with {options.Tabs} tabs", server.Memory / (double)Mebibyte, 600, "MB");
        }

        Say("Requests");
        (double median, double late) = await Requests.FirstByteAsync(server, "/");
        table.AtMost("first byte of `/`, 14 projects, one year, p50", median, 5, "ms", "290 ms");
        table.AtMost("the same, p99", late, 15, "ms");
        (double perSecond, string by) = await Requests.PerSecondAsync(server);
        table.AtLeast($"requests of `/` per second ({by})", perSecond, 300, "/s", "about 30/s");
        if (options.Browser)
        {
            Say("Chromium");
            if (await BrowserLoads.MeasureAsync(server.Address, options.Runs) is var (visible, interactive))
            {
                table.AtMost("content visible, empty cache", visible, 400, "ms", "300 to 1,000 ms");
                table.AtMost("interactive with charts", interactive, 900, "ms");
            }
            else
            {
                table.Missing("content visible, interactive with charts", "no Chromium");
            }
        }

        if (options.Hours > 0)
        {
            Say($"{options.Hours} simulated hours");
            (long warm, long end) = await Endurance.RunAsync(server, year, options.Hours);
            table.Told("memory when warmed up", warm / (double)Mebibyte, "MB");
            // A page of memory more or less is no growth.
            table.AtMost($"growth over the rest of {options.Hours} simulated hours", Math.Max(0, (end - warm) * 100.0 / warm), 5, "%");
        }

        return server.Stop();
    }

    private static void Say(string what) => Console.Error.WriteLine(what);
}
