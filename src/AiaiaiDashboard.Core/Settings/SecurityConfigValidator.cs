using FluentValidation;
using FluentValidation.Results;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>Rules of config/security.json.</summary>
public sealed class SecurityConfigValidator : AbstractValidator<SecurityConfig>
{
    /// <summary>Longest time without signing in again, in days.</summary>
    public const int MaxSessionDays = 365;

    /// <summary>Most public addresses.</summary>
    public const int MaxAddresses = 20;

    /// <summary>Most people in the list of a provider.</summary>
    public const int MaxUsers = 1000;

    /// <summary>The ways to sign in.</summary>
    public static IReadOnlyList<string> Logins { get; } = ["none", "link", "password", "openIdConnect"];

    /// <summary>Creates the rules.</summary>
    public SecurityConfigValidator()
    {
        RuleFor(c => c.Login)
            .Must(login => login is null || Logins.Contains(login))
            .WithMessage(c => $"{SettingsText.Of(c.Login)} is not allowed: use {string.Join(", ", Logins.Select(l => $"\"{l}\""))} or null.");
        RuleFor(c => c.SessionDays)
            .Must(days => days is >= 1 and <= MaxSessionDays)
            .WithMessage(c => $"{SettingsText.Of(c.SessionDays)} is not allowed: 1 to {MaxSessionDays} days.");
        RuleFor(c => c).Custom((config, context) =>
        {
            CheckAddresses(config.PublicAddresses, context);
            if (config.OpenIdConnect is { } provider)
            {
                CheckProvider(provider, context);
            }
            else if (config.Login == "openIdConnect")
            {
                context.AddFailure(new ValidationFailure("$.openIdConnect", "is missing: name authority, clientId and allowedUsers."));
            }
        });
    }

    private static void CheckAddresses(IReadOnlyList<string> addresses, ValidationContext<SecurityConfig> context)
    {
        if (addresses.Count > MaxAddresses)
        {
            context.AddFailure(new ValidationFailure("$.publicAddresses", $"{addresses.Count} addresses are not allowed: at most {MaxAddresses}."));
            return;
        }

        for (int i = 0; i < addresses.Count; i++)
        {
            if (WebAddress(addresses[i]) is not { AbsolutePath: "/", Query: "", Fragment: "", UserInfo: "" })
            {
                context.AddFailure(new ValidationFailure(
                    $"$.publicAddresses[{SettingsText.Of(i)}]", $"{SettingsText.Of(addresses[i])} is not allowed: use an address without a path, such as \"https://dashboard.example.com\"."));
            }
        }
    }

    private static void CheckProvider(OpenIdConnectProvider provider, ValidationContext<SecurityConfig> context)
    {
        if (WebAddress(provider.Authority) is not { } authority || (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback))
        {
            context.AddFailure(new ValidationFailure("$.openIdConnect.authority", $"{SettingsText.Of(provider.Authority)} is not allowed: use the provider's https address."));
        }

        if (string.IsNullOrWhiteSpace(provider.ClientId))
        {
            context.AddFailure(new ValidationFailure("$.openIdConnect.clientId", "is missing."));
        }

        if (provider.AllowedUsers.Count is 0 or > MaxUsers || provider.AllowedUsers.Any(string.IsNullOrWhiteSpace))
        {
            context.AddFailure(new ValidationFailure(
                "$.openIdConnect.allowedUsers", $"must name 1 to {MaxUsers} people by verified mail address or subject, or \"*\" for everybody the provider knows."));
        }
    }

    private static Uri? WebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? address : null;
}
