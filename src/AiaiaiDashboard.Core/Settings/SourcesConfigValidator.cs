using AiaiaiDashboard.Core.Storage;
using FluentValidation;
using FluentValidation.Results;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>Rules of config/sources.json. Whether a path exists is no rule: the sync reports that.</summary>
public sealed class SourcesConfigValidator : AbstractValidator<SourcesConfig>
{
    /// <summary>Most entries of one list.</summary>
    public const int MaxPaths = 1000;

    /// <summary>Most entries of one mapping.</summary>
    public const int MaxRules = 10_000;

    /// <summary>Most days the Admin API is asked for.</summary>
    public const int MaxDays = 92;

    private const int MaxProjectLength = 200;

    /// <summary>Creates the rules.</summary>
    public SourcesConfigValidator()
    {
        RuleFor(c => c).Custom((config, context) =>
        {
            CheckPaths("$.projects.roots", config.Projects.Roots, context);
            CheckPaths("$.claudeCode.paths", config.ClaudeCode.Paths, context);
            CheckRules("$.anthropicAdmin.workspaces", config.AnthropicAdmin.Workspaces, "wrkspc_", AnthropicAdminSource.DefaultWorkspace, context);
            CheckRules("$.anthropicAdmin.apiKeys", config.AnthropicAdmin.ApiKeys, "apikey_", null, context);
            QualitySettingsRules.Check(config.Quality, context);
            if (config.AnthropicAdmin.Days is < 1 or > MaxDays)
            {
                context.AddFailure(new ValidationFailure(
                    "$.anthropicAdmin.days", $"{SettingsText.Of(config.AnthropicAdmin.Days)} is not allowed: expected a whole number from 1 to {MaxDays}."));
            }
        });
    }

    private static void CheckPaths(string path, IReadOnlyList<string> values, ValidationContext<SourcesConfig> context)
    {
        if (values.Count > MaxPaths)
        {
            context.AddFailure(new ValidationFailure(path, $"{SettingsText.Of(values.Count)} paths are not allowed: at most {MaxPaths}."));
            return;
        }

        for (int i = 0; i < values.Count; i++)
        {
            // A list in JSON may hold null whatever its declared element type says.
            string? value = values[i];
            if (string.IsNullOrWhiteSpace(value) || value.Contains('\0'))
            {
                context.AddFailure(new ValidationFailure($"{path}[{SettingsText.Of(i)}]", $"{SettingsText.Of(value)} is not allowed: name a folder, absolute or beginning with ~."));
            }
        }
    }

    private static void CheckRules(
        string path, IReadOnlyDictionary<string, string> rules, string prefix, string? other, ValidationContext<SourcesConfig> context)
    {
        if (rules.Count > MaxRules)
        {
            context.AddFailure(new ValidationFailure(path, $"{SettingsText.Of(rules.Count)} entries are not allowed: at most {SettingsText.Of(MaxRules)}."));
            return;
        }

        foreach ((string id, string? project) in rules)
        {
            // What is no id may be a key somebody put here by mistake: it is not repeated in a message.
            if (id != other && !id.StartsWith(prefix, StringComparison.Ordinal))
            {
                context.AddFailure(new ValidationFailure(path, $"holds a name that is no id: ids begin with {prefix}{(other is null ? "" : $", and \"{other}\" is the default workspace")}."));
            }
            else if (string.IsNullOrWhiteSpace(project) || project.Length > MaxProjectLength)
            {
                context.AddFailure(new ValidationFailure(
                    JsonPath.Member(path, id), $"{SettingsText.Of(project)} is not allowed: name a project id of 1 to {MaxProjectLength} characters."));
            }
        }
    }
}
