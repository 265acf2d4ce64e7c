using Microsoft.Net.Http.Headers;

namespace AiaiaiDashboard.Security;

/// <summary>
/// Refuses what another site makes a browser send: foreign names of this server (400), and foreign origins wherever something could
/// change or a Blazor connection could open (403). Runs before everything else.
/// </summary>
public static class RequestGuard
{
    /// <summary>Takes a request as the browser sent it, where a reverse proxy speaks https for this server.</summary>
    public static IApplicationBuilder UsePublicScheme(this IApplicationBuilder app, ListenAddresses addresses) => app.Use((context, next) =>
    {
        context.Request.Scheme = addresses.SchemeOf(context.Request.Host);
        return next(context);
    });

    /// <summary>Adds the checks.</summary>
    public static IApplicationBuilder UseRequestGuard(this IApplicationBuilder app, ListenAddresses addresses, AccessOptions access, AccessKeys keys) => app.Use((context, next) =>
    {
        HttpRequest request = context.Request;
        if (!addresses.Answers(request.Host))
        {
            return Refuse(context, StatusCodes.Status400BadRequest, "This server does not answer to that host name.");
        }

        if (IsForeign(request))
        {
            return Refuse(context, StatusCodes.Status403Forbidden, "Requests from other sites are refused.");
        }

        bool anonymous = !request.Headers.ContainsKey(HeaderNames.Origin) && !request.Headers.ContainsKey("Sec-Fetch-Site");
        if (anonymous && access.IsClosed && !IsSafe(request.Method) && !keys.AreIn(request))
        {
            return Refuse(context, StatusCodes.Status403Forbidden, $"Requests that change something need the same origin or an API key.");
        }

        return next(context);
    });

    private static bool IsForeign(HttpRequest request)
    {
        string? origin = request.Headers.Origin;
        if (!string.IsNullOrEmpty(origin))
        {
            return !string.Equals(origin, $"{request.Scheme}://{request.Host.Value}", StringComparison.OrdinalIgnoreCase);
        }

        // A link on another site may lead to a page; anything else from there may not reach us.
        string? site = request.Headers["Sec-Fetch-Site"];
        return site is "cross-site" or "same-site" && !(HttpMethods.IsGet(request.Method) && IsNavigation(request));
    }

    private static bool IsNavigation(HttpRequest request) =>
        request.Headers["Sec-Fetch-Mode"] == "navigate" && !request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase);

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static Task Refuse(HttpContext context, int status, string reason) =>
        Results.Problem(statusCode: status, title: reason).ExecuteAsync(context);
}
