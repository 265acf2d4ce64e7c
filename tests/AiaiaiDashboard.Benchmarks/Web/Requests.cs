using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>Requests of one page.</summary>
internal static partial class Requests
{
    private const int WarmUp = 500;
    private const int Count = 1000;
    private const string Wrk = "/usr/bin/wrk";

    /// <summary>Median and 99th percentile of the time to the first byte, in milliseconds, one request after the other.</summary>
    public static async Task<(double Median, double Late)> FirstByteAsync(ServerProcess server, string path)
    {
        var uri = new Uri(path, UriKind.Relative);
        List<double> times = [];
        for (int i = 0; i < WarmUp + Count; i++)
        {
            long begin = Stopwatch.GetTimestamp();
            using HttpResponseMessage response = await server.Http.GetAsync(uri, HttpCompletionOption.ResponseHeadersRead);
            double time = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            response.EnsureSuccessStatusCode();
            await response.Content.CopyToAsync(Stream.Null);
            if (i >= WarmUp)
            {
                times.Add(time);
            }
        }

        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100]);
    }

    /// <summary>Median and 99th percentile of the time to the last byte of a page, in milliseconds, one request after the other.</summary>
    public static async Task<(double Median, double Late)> WholePageAsync(ServerProcess server, string path, int count)
    {
        List<double> times = [];
        for (int i = 0; i < count * 3 / 2; i++)
        {
            double time = await OnceAsync(server, path);
            if (i >= count / 2)
            {
                times.Add(time);
            }
        }

        times.Sort();
        return (times[times.Count / 2], times[times.Count * 99 / 100]);
    }

    /// <summary>Time to the last byte of one request, in milliseconds.</summary>
    public static async Task<double> OnceAsync(ServerProcess server, string path)
    {
        long begin = Stopwatch.GetTimestamp();
        await server.Http.GetByteArrayAsync(new Uri(path, UriKind.Relative));
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    /// <summary>Requests per second with sixteen connections for ten seconds; by wrk where it is installed, else by this process.</summary>
    public static async Task<(double PerSecond, string By)> PerSecondAsync(ServerProcess server)
    {
        if (File.Exists(Wrk))
        {
            var info = new ProcessStartInfo(Wrk, ["-t2", "-c16", "-d10s", server.Address + "/"]) { RedirectStandardOutput = true };
            using Process process = Process.Start(info)!;
            string said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            if (said.Contains("Non-2xx", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(said);
            }

            return (double.Parse(PerSecondOfWrk().Match(said).Groups["n"].Value, CultureInfo.InvariantCulture), "wrk");
        }

        long begin = Stopwatch.GetTimestamp();
        int done = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(10))
            {
                await server.Http.GetByteArrayAsync(new Uri("/", UriKind.Relative));
                Interlocked.Increment(ref done);
            }
        }));
        return (done / Stopwatch.GetElapsedTime(begin).TotalSeconds, "HttpClient");
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<n>[0-9.]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex PerSecondOfWrk();
}
