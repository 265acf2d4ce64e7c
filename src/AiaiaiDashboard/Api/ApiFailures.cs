using AiaiaiDashboard.Core.Storage;
using FluentValidation;

namespace AiaiaiDashboard.Api;

/// <summary>Failures of the API as problem details.</summary>
internal static class ApiFailures
{
    /// <summary>Turns what the store refuses into an answer that names file, place and reason.</summary>
    public static async ValueTask<object?> Answer(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (InvalidDataException exception)
        {
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "A file is broken and was not overwritten.", detail: exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Results.Problem(statusCode: StatusCodes.Status500InternalServerError, title: "A file could not be read or written.", detail: exception.Message);
        }
        catch (ValidationException exception)
        {
            return Invalid(exception.Errors.Select(e => (JsonPath.FromPropertyName(e.PropertyName), e.ErrorMessage)));
        }
    }

    /// <summary>400 with one message per field.</summary>
    public static IResult Invalid(IEnumerable<(string Field, string Message)> errors) => Results.ValidationProblem(
        errors.GroupBy(e => e.Field, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray(), StringComparer.Ordinal),
        title: "The request is not valid.");

    /// <summary>400 for a document that breaks its rules.</summary>
    public static IResult Invalid(IEnumerable<FileProblem> problems) => Invalid(problems.Select(p => (p.Location ?? "$", p.Message)));

    /// <summary>404.</summary>
    public static IResult NotFound(string title) => Results.Problem(statusCode: StatusCodes.Status404NotFound, title: title);

    /// <summary>Reads a JSON body; null with an answer where it is none.</summary>
    public static async Task<(ReadOnlyMemory<byte> Bytes, IResult? Refusal)> ReadJsonAsync(HttpRequest request, CancellationToken ct)
    {
        // A form or a text/plain body is what a foreign page can send without being asked for permission.
        if (!request.HasJsonContentType())
        {
            return (default, Results.Problem(statusCode: StatusCodes.Status415UnsupportedMediaType, title: "The body must be application/json."));
        }

        using var buffer = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(buffer, ct);
        }
        catch (BadHttpRequestException exception)
        {
            return (default, Results.Problem(statusCode: exception.StatusCode, title: "The body could not be read.", detail: exception.Message));
        }

        return (buffer.ToArray(), null);
    }
}
