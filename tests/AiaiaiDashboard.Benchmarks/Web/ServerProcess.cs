using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Benchmarks.Web;

/// <summary>The published program as a server on a port of loopback.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);

    private readonly Process process;
    private readonly Task<string> errors;

    private ServerProcess(Process process, string address)
    {
        this.process = process;
        Address = address;
        errors = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        Http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, MaxConnectionsPerServer = 1000, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(10) })
        {
            BaseAddress = new Uri(address),
            Timeout = TimeSpan.FromSeconds(100),
        };
    }

    public string Address { get; }

    public HttpClient Http { get; }

    /// <summary>From the start of the process to its first page.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Memory it has now, in bytes.</summary>
    public long Memory
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Starts it and waits for its first page.</summary>
    public static async Task<ServerProcess> StartAsync(string program, DataDirectory directory)
    {
        string address = $"http://127.0.0.1:{FreePort().ToString(CultureInfo.InvariantCulture)}";
        var info = new ProcessStartInfo(program, ["--data", directory.Root, "--urls", address]) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment["HOME"] = directory.Root;
        long begin = Stopwatch.GetTimestamp();
        var server = new ServerProcess(Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start."), address);
        while (true)
        {
            try
            {
                using HttpResponseMessage response = await server.Http.GetAsync(new Uri("/", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    server.StartTime = Stopwatch.GetElapsedTime(begin);
                    return server;
                }
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(begin) < StartLimit && !server.process.HasExited)
            {
                await Task.Delay(Poll);
            }
        }
    }

    /// <summary>Runs a sync and waits for its end.</summary>
    public async Task SyncAsync()
    {
        using HttpResponseMessage response = await Http.PostAsync(new Uri("/api/sync", UriKind.Relative), null);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Ends it as a service manager does; returns what it said of errors.</summary>
    public string Stop()
    {
        if (!process.HasExited)
        {
            if (OperatingSystem.IsWindows())
            {
                process.Kill();
            }
            else
            {
                using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
                if (!process.WaitForExit(StopLimit))
                {
                    process.Kill(entireProcessTree: true);
                }
            }

            process.WaitForExit();
        }

        return string.Join('\n', errors.Result.Split('\n').Where(l => l.Contains(" ERR ", StringComparison.Ordinal) || l.Contains(" FTL ", StringComparison.Ordinal)));
    }

    public void Dispose()
    {
        Stop();
        Http.Dispose();
        process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
