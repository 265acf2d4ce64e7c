using System.Security.Claims;
using AiaiaiDashboard.Components.Layout.Alerting;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Sync;
using AiaiaiDashboard.Formatting;
using AiaiaiDashboard.Hosting;
using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace AiaiaiDashboard.Components.Tests;

/// <summary>The services of the pages around one state, with a clock that stands still.</summary>
public abstract class DashboardTestContext : BunitContext, IAsyncLifetime
{
    // How long a test waits at most for what it expects: a busy machine is no failure.
    static DashboardTestContext() => DefaultWaitTimeout = TimeSpan.FromSeconds(60);

    protected DashboardTestContext()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Time = new FakeTimeProvider(SampleSnapshot.Now);
        State = new DashboardState(Time);
        Commands = new FakeCommands();
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddSingleton(State);
        Services.AddSingleton<IDashboardCommands>(Commands);
        Services.AddSingleton<IProjectCommands>(ProjectCommands);
        Services.AddScoped<BrowserTime>();
        Services.AddScoped<BrowserAlerts>();
        Services.AddSingleton<IAlertCommands>(Alerts);
        Services.AddSingleton<ISettingsCommands>(Settings);
        Services.AddSingleton(new AiaiaiDashboard.Security.AccessOptions { Mode = AiaiaiDashboard.Security.LoginMode.None });
        Services.AddSingleton<AuthenticationStateProvider>(Visitor);
        Services.AddSupplyValueFromQueryProvider();
    }

    protected FakeTimeProvider Time { get; }

    protected DashboardState State { get; }

    protected FakeCommands Commands { get; }

    protected FakeAlertCommands Alerts { get; } = new();

    protected FakeSettingsCommands Settings { get; } = new();

    protected FakeVisitor Visitor { get; } = new();

    protected FakeProjectCommands ProjectCommands { get; } = new();

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public Task InitializeAsync() => Task.CompletedTask;

    // MudBlazor has services that can only be disposed asynchronously.
    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    /// <summary>What a reader sees: the texts of the elements with single spaces between them.</summary>
    protected static string TextOf(INode node) =>
        string.Join(' ', node.Descendants<IText>().SelectMany(text => text.Data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
}

/// <summary>Records what was asked for; a sync waits until the test lets it end.</summary>
public sealed class FakeCommands : IDashboardCommands
{
    public TaskCompletionSource<SyncStatus> Sync { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Calls { get; } = [];

    public bool HasOwnData { get; set; } = true;

    public Task<SyncStatus> SyncNowAsync()
    {
        Calls.Add("sync");
        return Sync.Task;
    }

    public Task ShowDemoAsync()
    {
        Calls.Add("demo");
        return Task.CompletedTask;
    }

    public Task ShowOwnDataAsync()
    {
        Calls.Add("own");
        return Task.CompletedTask;
    }
}

/// <summary>Records what people did about alerts.</summary>
public sealed class FakeAlertCommands : IAlertCommands
{
    public List<string> Calls { get; } = [];

    public string? TestError { get; set; }

    public Task AcknowledgeAsync(IReadOnlyCollection<string> keys) => Note($"acknowledge {string.Join(' ', keys)}");

    public Task SnoozeAsync(string key, DateTimeOffset until) => Note($"snooze {key} {until.UtcDateTime:yyyy-MM-ddTHH:mm}");

    public Task DismissAsync(string key) => Note($"dismiss {key}");

    public Task WakeAsync(string key) => Note($"wake {key}");

    public Task ShownByBrowserAsync(IReadOnlyCollection<string> keys) => Note($"shown {string.Join(' ', keys)}");

    public async Task<string?> SendTestAsync(string channel)
    {
        await Note($"test {channel}");
        return TestError;
    }

    private Task Note(string call)
    {
        Calls.Add(call);
        return Task.CompletedTask;
    }
}

/// <summary>Who looks at the pages.</summary>
public sealed class FakeVisitor : AuthenticationStateProvider
{
    public string Name { get; set; } = "local user";

    public override Task<AuthenticationState> GetAuthenticationStateAsync() =>
        Task.FromResult(new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, Name)], "test"))));
}

/// <summary>Files in memory.</summary>
public sealed class FakeSettingsCommands : ISettingsCommands
{
    public SettingsFiles Files { get; set; } = new(new AlertsConfig(), new SyncConfig(), new SourcesConfig(), []);

    public Exception? Refusal { get; set; }

    public HashSet<string> Variables { get; } = [];

    public SettingsFiles Open() => Files;

    public Task SaveAsync(SettingsFiles opened, SettingsFiles changed)
    {
        if (Refusal is { } refusal)
        {
            throw refusal;
        }

        Files = changed;
        return Task.CompletedTask;
    }

    public bool IsSet(string? variable) => variable is not null && Variables.Contains(variable);
}
