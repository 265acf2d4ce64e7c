using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>config/sources.json: where projects and usage come from. Every key is optional.</summary>
public sealed record SourcesConfig
{
    /// <summary>See <see cref="AlertsConfig.SchemaVersion"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SchemaVersion { get; init; }

    /// <summary>Project discovery.</summary>
    public ProjectSources Projects { get; init; } = new();

    /// <summary>Claude Code transcripts.</summary>
    public ClaudeCodeSource ClaudeCode { get; init; } = new();

    /// <summary>Anthropic Admin API; its key comes from the environment only.</summary>
    public AnthropicAdminSource AnthropicAdmin { get; init; } = new();

    /// <summary>Quality reports.</summary>
    public QualitySettings Quality { get; init; } = new();

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>Where projects are looked for.</summary>
public sealed record ProjectSources
{
    /// <summary>Folders whose direct subfolders that are repositories or have a manifest become projects (a root that is itself a repository counts as one). <c>~</c> is expanded.</summary>
    public IReadOnlyList<string> Roots { get; init; } = [];

    /// <summary>Whether the working directories of transcripts become projects.</summary>
    public bool DiscoverFromUsage { get; init; } = true;

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>Claude Code transcripts.</summary>
public sealed record ClaudeCodeSource
{
    /// <summary>Whether transcripts are read.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Config directories or <c>projects</c> directories instead of the usual places.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>Anthropic Admin API.</summary>
public sealed record AnthropicAdminSource
{
    /// <summary>Name in <see cref="Workspaces"/> of the default workspace, which has no id.</summary>
    public const string DefaultWorkspace = "default";

    /// <summary>Whether it is asked; needs ANTHROPIC_ADMIN_KEY in the environment.</summary>
    public bool Enabled { get; init; }

    /// <summary>Workspace id (<c>wrkspc_...</c>, or <see cref="DefaultWorkspace"/>) to project id. The usage of others counts for a project named after the workspace.</summary>
    public IReadOnlyDictionary<string, string> Workspaces { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>API key id (<c>apikey_...</c>, not the key itself) to project id; goes before <see cref="Workspaces"/>.</summary>
    public IReadOnlyDictionary<string, string> ApiKeys { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>Days up to today that every sync asks for again, 1 to 92; what is older stays as it was.</summary>
    public int Days { get; init; } = 31;

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}
