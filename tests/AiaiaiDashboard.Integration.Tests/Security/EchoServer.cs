using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AiaiaiDashboard.Integration.Tests.Security;

/// <summary>A service that fails and repeats in its answer every header it was sent, keys included.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private EchoServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async context =>
        {
            Askers.TryAdd(context.Request.Path.Value!.Split('/')[1], true);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsJsonAsync(new
            {
                type = "error",
                message = context.Request.Headers.Authorization.ToString(),
                error = new { type = "authentication_error", message = string.Join(' ', context.Request.Headers.Select(h => $"{h.Key}: {h.Value}")) },
            });
        });
    }

    public string Address { get; private set; } = "";

    /// <summary>First part of the paths it was asked for: one for each service it stands for.</summary>
    public ConcurrentDictionary<string, bool> Askers { get; } = new();

    public static async Task<EchoServer> StartAsync()
    {
        var server = new EchoServer();
        await server.app.StartAsync();
        server.Address = server.app.Urls.First();
        return server;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
