using AiaiaiDashboard.Api;
using AiaiaiDashboard.Components;
using AiaiaiDashboard.Components.Layout.Alerting;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Formatting;
using AiaiaiDashboard.Security;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;

namespace AiaiaiDashboard.Hosting;

/// <summary>
/// The web app as a class, so that a test starts the very app that people run. The host registers <see cref="IDashboardCommands"/>
/// and may register its own <see cref="DashboardState"/> and <see cref="TimeProvider"/>.
/// </summary>
public static class DashboardWebApplication
{
    /// <summary>Builds the app; the caller runs it.</summary>
    /// <param name="configure">Services, logging, addresses: runs after the defaults, so it may replace them.</param>
    /// <param name="pipeline">Middleware and endpoints before the pages (API, host and origin checks).</param>
    public static WebApplication Create(Action<WebApplicationBuilder>? configure = null, Action<WebApplication>? pipeline = null)
    {
        // The files of the app lie beside its assembly, wherever it was started from, also inside a test process.
        string directory = Path.GetDirectoryName(typeof(DashboardWebApplication).Assembly.Location) ?? AppContext.BaseDirectory;
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DashboardWebApplication).Assembly.GetName().Name,
            ContentRootPath = directory,
        });

        // Needed where the app runs from its build output; after a publish there is no manifest and this does nothing.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.AddDashboard();
        configure?.Invoke(builder);

        WebApplication app = builder.Build();
        pipeline?.Invoke(app);
        app.MapDashboard();
        return app;
    }

    /// <summary>The services of the pages.</summary>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new DashboardState(provider.GetRequiredService<TimeProvider>()));
        services.AddScoped<BrowserTime>();
        services.AddScoped<BrowserAlerts>();
        services.AddMudServices(configuration =>
        {
            configuration.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomRight;
            configuration.SnackbarConfiguration.MaxDisplayedSnackbars = 3;
            configuration.SnackbarConfiguration.VisibleStateDuration = 5_000;
            // A toast that was answered is gone, and does not stay for seconds to be read once more.
            configuration.SnackbarConfiguration.ShowTransitionDuration = 150;
            configuration.SnackbarConfiguration.HideTransitionDuration = 150;
        });
        services.TryAddSingleton(new AccessOptions { Mode = LoginMode.None });
        services.TryAddSingleton<OpenCircuits>();
        services.AddSingleton<CircuitHandler>(provider => provider.GetRequiredService<OpenCircuits>());
        services.AddRazorComponents().AddInteractiveServerComponents(ConnectionLimits.Apply);
        return services;
    }

    /// <summary>Pages, static files, and the pages for errors and unknown addresses.</summary>
    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        // Inside the two above, which leave alone what is answered already.
        app.UseWhen(context => ApiRoutes.IsApi(context.Request.Path), api => api.UseProblemDetails());
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        // The program's own files, the same for everybody: the page to sign in on needs them.
        app.MapStaticAssets(Path.Combine(app.Environment.ContentRootPath, $"{app.Environment.ApplicationName}.staticwebassets.endpoints.json")).AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options =>
        {
            // Its own frame-ancestors header would come second, beside the policy of every response.
            options.ContentSecurityFrameAncestorsPolicy = null;
            // Compression costs every tab memory for its window, and mixes secrets with what others can put on a page.
            options.DisableWebSocketCompression = true;
        });
        return app;
    }
}
