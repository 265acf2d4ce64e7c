using System.Text.Json;
using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using FluentValidation;
using FluentValidation.Results;

namespace AiaiaiDashboard.Api;

/// <summary>GET /api/alerts, GET and PUT /api/settings/alerts.</summary>
internal static class AlertEndpoints
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static void MapAlerts(this RouteGroupBuilder api)
    {
        api.MapGet("/alerts", (WorkspaceHost host) => Results.Json(DashboardApi.Snapshot(host).ActiveAlerts, Options))
            .WithName("GetAlerts").WithSummary("The alerts that are true now.");
        api.MapGet("/settings/alerts", (WorkspaceHost host) => DashboardApi.Json(host.Current.Sync.Config.Alerts, ConfigDocuments.Alerts.Json))
            .WithName("GetAlertSettings").WithSummary("Budget, thresholds, limits and channels in force.");
        api.MapPut("/settings/alerts", SaveAsync).WithName("SaveAlertSettings").WithSummary("Replaces config/alerts.json.");
    }

    private static async Task<IResult> SaveAsync(HttpRequest request, WorkspaceHost host)
    {
        (JsonDocument? body, IResult? error) = await DashboardApi.ReadBodyAsync(request);
        using (body)
        {
            if (body is null)
            {
                return error!;
            }

            AlertsConfig? settings;
            try
            {
                settings = body.RootElement.Deserialize(ConfigDocuments.Alerts.Json);
            }
            catch (JsonException exception)
            {
                return DashboardApi.Invalid(exception.Path ?? "$", "The value has the wrong type.");
            }

            if (settings is null)
            {
                return DashboardApi.Invalid("$", "Expected an object.");
            }

            ValidationResult? result = ConfigDocuments.Alerts.Validator?.Validate(settings);
            if (result is { IsValid: false })
            {
                return DashboardApi.Invalid(result.Errors.Select(e => ("$." + e.PropertyName, e.ErrorMessage)));
            }

            try
            {
                await host.Current.SaveAlertsAsync(settings, request.HttpContext.RequestAborted);
                return DashboardApi.Json(host.Current.Sync.Config.Alerts, ConfigDocuments.Alerts.Json);
            }
            catch (InvalidDataException exception)
            {
                return DashboardApi.Conflict(exception.Message);
            }
        }
    }
}
