using System.Text.Json.Nodes;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Api;

/// <summary>POST and GET /api/sync.</summary>
internal static class SyncEndpoints
{
    public static void MapSync(this RouteGroupBuilder api)
    {
        api.MapPost("/sync", RunAsync).WithName("RunSync").WithSummary("Runs a sync, or joins the one that runs, and answers with its status document.");
        api.MapGet("/sync", Current).WithName("GetSync").WithSummary("The status document, with state, current step and progress.");
    }

    private static async Task<IResult> RunAsync(WorkspaceHost host)
    {
        SyncStatus status = await host.SyncNowAsync("api");
        int code = status.Status == SyncOutcome.Error ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
        return DashboardApi.Json(status, SyncDocuments.Status.Json, code);
    }

    private static IResult Current(WorkspaceHost host)
    {
        SyncManager sync = host.Current.Sync;
        SyncProgress? progress = sync.Progress;
        JsonObject document = JsonNode.Parse(DocumentJson.SerializeLine(sync.Status, SyncDocuments.Status.Json))!.AsObject();
        document["state"] = sync.IsRunning ? "running" : "idle";
        document["currentStep"] = progress?.Step;
        document["progress"] = progress is null ? null : new JsonObject
        {
            ["step"] = progress.StepNumber,
            ["steps"] = progress.StepCount,
            ["done"] = progress.Done,
            ["total"] = progress.Total,
            ["unit"] = progress.Unit,
            ["fraction"] = Math.Round(progress.Fraction, 4),
        };
        return Results.Text(document.ToJsonString(), "application/json; charset=utf-8");
    }
}
