using System.Diagnostics;
using System.Globalization;
using AiaiaiDashboard.Benchmarks.Web;

namespace AiaiaiDashboard.Benchmarks.Board;

/// <summary>
/// The board with 500 projects in Chromium against the published program, the HTML of the projects page, and a look at 14 repositories.
/// Each has a fixed limit, since no other program does the same.
/// </summary>
internal static class BoardBenchmark
{
    /// <summary>How it is called.</summary>
    public const string Usage = "board PROGRAM";

    private const int Projects = 500;
    private const int Days = 60;
    private const int Moves = 60;
    private const int Requests = 100;
    private const double MoveLimit = 100;
    private const double PageLimit = 15;
    private const double SyncLimit = 300;

    public static int Run(TextWriter output, ReadOnlySpan<string> arguments)
    {
        if (arguments.Length != 1)
        {
            output.WriteLine($"usage: {Usage}");
            return 2;
        }

        string folder = Directory.CreateTempSubdirectory("aiaiai-board-").FullName;
        try
        {
            return RunAsync(output, arguments[0], folder).GetAwaiter().GetResult() ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> RunAsync(TextWriter output, string program, string folder)
    {
        bool ok = true;
        var directory = new SampleDirectory(Path.Combine(folder, "data"), Projects, Days);
        using (ServerProcess server = await ServerProcess.StartAsync(program, directory.Data))
        {
            await server.SyncAsync();
            List<double> pages = await PagesAsync(server);
            ok &= Print(output, $"projects page, {Projects} projects, HTML ready (p50 of {Requests})", At(pages, 0.5), PageLimit);
            if (await BoardMoves.MeasureAsync(server.Address + "/kanban", Moves) is { } moves)
            {
                ok &= Print(output, $"board, {Projects} projects, from the drop to the repainted card (p95 of {Moves})", At(moves, 0.95), MoveLimit);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  p50 {At(moves, 0.5):F1} ms"));
            }
            else
            {
                output.WriteLine("board: no Chromium was found");
                ok = false;
            }
        }

        (double first, double again) = RepositorySync.Measure(folder);
        ok &= Print(output, $"{RepositorySync.Repositories} repositories, first look (median of {RepositorySync.Rounds})", first, SyncLimit);
        ok &= Print(output, $"{RepositorySync.Repositories} repositories, nothing new (median of {RepositorySync.Rounds})", again, SyncLimit);
        return ok;
    }

    private static async Task<List<double>> PagesAsync(ServerProcess server)
    {
        var times = new List<double>();
        for (int i = -20; i < Requests; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await server.Http.GetAsync(new Uri("/projects", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
            response.EnsureSuccessStatusCode();
            await response.Content.CopyToAsync(Stream.Null);
            // The first ones compile what they run.
            if (i >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
        }

        times.Sort();
        return times;
    }

    private static double At(List<double> sorted, double share) => sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    private static bool Print(TextWriter output, string what, double milliseconds, double limit)
    {
        bool ok = milliseconds <= limit;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {milliseconds:F1} ms, limit {limit} ms: {(ok ? "ok" : "too slow")}"));
        return ok;
    }
}
