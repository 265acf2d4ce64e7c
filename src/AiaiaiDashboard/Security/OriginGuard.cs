using Microsoft.Extensions.Primitives;

namespace AiaiaiDashboard.Security;

/// <summary>
/// Refuses requests that another site makes with the browser's help: state-changing ones, and the WebSocket of the pages, which the
/// same-origin policy does not cover. A request with neither <c>Origin</c> nor <c>Sec-Fetch-Site</c> is no browser's and is allowed.
/// </summary>
public static class OriginGuard
{
    /// <summary>Adds the check; before routing and the pages.</summary>
    public static IApplicationBuilder UseOriginGuard(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        HttpRequest request = context.Request;
        bool safe = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        bool socket = request.Path.StartsWithSegments("/_blazor");
        if ((!safe || socket) && !IsSameOrigin(request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsJsonAsync(
                new { type = "about:blank", title = "Forbidden", status = 403, detail = "The request comes from another site." },
                options: null,
                contentType: "application/problem+json");
            return;
        }

        await next(context);
    });

    private static bool IsSameOrigin(HttpRequest request)
    {
        StringValues origins = request.Headers.Origin;
        if (origins.Count > 0)
        {
            return origins.Count == 1 && Uri.TryCreate(origins[0], UriKind.Absolute, out Uri? origin)
                && string.Equals(origin.Scheme, request.Scheme, StringComparison.OrdinalIgnoreCase)
                && string.Equals(origin.Authority, new Uri($"{request.Scheme}://{request.Host}").Authority, StringComparison.OrdinalIgnoreCase);
        }

        StringValues site = request.Headers["Sec-Fetch-Site"];
        return site.Count == 0 || (site.Count == 1 && site[0] is "same-origin" or "none");
    }
}
