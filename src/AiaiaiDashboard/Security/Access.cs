using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;

namespace AiaiaiDashboard.Security;

/// <summary>Names of the ways in.</summary>
internal static class AccessSchemes
{
    /// <summary>Chooses among the others.</summary>
    public const string Chosen = "Dashboard";

    /// <summary>No proof asked.</summary>
    public const string Open = "Open";

    /// <summary>A key of a program.</summary>
    public const string Key = "Key";

    /// <summary>The cookie of a browser that has signed in.</summary>
    public const string Cookie = "Cookie";

    /// <summary>The provider.</summary>
    public const string OpenIdConnect = "OpenIdConnect";
}

/// <summary>
/// Closes every page and endpoint: what says nothing else is for people who have signed in. The API, <c>/healthz</c>, <c>/metrics</c> and the OpenAPI
/// document are for programs with a key too; open to all are the files of the program itself and <c>/login</c>.
/// </summary>
public static class Access
{
    /// <summary>For people and for programs with a key.</summary>
    public const string Programs = "Programs";

    /// <summary>For holders of this run's key: processes of the user who started the server.</summary>
    public const string LocalOnly = "LocalOnly";

    internal const string LocalClaim = "local";
    private const string PersonClaim = "person";
    private const string StampClaim = "stamp";

    /// <summary>Adds authentication and authorization.</summary>
    /// <param name="services">Services.</param>
    /// <param name="access">Who may enter.</param>
    /// <param name="local">Key of this run.</param>
    /// <param name="place">Tells this server's cookies from those of others on the same host, whatever their port.</param>
    public static IServiceCollection AddDashboardAccess(this IServiceCollection services, AccessOptions access, LocalKey local, string place)
    {
        string suffix = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)))[..8];
        services.AddSingleton(access);
        services.AddSingleton(local);
        services.AddSingleton(new AccessKeys(local, access.ApiKeys));
        services.AddSingleton<LoginLink>();
        services.AddSingleton<LoginAttempts>();
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = $"aiaiai-form-{suffix}";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });

        AuthenticationBuilder authentication = services.AddAuthentication(AccessSchemes.Chosen)
            .AddPolicyScheme(AccessSchemes.Chosen, null, policy => policy.ForwardDefaultSelector = context =>
                !access.IsClosed ? AccessSchemes.Open : AccessKeys.AreMentioned(context.Request) ? AccessSchemes.Key : AccessSchemes.Cookie)
            .AddScheme<AuthenticationSchemeOptions, OpenHandler>(AccessSchemes.Open, null)
            .AddScheme<AuthenticationSchemeOptions, KeyHandler>(AccessSchemes.Key, null)
            .AddCookie(AccessSchemes.Cookie, cookie => Configure(cookie, access, $"aiaiai-login-{suffix}"));
        if (access.Provider is { } provider)
        {
            authentication.AddProvider(provider, access, suffix);
        }

        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireClaim(PersonClaim).Build())
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireClaim(PersonClaim).Build())
            .AddPolicy(Programs, policy => policy.RequireAuthenticatedUser())
            .AddPolicy(LocalOnly, policy => policy.RequireClaim(LocalClaim));
        return services;
    }

    /// <summary>Somebody who may see the pages.</summary>
    internal static ClaimsPrincipal Person(string name, string scheme, string stamp) =>
        new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), new Claim(PersonClaim, ""), new Claim(StampClaim, stamp)], scheme));

    /// <summary>Whether somebody may see the pages.</summary>
    internal static bool IsPerson(ClaimsPrincipal user) => user.HasClaim(c => c.Type == PersonClaim);

    /// <summary>Lets this browser in.</summary>
    internal static Task SignInAsync(HttpContext context, string name, AccessOptions access) => context.SignInAsync(
        AccessSchemes.Cookie, Person(name, AccessSchemes.Cookie, access.Stamp), new AuthenticationProperties { IsPersistent = true });

    /// <summary>Answers with problem details.</summary>
    internal static Task Refuse(HttpContext context, int status, string reason) => Results.Problem(statusCode: status, title: reason).ExecuteAsync(context);

    private static void Configure(CookieAuthenticationOptions cookie, AccessOptions access, string name)
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.HttpOnly = true;
        // Lax, not Strict: a link from a mail or a chat to a page must find its reader signed in. Foreign origins are refused before this is looked at.
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = access.SessionLength;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/login";
        cookie.ReturnUrlParameter = LoginRoutes.ReturnParameter;
        cookie.Events.OnValidatePrincipal = async context =>
        {
            if (context.Principal?.FindFirst(StampClaim)?.Value != access.Stamp)
            {
                context.RejectPrincipal();
                await context.HttpContext.SignOutAsync(AccessSchemes.Cookie);
            }
        };
        cookie.Events.OnRedirectToLogin = context =>
        {
            if (!IsPageRequest(context.Request))
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
                return Refuse(context.HttpContext, StatusCodes.Status401Unauthorized, "Sign in first, or send an API key.");
            }

            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        };
        cookie.Events.OnRedirectToAccessDenied = context => Refuse(context.HttpContext, StatusCodes.Status403Forbidden, "This is not for people who have signed in.");
    }

    private static bool IsPageRequest(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && !((string[])["/api", "/_blazor", "/_framework", "/healthz", "/metrics", "/openapi"])
            .Any(p => request.Path.StartsWithSegments(p, StringComparison.OrdinalIgnoreCase));
}
