using System.Security.Claims;
using AiaiaiDashboard.Core.Settings;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace AiaiaiDashboard.Security;

/// <summary>Signing in by a provider: authorization code with PKCE; of what it tells, only the name is kept.</summary>
internal static class OpenIdConnectLogin
{
    /// <summary>Where the provider sends the browser back to; to be registered there.</summary>
    public const string CallbackPath = "/login/openid/callback";

    /// <summary>Adds the provider.</summary>
    public static void AddProvider(this AuthenticationBuilder authentication, OpenIdConnectProvider provider, AccessOptions access, string suffix) =>
        authentication.AddOpenIdConnect(AccessSchemes.OpenIdConnect, options =>
        {
            options.SignInScheme = AccessSchemes.Cookie;
            options.Authority = provider.Authority;
            options.RequireHttpsMetadata = !new Uri(provider.Authority).IsLoopback;
            options.ClientId = provider.ClientId;
            options.ClientSecret = access.ClientSecret;
            options.CallbackPath = CallbackPath;
            options.ResponseType = OpenIdConnectResponseType.Code;
            // A form that another site posts here would be refused as such; an address is not.
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.SaveTokens = false;
            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = true;
            options.Scope.Clear();
            options.Scope.Add("openid");
            options.Scope.Add("email");
            options.Scope.Add("profile");
            foreach (CookieBuilder cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
            {
                cookie.Name = $"aiaiai-openid-{suffix}.{cookie.Name}";
                cookie.SameSite = SameSiteMode.Lax;
                cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            }

            options.Events.OnTicketReceived = context =>
            {
                if (context.Principal is not { } user || Name(user, provider.AllowedUsers) is not { } name)
                {
                    context.Response.Redirect($"/login?{LoginRoutes.FailedParameter}=user");
                    context.HandleResponse();
                    return Task.CompletedTask;
                }

                context.Principal = Access.Person(name, AccessSchemes.Cookie, access.Stamp);
                context.Properties = new AuthenticationProperties { IsPersistent = true, RedirectUri = context.ReturnUri };
                return Task.CompletedTask;
            };
            options.Events.OnRemoteFailure = context =>
            {
                // The provider's words may hold what its own log should not show here.
                context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OpenIdConnectLogin))
                    .LogWarning("Signing in by OpenID Connect failed: {Kind}", context.Failure?.GetType().Name);
                context.Response.Redirect($"/login?{LoginRoutes.FailedParameter}=provider");
                context.HandleResponse();
                return Task.CompletedTask;
            };
        });

    /// <summary>The name of somebody who may enter; null for all others.</summary>
    internal static string? Name(ClaimsPrincipal user, IReadOnlyList<string> allowed)
    {
        string? subject = user.FindFirst("sub")?.Value;
        string? mail = string.Equals(user.FindFirst("email_verified")?.Value, "true", StringComparison.OrdinalIgnoreCase) ? user.FindFirst("email")?.Value : null;
        bool may = allowed.Contains("*")
            || (subject is not null && allowed.Contains(subject, StringComparer.Ordinal))
            || (mail is not null && allowed.Contains(mail, StringComparer.OrdinalIgnoreCase));
        return may && subject is not null ? user.FindFirst("name")?.Value ?? mail ?? subject : null;
    }
}
