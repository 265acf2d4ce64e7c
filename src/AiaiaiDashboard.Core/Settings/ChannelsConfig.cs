using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>
/// The part <c>channels</c> of config/alerts.json: who is told of alerts. Addresses that are secrets, passwords and tokens never stand here: the
/// file names the environment variable that holds them.
/// </summary>
public sealed record ChannelsConfig
{
    /// <summary>Notifications of the desktop this program runs on.</summary>
    public ChannelSwitch Desktop { get; init; } = new();

    /// <summary>Notifications of browsers with a page open, where the person there allowed them.</summary>
    public ChannelSwitch Browser { get; init; } = new();

    /// <summary>Addresses that get a request per alert.</summary>
    public IReadOnlyList<WebhookConfig> Webhooks { get; init; } = [];

    /// <summary>Mail; null where none is set up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MailConfig? Mail { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>Whether a channel is used, and from which level on.</summary>
public record ChannelSwitch
{
    /// <summary>Whether it is used.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>warning: every alert; critical: only those.</summary>
    public string MinLevel { get; init; } = "warning";

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>Whether alerts of <paramref name="level"/> go there.</summary>
    public bool Takes(string level) => Enabled && (MinLevel != "critical" || level == "critical");
}

/// <summary>One webhook.</summary>
public sealed record WebhookConfig : ChannelSwitch
{
    /// <summary>The shapes of request that are known.</summary>
    public static readonly IReadOnlyList<string> Formats = ["generic", "slack", "discord", "teams", "ntfy"];

    /// <summary>Name people give it; part of what is remembered as sent.</summary>
    public string Name { get; init; } = "";

    /// <summary>One of <see cref="Formats"/>.</summary>
    public string Format { get; init; } = "generic";

    /// <summary>Environment variable that holds the address.</summary>
    public string UrlVariable { get; init; } = "";

    /// <summary>Environment variable that holds a bearer token; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TokenVariable { get; init; }
}

/// <summary>Mail by SMTP.</summary>
public sealed record MailConfig : ChannelSwitch
{
    /// <summary>The ways to a server that are known.</summary>
    public static readonly IReadOnlyList<string> Securities = ["startTls", "tls", "none"];

    /// <summary>Name or address of the server.</summary>
    public string Host { get; init; } = "";

    /// <summary>Port, 1 to 65,535.</summary>
    public int Port { get; init; } = 587;

    /// <summary>startTls (refused where the server offers none), tls or none.</summary>
    public string Security { get; init; } = "startTls";

    /// <summary>Sender.</summary>
    public string From { get; init; } = "";

    /// <summary>Recipients.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Environment variable that holds the user name; null where the server asks for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UserVariable { get; init; }

    /// <summary>Environment variable that holds the password.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PasswordVariable { get; init; }
}

/// <summary>The part <c>rules</c> of config/alerts.json: alerts besides the thresholds.</summary>
public sealed record AlertRules
{
    /// <summary>Whether an expected overrun of the month is an alert.</summary>
    public bool Forecast { get; init; } = true;

    /// <summary>Whether an unusual day of a project is an alert.</summary>
    public bool Spike { get; init; } = true;

    /// <summary>A day is unusual from this multiple of the project's usual day on, 1.5 to 100.</summary>
    public decimal SpikeFactor { get; init; } = 3;

    /// <summary>Whether a failing source and stale data are alerts.</summary>
    public bool Sources { get; init; } = true;

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
