using FluentValidation;
using FluentValidation.Results;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>Rules of config/sources.json. Whether a path exists is no rule: the sync reports that.</summary>
public sealed class SourcesConfigValidator : AbstractValidator<SourcesConfig>
{
    /// <summary>Most entries of one list.</summary>
    public const int MaxPaths = 1000;

    /// <summary>Creates the rules.</summary>
    public SourcesConfigValidator()
    {
        RuleFor(c => c).Custom((config, context) =>
        {
            CheckPaths("$.projects.roots", config.Projects.Roots, context);
            CheckPaths("$.claudeCode.paths", config.ClaudeCode.Paths, context);
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
}
