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
}
