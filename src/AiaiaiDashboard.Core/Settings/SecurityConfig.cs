using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>config/security.json: who may sign in and how. Secrets never stand here; they come from the environment.</summary>
public sealed record SecurityConfig
{
    /// <summary>See <see cref="AlertsConfig.SchemaVersion"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SchemaVersion { get; init; }

    /// <summary><c>none</c> (this machine only), <c>link</c>, <c>password</c> or <c>openIdConnect</c>; null: none where only this machine can connect, else link.</summary>
    public string? Login { get; init; }

    /// <summary>Days after which a browser that was not used has to sign in again, 1 to 365.</summary>
    public int SessionDays { get; init; } = 7;

    /// <summary>Addresses under which a reverse proxy shows this server, such as <c>https://dashboard.example.com</c>. With one, a login is required.</summary>
    public IReadOnlyList<string> PublicAddresses { get; init; } = [];

    /// <summary>The provider of <c>"login": "openIdConnect"</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OpenIdConnectProvider? OpenIdConnect { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>A provider of OpenID Connect.</summary>
public sealed record OpenIdConnectProvider
{
    /// <summary>Its address, https; http on this machine only.</summary>
    public string Authority { get; init; } = "";

    /// <summary>The id this dashboard is registered under.</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Verified mail addresses or subjects of the people who may enter; <c>*</c> is everybody the provider knows.</summary>
    public IReadOnlyList<string> AllowedUsers { get; init; } = [];

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
