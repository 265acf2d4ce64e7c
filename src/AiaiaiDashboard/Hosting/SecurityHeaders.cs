namespace AiaiaiDashboard.Hosting;

/// <summary>Headers of every response: nothing is loaded from elsewhere, and nobody frames the pages.</summary>
public static class SecurityHeaders
{
    // MudBlazor and the charts set inline styles; scripts never are inline.
    private const string ContentSecurityPolicy =
        "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'; form-action 'self'; img-src 'self' data:; " +
        "connect-src 'self'; font-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'";

    /// <summary>Adds the headers, before anything writes a response.</summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    });
}
