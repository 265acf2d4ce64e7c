using System.Globalization;
using System.Net;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Usage;
using AiaiaiDashboard.Hosting;
using AiaiaiDashboard.Security;

namespace AiaiaiDashboard.Integration.Tests.Http;

/// <summary>The real app on a free port of loopback, on a data directory with a little usage and no sources.</summary>
internal sealed class RunningApp : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("aiaiai-app-").FullName;

    private ServerOptions options = null!;

    private RunningApp()
    {
        Data = new DataDirectory(Path.Combine(root, "data"));
        Write(DataFiles.Sources, """{"claudeCode":{"enabled":false}}""");
        Write(DataFiles.Sync, """{"timeZone":"UTC","onStart":false}""");
        Write(DataFiles.Projects, """[{"id":"alpha","name":"Alpha","status":"active"}]""");
        Today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        UsageLedger.Load(Data, repair: true).Apply([Row(Today, 160, "opus"), Row(Today.AddDays(-100), 3, "=cmd|' /C calc'!A0")]);
    }

    public DataDirectory Data { get; }

    public DateOnly Today { get; }

    public DashboardServer Server { get; private set; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public static async Task<RunningApp> StartAsync(
        IReadOnlyList<ISyncStep>? steps = null, Action<RunningApp>? prepare = null, Func<ServerOptions, ServerOptions>? change = null)
    {
        var app = new RunningApp();
        prepare?.Invoke(app);
        (ListenAddresses? addresses, _) = ListenAddresses.Parse("http://127.0.0.1:0");
        var options = new ServerOptions
        {
            Directory = app.Data,
            Addresses = addresses!,
            Environment = _ => null,
            LogToStandardError = false,
            Scheduled = false,
            Steps = steps,
        };
        app.options = change?.Invoke(options) ?? options;
        await app.RestartAsync();
        return app;
    }

    /// <summary>Starts the server once more on the same directory, after <see cref="StopAsync"/>.</summary>
    public async Task RestartAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        Server = await DashboardServer.StartAsync(change?.Invoke(options) ?? options);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false })
        {
            BaseAddress = new Uri(Server.Address),
        };
    }

    /// <summary>Stops the server; the directory stays.</summary>
    public async Task StopAsync()
    {
        Http.Dispose();
        DashboardServer stopped = Server;
        Server = null!;
        await stopped.DisposeAsync();
    }

    public void Write(string name, string content)
    {
        string path = Data.PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }

    public string Read(string name) => File.ReadAllText(Data.PathOf(name));

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        Directory.Delete(root, recursive: true);
    }

    public static UsageRow Row(DateOnly day, decimal cost, string model) => new()
    {
        Date = day,
        Project = "alpha",
        Session = "s1",
        Model = model,
        Source = UsageSource.ClaudeCode,
        Calls = 1,
        TokensIn = 10,
        TokensOut = 20,
        Cost = cost,
    };

    public string Day => Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
