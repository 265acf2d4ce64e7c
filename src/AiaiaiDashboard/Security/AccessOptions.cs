using System.Security.Cryptography;
using System.Text;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Security;

/// <summary>How people prove who they are.</summary>
public enum LoginMode
{
    /// <summary>Not at all: only this machine can connect.</summary>
    None,

    /// <summary>By a link that works once.</summary>
    Link,

    /// <summary>By one password for all.</summary>
    Password,

    /// <summary>By a provider of OpenID Connect.</summary>
    OpenIdConnect,
}

/// <summary>Who may enter: config/security.json and the secrets of the environment, checked together.</summary>
public sealed record AccessOptions
{
    /// <summary>Environment variable with the output of <c>hash-password</c>.</summary>
    public const string PasswordHashVariable = "AIAIAI_PASSWORD_HASH";

    /// <summary>Environment variable with the secret of the provider's client; a public client has none.</summary>
    public const string ClientSecretVariable = "AIAIAI_OIDC_CLIENT_SECRET";

    /// <summary>Environment variable with the API key.</summary>
    public const string ApiKeyVariable = "AIAIAI_API_KEY";

    /// <summary>Environment variable with the API key that is valid too, while the first is being replaced.</summary>
    public const string SecondaryApiKeyVariable = "AIAIAI_API_KEY_SECONDARY";

    /// <summary>Shortest API key, in characters.</summary>
    public const int MinApiKeyLength = 32;

    private const int MaxApiKeyLength = 512;

    /// <summary>How people sign in.</summary>
    public required LoginMode Mode { get; init; }

    /// <summary>How long an unused browser stays signed in.</summary>
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromDays(7);

    /// <summary>What <see cref="PasswordHashVariable"/> holds, with <see cref="LoginMode.Password"/>.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The provider, with <see cref="LoginMode.OpenIdConnect"/>.</summary>
    public OpenIdConnectProvider? Provider { get; init; }

    /// <summary>What <see cref="ClientSecretVariable"/> holds.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>API keys that are valid, the primary first.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>Whether nobody enters without proof.</summary>
    public bool IsClosed => Mode != LoginMode.None;

    /// <summary>Changes with every setting that decides who may enter: signing in under another one counts no more.</summary>
    public string Stamp => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', [$"{Mode}", PasswordHash, Provider?.Authority, Provider?.ClientId, .. Provider?.AllowedUsers ?? []]))))[..16];

    /// <summary>Without any configuration: nothing asked where only this machine can connect, else a link made at start.</summary>
    public static AccessOptions Default(ListenAddresses addresses) => new() { Mode = addresses.IsLoopbackOnly ? LoginMode.None : LoginMode.Link };

    /// <summary>Reads what is configured; all mistakes at once.</summary>
    /// <param name="config">config/security.json, which keeps to its own rules.</param>
    /// <param name="addresses">Where the server listens.</param>
    /// <param name="environment">Environment variables by name.</param>
    public static (AccessOptions? Access, IReadOnlyList<string> Errors) Read(SecurityConfig config, ListenAddresses addresses, Func<string, string?> environment)
    {
        List<string> errors = [];
        LoginMode mode = config.Login is { } login ? Enum.Parse<LoginMode>(login, ignoreCase: true) : Default(addresses).Mode;
        if (mode == LoginMode.None && !addresses.IsLoopbackOnly)
        {
            errors.Add("config/security.json, $.login: \"none\" is not allowed where other machines can connect: use \"link\", \"password\" or \"openIdConnect\", or listen on http://127.0.0.1:5080 without publicAddresses.");
        }

        string? hash = Value(environment, PasswordHashVariable);
        if (mode == LoginMode.Password && (hash is null || !PasswordHashes.IsOne(hash)))
        {
            errors.Add($"{PasswordHashVariable} {(hash is null ? "is not set" : "is no hash")}: with \"login\": \"password\" it holds what the command hash-password prints.");
        }

        List<string> keys = [];
        foreach (string name in (string[])[ApiKeyVariable, SecondaryApiKeyVariable])
        {
            if (Value(environment, name) is not { } key)
            {
                continue;
            }

            keys.Add(key);
            if (key.Length is < MinApiKeyLength or > MaxApiKeyLength || !key.All(c => char.IsAscii(c) && !char.IsControl(c) && c != ' '))
            {
                errors.Add($"{name} is no key: use {MinApiKeyLength} to {MaxApiKeyLength} ASCII characters without spaces, such as the output of openssl rand -hex 32.");
            }
        }

        return errors.Count > 0 ? (null, errors) : (new AccessOptions
        {
            Mode = mode,
            SessionLength = TimeSpan.FromDays(config.SessionDays),
            PasswordHash = mode == LoginMode.Password ? hash : null,
            Provider = mode == LoginMode.OpenIdConnect ? config.OpenIdConnect : null,
            ClientSecret = Value(environment, ClientSecretVariable),
            ApiKeys = keys,
        }, errors);
    }

    private static string? Value(Func<string, string?> environment, string name) => environment(name) is { Length: > 0 } value ? value.Trim() : null;
}
