namespace AiaiaiDashboard.Api;

/// <summary>What HTTP asks of every route that answers GET.</summary>
internal static class ApiAnswers
{
    /// <summary>Answers HEAD wherever there is GET; before the routes.</summary>
    public static IApplicationBuilder UseHead(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            // Routed and answered as GET; the server itself leaves the body of an answer to HEAD away.
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    });

    /// <summary>Answers what the routes do not answer themselves, such as a wrong method or an unexpected failure, as problem details.</summary>
    public static IApplicationBuilder UseProblemDetails(this IApplicationBuilder app) => app
        .UseExceptionHandler(failed => failed.Run(context => Results.Problem(statusCode: StatusCodes.Status500InternalServerError).ExecuteAsync(context)))
        .UseStatusCodePages(status => Results.Problem(statusCode: status.HttpContext.Response.StatusCode).ExecuteAsync(status.HttpContext));
}
