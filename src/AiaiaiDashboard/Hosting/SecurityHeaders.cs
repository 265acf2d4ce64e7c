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
        // Not no-referrer: a browser would then send its own forms with the origin null, which is refused.
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }

        return next(context);
    });
}
