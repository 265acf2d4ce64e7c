using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using AiaiaiDashboard.Core.State;
using AiaiaiDashboard.Core.Storage;

namespace AiaiaiDashboard.Api;

/// <summary>The JSON API of CONTRACT.md §3: reads from the snapshot, changes go through the workspace on screen. Errors are RFC 9457 problem details.</summary>
public static class DashboardApi
{
    /// <summary>Bytes of the largest request body that is read.</summary>
    public const long MaxBodyBytes = 1 << 20;

    /// <summary>Maps every route.</summary>
    public static IEndpointRouteBuilder MapDashboardApi(this IEndpointRouteBuilder app)
    {
        RouteGroupBuilder api = app.MapGroup("/api");
        api.MapSync();
        api.MapProjects();
        api.MapUsage();
        api.MapAlerts();
        app.MapHealth();
        return app;
    }

    /// <summary>A body in the shape of a document, on one line.</summary>
    internal static IResult Json<T>(T value, JsonTypeInfo<T> shape, int status = StatusCodes.Status200OK) =>
        Results.Text(DocumentJson.SerializeLine(value, shape).AsSpan(..^1), "application/json; charset=utf-8", status);

    /// <summary>400 with one message per field.</summary>
    internal static IResult Invalid(IEnumerable<(string Field, string Message)> errors) => Results.ValidationProblem(
        errors.GroupBy(e => e.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray()),
        title: "The request is not valid.");

    /// <summary>400 for one field.</summary>
    internal static IResult Invalid(string field, string message) => Invalid([(field, message)]);

    /// <summary>404 naming what was looked for.</summary>
    internal static IResult NotFound(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "Not found");

    /// <summary>409: the file behind the request is broken, and nothing was written.</summary>
    internal static IResult Conflict(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status409Conflict, title: "The file is broken");

    /// <summary>Reads a JSON body.</summary>
    /// <returns>The body, or the 400, 413 or 415 to answer with.</returns>
    internal static async Task<(JsonDocument? Body, IResult? Error)> ReadBodyAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            return (null, Results.Problem("The body must be application/json.", statusCode: StatusCodes.Status415UnsupportedMediaType));
        }

        if (request.ContentLength > MaxBodyBytes)
        {
            return (null, Results.Problem("The body is larger than 1 MB.", statusCode: StatusCodes.Status413PayloadTooLarge));
        }

        try
        {
            return (await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted), null);
        }
        catch (JsonException exception)
        {
            return (null, Invalid("$", $"Not valid JSON: {exception.Message}"));
        }
        catch (BadHttpRequestException exception)
        {
            return (null, Results.Problem(exception.Message, statusCode: exception.StatusCode));
        }
    }

    /// <summary>The snapshot on screen.</summary>
    internal static DashboardSnapshot Snapshot(WorkspaceHost host) => host.State.Current;
}
