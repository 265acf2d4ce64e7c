using AiaiaiDashboard.Api;
using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Demo;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Storage.Archive;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Core.Sync.Scheduling;
using AiaiaiDashboard.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;

namespace AiaiaiDashboard.Hosting;

/// <summary>
/// The whole app as people run it: lock, log, workspaces, scheduler, API and pages. A test starts this very class.
/// </summary>
public sealed class DashboardServer : IAsyncDisposable
{
    // Requests and syncs are ended at the same time, so that together they stay within five seconds.
    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SyncStopLimit = TimeSpan.FromSeconds(4);

    private readonly DataDirectoryLock held;
    private readonly DashboardLog log;
    private readonly ServerOptions options;
    private readonly SyncTimetable? timetable;
    private readonly AccessOptions access;

    private DashboardServer(ServerOptions options, DataDirectoryLock held, DashboardLog log, LocalKey key)
    {
        this.options = options;
        access = options.Access ?? AccessOptions.Default(options.Addresses);
        if (!access.IsClosed && !options.Addresses.IsLoopbackOnly)
        {
            throw new InvalidOperationException("A server that other machines can reach needs a login.");
        }

        this.held = held;
        this.log = log;
        Key = key;
        timetable = options.Scheduled ? new SyncTimetable(options.Time) : null;
        Workspaces = new WorkspaceHost(options.Directory, new DashboardState(options.Time), new WorkspaceOptions
        {
            Time = options.Time,
            Environment = options.Environment,
            Log = log.Create("Sync"),
            IsDemo = options.IsDemo,
            Delivery = AlertDelivery.Beside,
            Steps = options.Steps,
            Sync = options.Sync with { Timetable = timetable },
        });
        App = DashboardWebApplication.Create(Configure, Pipeline);
        // It counts from now on, not from the first time somebody asks.
        App.Services.GetRequiredService<MetricsText>();
        App.Lifetime.ApplicationStopping.Register(() => _ = Workspaces.StopSyncsAsync(SyncStopLimit));
    }

    /// <summary>The web app.</summary>
    public WebApplication App { get; }

    /// <summary>The data on screen.</summary>
    public WorkspaceHost Workspaces { get; }

    /// <summary>The key other processes of the user find in <c>.lock</c>.</summary>
    public LocalKey Key { get; }

    /// <summary>The address to open, with the port that was chosen.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The link that lets the first browser in; null where people sign in otherwise, or not at all.</summary>
    public string? FirstLink { get; private set; }

    /// <summary>Takes the directory's lock, shows what is on disk and listens.</summary>
    /// <exception cref="DataDirectoryInUseException">Somebody else holds the directory.</exception>
    /// <exception cref="IOException">The directory cannot be written, or the address is in use.</exception>
    public static async Task<DashboardServer> StartAsync(ServerOptions options, CancellationToken ct = default)
    {
        var key = new LocalKey();
        var held = DataDirectoryLock.Acquire(options.Directory, new LockHolder(Environment.ProcessId, null, key.Text));
        ArchiveImport.Recover(options.Directory);
        TempFiles.Sweep(options.Directory);
        DashboardServer? server = null;
        DashboardLog? log = null;
        try
        {
            log = DashboardLog.ForServer(options.Directory, options.LogToStandardError);
            server = new DashboardServer(options, held, log, key);
            await server.StartAsync(ct);
            return server;
        }
        catch
        {
            await (server?.DisposeAsync() ?? log?.DisposeAsync() ?? ValueTask.CompletedTask);
            held.Dispose();
            throw;
        }
    }

    /// <summary>Waits until the server is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken ct = default) => App.WaitForShutdownAsync(ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Also where nobody has told the server to stop: its services end before what they work on.
        try
        {
            await App.StopAsync();
        }
        finally
        {
            await App.DisposeAsync();
            await Workspaces.DisposeAsync();
            await log.DisposeAsync();
            held.Dispose();
        }

        if (options.IsDemo)
        {
            Directory.Delete(options.Directory.Root, recursive: true);
        }
    }

    private async Task StartAsync(CancellationToken ct)
    {
        if (options.IsDemo)
        {
            TimeZoneInfo zone = options.Time.LocalTimeZone;
            await DemoData.WriteAsync(Workspaces.Own.Store, options.Time.GetUtcNow(), zone, ct);
        }

        Workspaces.Own.Load();
        await App.StartAsync(ct);
        string listening = App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Address = ToOpen(listening);
        held.Update(new LockHolder(Environment.ProcessId, Address, Key.Text));
        if (access.Mode == LoginMode.Link)
        {
            FirstLink = LoginRoutes.LinkTo(options.Addresses.PublicAddress ?? Address, App.Services.GetRequiredService<LoginLink>().Make());
        }
    }

    // "Every interface" is no address to open: this machine's own is.
    private static string ToOpen(string listening)
    {
        var address = BindingAddress.Parse(listening);
        return address.Host is "0.0.0.0" or "[::]" or "*" or "+" ? $"{address.Scheme}://127.0.0.1:{address.Port}" : listening.TrimEnd('/');
    }

    private void Configure(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(log.Factory);
        builder.WebHost.UseUrls([.. options.Addresses.Urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            ConnectionLimits.Apply(kestrel.Limits);
        });
        builder.Services.Configure<HostOptions>(host =>
        {
            host.ShutdownTimeout = ShutdownLimit;
            host.BackgroundServiceExceptionBehavior = BackgroundServiceExceptionBehavior.Ignore;
        });
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton(Workspaces.State);
        builder.Services.AddSingleton(Workspaces);
        builder.Services.AddSingleton<IDashboardCommands, DashboardCommands>();
        builder.Services.AddSingleton<IAlertCommands, AlertCommands>();
        builder.Services.AddSingleton<ISettingsCommands, SettingsCommands>();
        builder.Services.AddHostedService<AlertWatch>();
        builder.Services.AddHostedService<IdleMemory>();
        builder.Services.AddSingleton<IProjectCommands, ProjectCommands>();
        builder.Services.AddSingleton<MetricsText>();
        builder.Services.AddDashboardApi();
        builder.Services.AddDashboardAccess(access, Key, options.Directory.Root);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor);
        builder.Services.AddDataProtection().SetApplicationName("AiaiaiDashboard").PersistKeysToFileSystem(KeyFolder());
        if (options.Watched ?? options.Scheduled)
        {
            builder.Services.AddHostedService<ChangeWatcher>();
        }

        if (timetable is not null)
        {
            builder.Services.AddSingleton(timetable);
            builder.Services.AddHostedService<SyncScheduler>();
        }

        options.Configure?.Invoke(builder);
    }

    private void Pipeline(WebApplication app)
    {
        if (options.Addresses.IsProxied)
        {
            // From proxies on this machine only, and only whose attempt to sign in it is.
            app.UseForwardedHeaders();
        }

        app.UsePublicScheme(options.Addresses);
        app.UseSecurityHeaders();
        app.UseRequestGuard(options.Addresses, access, app.Services.GetRequiredService<AccessKeys>());
        app.MapDashboardApi();
        app.MapLogin();
    }

    private DirectoryInfo KeyFolder()
    {
        const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        string path = options.Directory.PathOf("keys");
        if (OperatingSystem.IsWindows())
        {
            return Directory.CreateDirectory(path);
        }

        DirectoryInfo folder = Directory.CreateDirectory(path, Private);
        // Also where a backup brought it back with another mode: who reads these keys can sign in.
        folder.UnixFileMode = Private;
        return folder;
    }
}
