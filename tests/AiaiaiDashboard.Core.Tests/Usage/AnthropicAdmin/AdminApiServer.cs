using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AiaiaiDashboard.Core.Tests.Usage.AnthropicAdmin;

/// <summary>What the server answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">Body.</param>
internal sealed record Reply(int Status, string Body)
{
    /// <summary>No answer until the server ends.</summary>
    public static readonly Reply Nothing = new(0, "");

    /// <summary>The head of an answer and the body given, but never its end.</summary>
    public bool NeverEnds { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>A success with a body.</summary>
    public static Reply Ok(string body) => new(200, body);
}

/// <summary>A request as the server got it.</summary>
internal sealed record Asked(string Path, string Query, string? Key, string? Version, string? Beta, string? UserAgent)
{
    public string? Authorization { get; init; }

    public string? IfNoneMatch { get; init; }

    /// <summary>Value of a query parameter, unescaped.</summary>
    public string? Parameter(string name) => Query.TrimStart('?').Split('&').Select(p => p.Split('=', 2))
        .Where(p => Uri.UnescapeDataString(p[0]) == name).Select(p => Uri.UnescapeDataString(p[1])).FirstOrDefault();
}

/// <summary>An API on 127.0.0.1 that answers as a test says.</summary>
internal sealed class AdminApiServer : IDisposable
{
    private readonly HttpListener listener;
    private readonly Func<Asked, Reply> answer;
    private readonly ConcurrentQueue<Asked> requests = new();
    private readonly ConcurrentBag<HttpListenerContext> open = [];

    public AdminApiServer(Func<Asked, Reply> answer)
    {
        this.answer = answer;
        (listener, Address) = Listen();
        _ = Task.Run(ServeAsync);
    }

    public Uri Address { get; }

    /// <summary>The requests so far, in order.</summary>
    public IReadOnlyList<Asked> Requests => [.. requests];

    public void Dispose()
    {
        foreach (HttpListenerContext context in open)
        {
            context.Response.Abort();
        }

        listener.Close();
    }

    // Another process may take a port between finding it free and listening on it.
    private static (HttpListener Listener, Uri Address) Listen()
    {
        for (int attempt = 0; ; attempt++)
        {
            using var probe = new TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            int port = ((IPEndPoint)probe.LocalEndpoint).Port;
            probe.Stop();
            var listener = new HttpListener();
            string address = FormattableString.Invariant($"http://127.0.0.1:{port}/");
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return (listener, new Uri(address));
            }
            catch (HttpListenerException) when (attempt < 20)
            {
                listener.Close();
            }
        }
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await listener.GetContextAsync();
                await AnswerAsync(context);
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The end of the test.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        HttpListenerRequest request = context.Request;
        var asked = new Asked(
            request.Url!.AbsolutePath, request.Url.Query, request.Headers["x-api-key"], request.Headers["anthropic-version"], request.Headers["anthropic-beta"], request.UserAgent)
        {
            Authorization = request.Headers["Authorization"],
            IfNoneMatch = request.Headers["If-None-Match"],
        };
        requests.Enqueue(asked);
        Reply reply = answer(asked);
        if (reply == Reply.Nothing)
        {
            open.Add(context);
            return;
        }

        context.Response.StatusCode = reply.Status;
        foreach ((string name, string value) in reply.Headers)
        {
            context.Response.Headers[name] = value;
        }

        byte[] body = Encoding.UTF8.GetBytes(reply.Body);
        try
        {
            if (reply.NeverEnds)
            {
                open.Add(context);
                context.Response.SendChunked = true;
                await context.Response.OutputStream.WriteAsync(body);
                await context.Response.OutputStream.FlushAsync();
                return;
            }

            context.Response.ContentLength64 = body.Length;
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
        catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException)
        {
            // The client had enough.
        }
    }
}
