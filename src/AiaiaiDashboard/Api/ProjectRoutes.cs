using System.Text.Json;
using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Projects.Board;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Api;

/// <summary><c>/api/projects</c>.</summary>
internal static class ProjectRoutes
{
    private const int MaxQuoted = 60;

    private static readonly DocumentType<ProjectPatch> Patch =
        new("the body", DocumentJson.TypeInfo<ProjectPatch>(ApiJson.Default), DocumentKind.Person);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/projects", (WorkspaceHost w) => Results.Json(w.Own.Shown.Projects, ApiJson.Default.IReadOnlyListProjectSummary))
            .Produces<IReadOnlyList<ProjectSummary>>().WithSummary("All projects, by month-to-date spend.");
        api.MapGet("/projects/{id}", Show).Produces<ProjectSummary>().ProducesProblem(StatusCodes.Status404NotFound).WithSummary("One project.");
        api.MapPatch("/projects/{id}", ChangeAsync).TakesJson<ProjectPatch>().Produces<ProjectSummary>()
            .ProducesValidationProblem().ProducesProblem(StatusCodes.Status404NotFound).WithSummary("Changes the status: active, paused or completed.");
    }

    private static string Quoted(string? status) => status switch
    {
        null => "is missing",
        { Length: > MaxQuoted } => $"\"{status[..MaxQuoted]}…\" is not allowed",
        _ => $"\"{status}\" is not allowed",
    };

    private static IResult Show(string id, WorkspaceHost workspaces) => workspaces.Own.Shown.Project(id) is { } project
        ? Results.Json(project, ApiJson.Default.ProjectSummary)
        : ApiFailures.NotFound("There is no such project.");

    private static async Task<IResult> ChangeAsync(string id, HttpRequest request, WorkspaceHost workspaces, CancellationToken ct)
    {
        (ReadOnlyMemory<byte> bytes, IResult? refusal) = await ApiFailures.ReadJsonAsync(request, ct);
        if (refusal is not null)
        {
            return refusal;
        }

        DocumentRead<ProjectPatch> patch = DocumentBody.Read(Patch, bytes);
        if (patch.Value is not { } change)
        {
            return ApiFailures.Invalid(patch.Problems);
        }

        IEnumerable<(string, string)> unknown = (change.Extra ?? []).Keys.Select(k => (JsonPath.Member("$", k), "is not allowed: only status can be changed."));
        IEnumerable<(string, string)> wrong = ProjectStatus.All.Contains(change.Status) ? [] : [("$.status", $"{Quoted(change.Status)}: use \"active\", \"paused\" or \"completed\".")];
        (string, string)[] errors = [.. wrong, .. unknown];
        if (errors.Length > 0)
        {
            return ApiFailures.Invalid(errors);
        }

        // A status it has already moves no card.
        BoardChange? changed = workspaces.Own.Shown.Project(id)?.Status == change.Status
            ? new BoardChange([], [])
            : await workspaces.Own.Projects.MoveAsync(new BoardMove(id, change.Status!), ct);
        return changed is null ? ApiFailures.NotFound("There is no such project.") : Show(id, workspaces);
    }
}

/// <summary>A change of a project.</summary>
internal sealed record ProjectPatch
{
    /// <summary>active, paused or completed.</summary>
    public string? Status { get; init; }

    /// <summary>Properties that are not allowed.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
