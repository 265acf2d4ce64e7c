using Microsoft.AspNetCore.Diagnostics;

namespace AiaiaiDashboard.Api;

/// <summary>What HTTP asks of every route: HEAD where there is GET, and problem details, not a page, for an unknown API route or method.</summary>
internal static class ApiAnswers
{
    /// <summary>Adds both; before the routes and the pages.</summary>
    public static IApplicationBuilder UseApiAnswers(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // Routed and answered as GET; the server itself leaves the body of an answer to HEAD away.
            context.Request.Method = HttpMethods.Get;
        }

        if (!context.Request.Path.StartsWithSegments("/api"))
        {
            await next(context);
            return;
        }

        context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        await next(context);
        HttpResponse response = context.Response;
        if (!response.HasStarted && response.ContentLength is null && response.ContentType is null
            && response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
        {
            string title = response.StatusCode == StatusCodes.Status404NotFound ? "There is no such route." : "The route has no such method.";
            await Results.Problem(statusCode: response.StatusCode, title: title).ExecuteAsync(context);
        }
    });
}
