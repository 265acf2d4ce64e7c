using System.Globalization;
using AiaiaiDashboard.Components.Login;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AiaiaiDashboard.Security;

/// <summary>Signing in and out.</summary>
public static class LoginRoutes
{
    internal const string ReturnParameter = "return";
    internal const string FailedParameter = "failed";
    private const string TokenParameter = "t";
    private const int MaxReturnLength = 2000;

    // Each takes a tenth of a second of a core: one at a time leaves the others to the pages.
    private static readonly SemaphoreSlim Hashing = new(1);

    /// <summary>The address that lets a browser in with this token.</summary>
    public static string LinkTo(string address, string token) => $"{address.TrimEnd('/')}/login?{TokenParameter}={token}";

    /// <summary>Maps the routes.</summary>
    public static void MapLogin(this WebApplication app)
    {
        AccessOptions access = app.Services.GetRequiredService<AccessOptions>();
        if (!access.IsClosed)
        {
            return;
        }

        RouteGroupBuilder login = app.MapGroup("/login").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        login.MapGet("", ShowAsync);
        if (access.Mode == LoginMode.Password)
        {
            login.MapPost("", TakePasswordAsync);
        }

        if (access.Mode == LoginMode.OpenIdConnect)
        {
            login.MapGet("/openid", (HttpRequest request) => Results.Challenge(
                new AuthenticationProperties { RedirectUri = LocalOrRoot(request.Query[ReturnParameter]) }, [AccessSchemes.OpenIdConnect]));
        }

        if (access.Mode == LoginMode.Link)
        {
            app.MapPost("/login/link", (LoginLink link) => Results.Json(new { token = link.Make() }))
                .RequireAuthorization(Access.LocalOnly).DisableAntiforgery().ExcludeFromDescription();
        }

        app.MapPost("/logout", LeaveAsync).DisableAntiforgery().ExcludeFromDescription();
    }

    private static async Task<IResult> ShowAsync(HttpContext context, AccessOptions access, LoginLink link, LoginAttempts attempts, IAntiforgery antiforgery)
    {
        string target = LocalOrRoot(context.Request.Query[ReturnParameter]);
        if (Access.IsPerson((await context.AuthenticateAsync()).Principal ?? new()))
        {
            return Results.LocalRedirect(target);
        }

        // A browser that only looks ahead must not use the link up.
        if (access.Mode != LoginMode.Link || !context.Request.Query.ContainsKey(TokenParameter) || context.Request.Headers.ContainsKey("Sec-Purpose"))
        {
            return Page(context, access, antiforgery, target, (string?)context.Request.Query[FailedParameter] switch
            {
                "user" => "This account is not on the list of people who may enter.",
                "provider" => "The provider did not confirm who you are. Try again.",
                _ => null,
            });
        }

        if (attempts.Wait(context.Connection.RemoteIpAddress) is { } wait)
        {
            return TooMany(context, access, antiforgery, target, wait);
        }

        if (link.TryUse(context.Request.Query[TokenParameter]))
        {
            await Access.SignInAsync(context, "link", access);
            return Results.LocalRedirect(target);
        }

        attempts.Failed(context.Connection.RemoteIpAddress);
        return Page(context, access, antiforgery, target, "This link does not work any more: each works once, for a day.", StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> TakePasswordAsync(HttpContext context, AccessOptions access, LoginAttempts attempts, IAntiforgery antiforgery, CancellationToken ct)
    {
        if (await RefuseForgedAsync(context, antiforgery) is { } refusal)
        {
            return refusal;
        }

        IFormCollection form = await context.Request.ReadFormAsync(ct);
        string target = LocalOrRoot(form[ReturnParameter]);
        await Hashing.WaitAsync(ct);
        try
        {
            if (attempts.Wait(context.Connection.RemoteIpAddress) is { } wait)
            {
                return TooMany(context, access, antiforgery, target, wait);
            }

            if (PasswordHashes.Matches(access.PasswordHash!, form["password"]))
            {
                await Access.SignInAsync(context, "password", access);
                return Results.LocalRedirect(target);
            }

            attempts.Failed(context.Connection.RemoteIpAddress);
        }
        finally
        {
            Hashing.Release();
        }

        return Page(context, access, antiforgery, target, "That is not the password.", StatusCodes.Status401Unauthorized);
    }

    private static async Task<IResult> LeaveAsync(HttpContext context, IAntiforgery antiforgery)
    {
        if (await RefuseForgedAsync(context, antiforgery) is { } refusal)
        {
            return refusal;
        }

        await context.SignOutAsync(AccessSchemes.Cookie);
        return Results.LocalRedirect("/login");
    }

    private static async Task<IResult?> RefuseForgedAsync(HttpContext context, IAntiforgery antiforgery) =>
        context.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(context)
            ? null
            : Results.Problem(statusCode: StatusCodes.Status400BadRequest, title: "The form is too old, or not from this server. Load the page again.");

    private static RazorComponentResult<LoginPage> TooMany(HttpContext context, AccessOptions access, IAntiforgery antiforgery, string target, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Page(context, access, antiforgery, target, $"Too many attempts failed. Try again in {Math.Ceiling(wait.TotalMinutes):0} min.", StatusCodes.Status429TooManyRequests);
    }

    private static RazorComponentResult<LoginPage> Page(
        HttpContext context, AccessOptions access, IAntiforgery antiforgery, string target, string? failure, int status = StatusCodes.Status200OK)
    {
        context.Response.Headers.CacheControl = "no-store";
        return new RazorComponentResult<LoginPage>(new Dictionary<string, object?>
        {
            [nameof(LoginPage.Mode)] = access.Mode,
            [nameof(LoginPage.Failure)] = failure,
            [nameof(LoginPage.Return)] = target,
            [nameof(LoginPage.Tokens)] = access.Mode == LoginMode.Password ? antiforgery.GetAndStoreTokens(context) : null,
        })
        { StatusCode = status };
    }

    // "//evil.example" and "/\evil.example" are other sites to a browser.
    internal static string LocalOrRoot(string? path) =>
        path is { Length: > 0 and <= MaxReturnLength } && path[0] == '/' && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Any(char.IsControl) ? path : "/";
}
