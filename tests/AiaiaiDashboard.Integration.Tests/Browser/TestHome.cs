using System.Globalization;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Hosting;
using AiaiaiDashboard.Security;
using AiaiaiDashboard.Tests.Shared;

namespace AiaiaiDashboard.Integration.Tests.Browser;

/// <summary>A home directory of its own with transcripts in it, and the real server on a free port of loopback.</summary>
internal sealed class TestHome : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-home-").FullName;
    private DashboardServer? server;
    private ServerOptions? started;
    private int calls;

    public string Root => root;

    public DashboardServer Server => server ?? throw new InvalidOperationException("The server was not started.");

    public string Address => Server.Address;

    /// <summary>Adds a call of a project's transcript; a million input tokens of claude-opus-5 cost $5.00.</summary>
    public void Spend(string project, decimal dollars, DateTimeOffset? at = null, string session = "11111111-1111-4111-8111-111111111111") =>
        Call(project, "claude-opus-5", at ?? DateTimeOffset.UtcNow, session, (long)(dollars * 200_000), 0, 0, 0);

    /// <summary>Adds a call of a project's transcript.</summary>
    /// <param name="project">Its folder.</param>
    /// <param name="model">Model.</param>
    /// <param name="at">When.</param>
    /// <param name="session">Session.</param>
    /// <param name="tokensIn">Input tokens.</param>
    /// <param name="tokensOut">Output tokens.</param>
    /// <param name="cacheWrite">Tokens written to the cache.</param>
    /// <param name="cacheRead">Tokens read from it.</param>
    /// <param name="characters">Length of the answer's text.</param>
    public void Call(string project, string model, DateTimeOffset at, string session, long tokensIn, long tokensOut, long cacheWrite, long cacheRead, int characters = 0)
    {
        string folder = Path.Combine(root, ".claude", "projects", "-" + project);
        Directory.CreateDirectory(folder);
        calls++;
        TranscriptLine line = TranscriptLines.Assistant($"msg_{calls}", $"req_{calls}")
            .Model(model).Session(session).Cwd("/srv/" + project)
            .At(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Tokens(tokensIn, tokensOut, cacheWrite, cacheRead)
            .Set("version", "\"2.0.67\"")
            .Message("content", $$"""[{"type":"text","text":"{{new string('x', characters)}}"}]""");
        File.AppendAllText(Path.Combine(folder, session + ".jsonl"), line + "\n");
    }

    /// <summary>Starts the server on what is there; the first sync runs before it answers.</summary>
    /// <param name="demo">Whether to show sample data.</param>
    /// <param name="change">Changes the options, such as the clock; without it nothing runs by itself.</param>
    public async Task StartAsync(bool demo = false, Func<ServerOptions, ServerOptions>? change = null)
    {
        (ListenAddresses? addresses, _) = ListenAddresses.Parse("http://127.0.0.1:0");
        var options = new ServerOptions
        {
            Directory = new DataDirectory(Path.Combine(root, demo ? "demo" : "data")),
            Addresses = addresses!,
            IsDemo = demo,
            Environment = name => name == "HOME" ? root : null,
            LogToStandardError = false,
            Scheduled = false,
        };
        started = change?.Invoke(options) ?? options;
        server = await DashboardServer.StartAsync(started);
        await server.Workspaces.SyncNowAsync("start");
    }

    /// <summary>Stops the server and starts it again on the same data; its address is another one.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        server = await DashboardServer.StartAsync(started!);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        Directory.Delete(root, recursive: true);
    }
}
