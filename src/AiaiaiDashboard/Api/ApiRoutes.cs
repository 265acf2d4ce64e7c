using AiaiaiDashboard.Core.Alerts;
using AiaiaiDashboard.Core.Analytics;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Security;

namespace AiaiaiDashboard.Api;

/// <summary>The JSON API (CONTRACT.md §3), always of the user's own data, also while sample data is on screen. Compact JSON; errors are RFC 9457 problem details.</summary>
public static class ApiRoutes
{
    /// <summary>Largest body of a request, in bytes.</summary>
    public const long MaxBodyBytes = 1024 * 1024;

    private static readonly PathString[] Prefixes = ["/api", "/healthz", "/metrics", "/openapi"];

    /// <summary>Services of the API.</summary>
    public static IServiceCollection AddDashboardApi(this IServiceCollection services)
    {
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "AIAIAI Dashboard";
            document.Info.Description = "Status, cost and health of your projects, from local files. Money is USD, days are calendar days of the configured zone.";
            return Task.CompletedTask;
        }));
        services.AddProblemDetails();
        services.AddSingleton<IStartupFilter, HeadAsGet>();
        return services;
    }

    /// <summary>Maps the routes.</summary>
    public static void MapDashboardApi(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Access.Programs);
        app.MapGet("/healthz", Health).RequireAuthorization(Access.Programs).ExcludeFromDescription();
        app.MapGet("/metrics", (MetricsText metrics) => Results.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8"))
            .RequireAuthorization(Access.Programs).ExcludeFromDescription();

        // Answers what goes wrong inside the API as problem details, where the pages show a page.
        RouteGroupBuilder api = app.MapGroup("/api").RequireAuthorization(Access.Programs).AddEndpointFilter(ApiFailures.Answer).DisableAntiforgery();
        SyncRoutes.Map(api);
        ProjectRoutes.Map(api);
        UsageRoutes.Map(api);
        SettingsRoutes.Map(api);
        api.MapGet("/analytics", (WorkspaceHost w) => Results.Json(w.Own.Shown.Analytics, AnalyticsDocuments.Analytics.Json))
            .Produces<AnalyticsDocument>().WithSummary("The precomputed figures of the fixed windows.");
        api.MapGet("/alerts", (WorkspaceHost w) => Results.Json(w.Own.Shown.ActiveAlerts, AlertJson.List))
            .Produces<IReadOnlyList<ActiveAlert>>().WithSummary("Alerts that are true now, the worst first.");

        // GET only, so that a wrong method on a known route is 405.
        api.MapGet("/{**rest}", () => Results.Problem(statusCode: StatusCodes.Status404NotFound, title: "There is no such route.")).ExcludeFromDescription();
    }

    /// <summary>Whether what is asked for is for programs: then whatever goes wrong is answered as problem details, never as a page.</summary>
    public static bool IsApi(PathString path) => Array.Exists(Prefixes, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    private static IResult Health(WorkspaceHost workspaces)
    {
        string? reason = WriteProbe.Check(workspaces.Own.Directory);
        return reason is null
            ? Results.Text("""{"status":"ok"}""", "application/json")
            : Results.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "The store cannot be written.", detail: reason);
    }
}
