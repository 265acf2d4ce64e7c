using System.Globalization;
using AiaiaiDashboard.Hosting;
using AiaiaiDashboard.Integration.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AiaiaiDashboard.Integration.Tests.Circuits;

/// <summary>Many tabs, as programs.</summary>
public sealed class CircuitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Tabs_OpenWhileARunPublishes_AreAllTold()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        OpenCircuits circuits = app.Server.App.Services.GetRequiredService<OpenCircuits>();
        CircuitClient[] tabs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CircuitClient.OpenAsync(app.Server.Address, "/", app.Http)));
        try
        {
            Assert.Equal((20, 20), (circuits.Open, circuits.Connected));
            Array.ForEach(tabs, t => t.Record());

            await app.Server.Workspaces.Own.SaveAlertsAsync(new Core.Settings.AlertsConfig { GlobalBudget = 12_345.67m }, default);

            await Task.WhenAll(tabs.Select(t => t.RecordedAsync("$12,345.67")));
            Assert.All(tabs, t => Assert.Null(t.Error));
        }
        finally
        {
            await Task.WhenAll(tabs.Select(t => t.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task Tab_Closed_LeavesNoCircuit()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        OpenCircuits circuits = app.Server.App.Services.GetRequiredService<OpenCircuits>();
        await using CircuitClient tab = await CircuitClient.OpenAsync(app.Server.Address, "/", app.Http);
        Assert.Equal(1, circuits.Open);

        await tab.CloseAsync();

        await UntilAsync(() => circuits.Open == 0 && app.Server.Workspaces.State.SubscriptionCount == 0);
        Assert.Equal(2, circuits.Turnover);
    }

    [Fact]
    [Trait("Category", "Long")]
    public async Task Browser_OpensAndDropsTwoThousandCircuits_LeavesABoundedNumberAndAWorkingServer()
    {
        await using RunningApp app = await RunningApp.StartAsync();
        OpenCircuits circuits = app.Server.App.Services.GetRequiredService<OpenCircuits>();
        for (int round = 0; round < 100; round++)
        {
            CircuitClient[] tabs = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => CircuitClient.OpenAsync(app.Server.Address, "/", app.Http)));
            // Dropped as a crashed browser drops them: the connection ends, nobody says goodbye.
            await Task.WhenAll(tabs.Select(t => t.DisposeAsync().AsTask()));
        }

        await UntilAsync(() => circuits.Connected == 0 && circuits.Open <= ConnectionLimits.MaxDisconnectedCircuits);
        string metrics = await app.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"aiaiai_circuits {circuits.Open}\n"), metrics, StringComparison.Ordinal);
        // What was dropped listens to nothing any more, but for the circuits that wait for their browser to come back.
        Assert.InRange(app.Server.Workspaces.State.SubscriptionCount, 0, ConnectionLimits.MaxDisconnectedCircuits * 20);
        await using CircuitClient last = await CircuitClient.OpenAsync(app.Server.Address, "/", app.Http);
        Assert.Null(last.Error);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
