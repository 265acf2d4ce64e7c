using System.Text.Json;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.State;

namespace AiaiaiDashboard.Api;

/// <summary>GET and PATCH /api/projects.</summary>
internal static class ProjectEndpoints
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static void MapProjects(this RouteGroupBuilder api)
    {
        api.MapGet("/projects", (WorkspaceHost host) => Results.Json(DashboardApi.Snapshot(host).Projects, Options))
            .WithName("GetProjects").WithSummary("All projects that are shown, with their figures of this month.");
        api.MapGet("/projects/{id}", (string id, WorkspaceHost host) => Find(host, id))
            .WithName("GetProject").WithSummary("One project.");
        api.MapPatch("/projects/{id}", ChangeAsync).WithName("ChangeProject").WithSummary("Changes the status of a project.");
    }

    private static IResult Find(WorkspaceHost host, string id) =>
        DashboardApi.Snapshot(host).Project(id) is { } project ? Results.Json(project, Options) : Unknown(id);

    private static async Task<IResult> ChangeAsync(string id, HttpRequest request, WorkspaceHost host)
    {
        (JsonDocument? body, IResult? error) = await DashboardApi.ReadBodyAsync(request);
        using (body)
        {
            if (body is null)
            {
                return error!;
            }

            if (body.RootElement.ValueKind != JsonValueKind.Object)
            {
                return DashboardApi.Invalid("$", "Expected an object such as {\"status\":\"paused\"}.");
            }

            List<(string, string)> errors = [.. body.RootElement.EnumerateObject()
                .Where(p => p.Name != "status").Select(p => ("$." + p.Name, "Only \"status\" can be changed here."))];
            string? status = body.RootElement.TryGetProperty("status", out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            if (status is not (ProjectStatus.Active or ProjectStatus.Paused or ProjectStatus.Completed))
            {
                errors.Add(("$.status", "Expected \"active\", \"paused\" or \"completed\"."));
            }

            if (errors.Count > 0)
            {
                return DashboardApi.Invalid(errors);
            }

            try
            {
                ProjectRecord? changed = await host.Current.UpdateProjectAsync(id, p => p with { Status = status }, request.HttpContext.RequestAborted);
                return changed is null ? Unknown(id) : Find(host, id);
            }
            catch (InvalidDataException exception)
            {
                return DashboardApi.Conflict(exception.Message);
            }
        }
    }

    private static IResult Unknown(string id) => DashboardApi.NotFound($"There is no project \"{id}\".");
}
