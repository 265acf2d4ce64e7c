using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace AiaiaiDashboard.Core.Tests.Alerts.Notifications;

/// <summary>A local server that takes webhooks and answers what a test tells it to: a status line with headers, or nothing at all.</summary>
internal sealed class HookServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<string> requests = Channel.CreateUnbounded<string>();
    private readonly Task loop;

    public HookServer()
    {
        listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/hook";
        loop = Task.Run(AcceptAsync);
    }

    public string Url { get; }

    /// <summary>The answer; null lets the caller wait for ever.</summary>
    public string? Answer { get; set; } = "200 OK";

    public int Count => requests.Reader.Count;

    /// <summary>The next request, head and body.</summary>
    public async Task<string> NextAsync() => await requests.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await loop;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stopping.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient open = client;
        try
        {
            NetworkStream stream = open.GetStream();
            var text = new StringBuilder();
            byte[] buffer = new byte[8192];
            while (!IsWhole(text.ToString()))
            {
                int count = await stream.ReadAsync(buffer, stopping.Token);
                if (count == 0)
                {
                    return;
                }

                text.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }

            string? answer = Answer;
            requests.Writer.TryWrite(text.ToString());
            if (answer is null)
            {
                await Task.Delay(Timeout.Infinite, stopping.Token);
            }

            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), stopping.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The caller went away, or the test is over.
        }
    }

    private static bool IsWhole(string text)
    {
        int head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
        {
            return false;
        }

        string? length = text[..head].Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return length is null || Encoding.UTF8.GetByteCount(text[(head + 4)..]) >= int.Parse(length[15..], System.Globalization.CultureInfo.InvariantCulture);
    }
}
