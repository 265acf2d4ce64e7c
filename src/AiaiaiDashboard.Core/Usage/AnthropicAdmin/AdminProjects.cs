using AiaiaiDashboard.Core.Projects;
using AiaiaiDashboard.Core.Settings;

namespace AiaiaiDashboard.Core.Usage.AnthropicAdmin;

/// <summary>Which project the usage of a key or a workspace counts for: the key's, else the workspace's, else one named after the workspace.</summary>
/// <param name="rules">The rules of config/sources.json.</param>
/// <param name="projectOf">Project id of an id or name.</param>
internal sealed class AdminProjects(AnthropicAdminSource rules, Func<string, string> projectOf)
{
    /// <summary>Project of the default workspace, which has no name.</summary>
    public const string DefaultProject = "anthropic-api";

    private const int MaxName = 120;

    private readonly SortedDictionary<string, string> unmapped = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, string>? names;

    /// <summary>What counts for a project by its workspace's name alone, one sentence per workspace.</summary>
    public IReadOnlyList<string> Unmapped => [.. unmapped.Select(u =>
        $"Usage of the workspace {u.Key} counts for the project \"{u.Value}\": anthropicAdmin.workspaces in config/sources.json can name another.")];

    /// <summary>Makes sure the name of a workspace is known where it decides; asks for the names at most once.</summary>
    /// <param name="workspaces">Workspace and key ids of some usage; null stands for the default workspace and for no key.</param>
    /// <param name="client">Where to ask.</param>
    /// <param name="ct">Cancels.</param>
    public async Task LearnAsync(IEnumerable<(string? Workspace, string? ApiKey)> workspaces, AdminUsageClient client, CancellationToken ct)
    {
        if (names is null && workspaces.Any(w => w.Workspace is not null && Rule(w.Workspace, w.ApiKey) is null))
        {
            names = await client.WorkspacesAsync(ct);
        }
    }

    /// <summary>The project id of some usage.</summary>
    /// <param name="workspace">Workspace id; null for the default workspace.</param>
    /// <param name="apiKey">Key id; null for usage without one, such as the Console's.</param>
    public string Project(string? workspace, string? apiKey)
    {
        if (Rule(workspace, apiKey) is { } rule)
        {
            return projectOf(rule);
        }

        string name = workspace is null ? DefaultProject : Name(workspace);
        string id = projectOf(name);
        unmapped[workspace is null ? "\"default\"" : Shown(workspace)] = id;
        return id;
    }

    /// <summary>An id as it is shown and stored: one line, bounded.</summary>
    public static string Shown(string id) => ProjectNames.OneLine(id, MaxName);

    private string Name(string workspace)
    {
        string name = names is not null && names.TryGetValue(workspace, out string? known) ? ProjectNames.OneLine(known, MaxName) : "";
        return name.Length > 0 ? name : Shown(workspace);
    }

    private string? Rule(string? workspace, string? apiKey) =>
        apiKey is not null && rules.ApiKeys.TryGetValue(apiKey, out string? ofKey) ? ofKey
        : rules.Workspaces.TryGetValue(workspace ?? AnthropicAdminSource.DefaultWorkspace, out string? ofWorkspace) ? ofWorkspace
        : null;
}
