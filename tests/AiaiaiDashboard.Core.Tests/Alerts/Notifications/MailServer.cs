using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace AiaiaiDashboard.Core.Tests.Alerts.Notifications;

/// <summary>A mail server of the test's own that speaks SMTP over a socket, as far as a client needs it.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Channel<string> mails = Channel.CreateUnbounded<string>();
    private readonly Task loop;

    public MailServer()
    {
        listener.Start();
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        loop = Task.Run(AcceptAsync);
    }

    public int Port { get; }

    /// <summary>What a command is answered with instead of its usual answer, by its first word; empty for silence.</summary>
    public Dictionary<string, string> Answers { get; } = [];

    public async Task<string> NextAsync() => await mails.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));

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
            using var reader = new StreamReader(open.GetStream(), Encoding.UTF8);
            await SayAsync("220 test ready");
            while (await reader.ReadLineAsync(stopping.Token) is { } line)
            {
                string word = line.Split(' ')[0].ToUpperInvariant();
                if (Answers.TryGetValue(word, out string? instead))
                {
                    if (instead.Length > 0)
                    {
                        await SayAsync(instead);
                    }

                    continue;
                }

                switch (word)
                {
                    case "EHLO": await SayAsync("250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME"); break;
                    case "AUTH": await SayAsync(Encoding.UTF8.GetString(Convert.FromBase64String(line.Split(' ')[^1])) == "\0me\0right" ? "235 ok" : "535 no"); break;
                    case "DATA":
                        await SayAsync("354 go on");
                        var mail = new StringBuilder();
                        while (await reader.ReadLineAsync(stopping.Token) is { } text && text != ".")
                        {
                            mail.Append(text).Append('\n');
                        }

                        mails.Writer.TryWrite(mail.ToString());
                        await SayAsync("250 taken");
                        break;
                    case "QUIT": await SayAsync("221 bye"); return;
                    default: await SayAsync("250 ok"); break;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client went away, or the test is over.
        }

        Task SayAsync(string answer) => open.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer + "\r\n"), stopping.Token).AsTask();
    }
}
