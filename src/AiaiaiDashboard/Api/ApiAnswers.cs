namespace AiaiaiDashboard.Api;

/// <summary>What HTTP asks of every route that answers GET.</summary>
internal static class ApiAnswers
{
    /// <summary>Answers what the routes do not answer themselves, such as a wrong method or an unexpected failure, as problem details.</summary>
    public static IApplicationBuilder UseProblemDetails(this IApplicationBuilder app) => app
        .UseExceptionHandler(failed => failed.Run(context => Results.Problem(statusCode: StatusCodes.Status500InternalServerError).ExecuteAsync(context)))
        .UseStatusCodePages(status => Results.Problem(statusCode: status.HttpContext.Response.StatusCode).ExecuteAsync(status.HttpContext));
}

/// <summary>Answers HEAD wherever there is GET. A start-up filter, since the routes are matched before anything the pipeline adds.</summary>
internal sealed class HeadAsGet : IStartupFilter
{
    /// <inheritdoc/>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                // Routed and answered as GET; the server itself leaves the body of an answer to HEAD away.
                context.Request.Method = HttpMethods.Get;
            }

            return rest(context);
        });
        next(app);
    };
}
