using AiaiaiDashboard.Core.Settings;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Api;

/// <summary><c>/api/settings</c>.</summary>
internal static class SettingsRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/settings/alerts", (WorkspaceHost w) => Results.Json(w.Own.Sync.Config.Alerts, ConfigDocuments.Alerts.Json))
            .Produces<AlertsConfig>().WithSummary("Budget, thresholds and limits in force.");
        api.MapPut("/settings/alerts", SaveAsync).TakesJson<AlertsConfig>().Produces<AlertsConfig>().ProducesValidationProblem()
            .WithSummary("Replaces config/alerts.json.");
    }

    private static async Task<IResult> SaveAsync(HttpRequest request, WorkspaceHost workspaces, CancellationToken ct)
    {
        (ReadOnlyMemory<byte> bytes, IResult? refusal) = await ApiFailures.ReadJsonAsync(request, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        DocumentRead<AlertsConfig> read = DocumentBody.Read(ConfigDocuments.Alerts, bytes);
        if (read.Value is not { } alerts)
        {
            return ApiFailures.Invalid(read.Problems);
        }

        await workspaces.Own.SaveAlertsAsync(alerts, ct);
        return Results.Json(alerts, ConfigDocuments.Alerts.Json);
    }
}
