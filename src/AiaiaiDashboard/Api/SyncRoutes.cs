using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Sync;

namespace AiaiaiDashboard.Api;

/// <summary><c>/api/sync</c>.</summary>
internal static class SyncRoutes
{
    // The media type is application/json and never HTML: text stays readable.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/sync", RunAsync).Produces<SyncStatus>().Produces<SyncStatus>(StatusCodes.Status500InternalServerError)
            .WithSummary("Runs a sync, or joins the one that runs, and answers with its status.");
        api.MapGet("/sync", Show).Produces<SyncStatus>()
            .WithSummary("What the last sync did, with state (idle or running), current step and progress.");
    }

    private static async Task<IResult> RunAsync(WorkspaceHost workspaces, CancellationToken ct)
    {
        SyncStatus status = await workspaces.Own.Sync.RunAsync("api", ct);
        return Results.Json(
            status,
            SyncDocuments.Status.Json,
            statusCode: status.RecentRuns is [{ Status: SyncOutcome.Error }, ..] ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK);
    }

    private static IResult Show(WorkspaceHost workspaces)
    {
        SyncManager sync = workspaces.Own.Sync;
        JsonObject body = JsonSerializer.SerializeToNode(sync.Status, SyncDocuments.Status.Json)!.AsObject();
        SyncProgress? progress = sync.Progress;
        body.Remove("running");
        body["state"] = sync.IsRunning ? "running" : "idle";
        body["step"] = progress?.Step;
        body["progress"] = progress is null ? null : new JsonObject
        {
            ["fraction"] = progress.Fraction,
            ["step"] = progress.Step,
            ["stepNumber"] = progress.StepNumber,
            ["stepCount"] = progress.StepCount,
            ["done"] = progress.Done,
            ["total"] = progress.Total,
            ["unit"] = progress.Unit,
            ["startedAt"] = progress.StartedAt,
        };
        return Results.Text(body.ToJsonString(Plain), "application/json; charset=utf-8");
    }
}
