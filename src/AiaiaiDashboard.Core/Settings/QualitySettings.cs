using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Storage;
using FluentValidation;
using FluentValidation.Results;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>The part <c>quality</c> of config/sources.json: which paths are frontend and backend, where else reports lie, and what is marked.</summary>
public sealed record QualitySettings
{
    /// <summary>What is frontend where nothing else is configured.</summary>
    public static readonly IReadOnlyList<string> UsualFrontend =
    [
        "frontend/**", "client/**", "web/**", "webapp/**", "website/**", "ui/**", "apps/web/**", "packages/ui/**", "**/ClientApp/**", "**/wwwroot/**",
        "**/*.tsx", "**/*.jsx", "**/*.vue", "**/*.svelte", "**/*.astro", "**/*.razor",
    ];

    /// <summary>What is backend where nothing else is configured.</summary>
    public static readonly IReadOnlyList<string> UsualBackend =
    [
        "backend/**", "server/**", "api/**", "services/**", "apps/api/**", "**/*.cs", "**/*.fs", "**/*.vb", "**/*.go", "**/*.java", "**/*.kt", "**/*.scala", "**/*.py", "**/*.rb", "**/*.php", "**/*.rs", "**/*.ex",
    ];

    /// <summary>
    /// Paths of source files that are frontend, relative to the project; <c>*</c> within a folder, <c>**</c> any number of folders. Null for
    /// <see cref="UsualFrontend"/>, which is never written into the file: it may grow.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Frontend { get; init; }

    /// <summary>Paths of source files that are backend; what is frontend is not asked again. Null for <see cref="UsualBackend"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Backend { get; init; }

    /// <summary>Further reports, relative to each project, besides the usual places.</summary>
    public IReadOnlyList<string> Reports { get; init; } = [];

    /// <summary>Coverage below this is marked and costs health, percent.</summary>
    public decimal CoverageThreshold { get; init; } = 70;

    /// <summary>A Lighthouse score below this is marked.</summary>
    public decimal LighthouseThreshold { get; init; } = 85;

    /// <summary>More open issues than this are marked.</summary>
    public int OpenIssuesThreshold { get; init; } = 20;

    /// <summary>Project id to rules of its own, which replace those above.</summary>
    public IReadOnlyDictionary<string, ProjectQualitySettings> Projects { get; init; } = ReadOnlyDictionary<string, ProjectQualitySettings>.Empty;

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>The lists in force for a project.</summary>
    public (IReadOnlyList<string> Frontend, IReadOnlyList<string> Backend, IReadOnlyList<string> Reports) For(string project)
    {
        ProjectQualitySettings? own = Projects.GetValueOrDefault(project);
        return (own?.Frontend ?? Frontend ?? UsualFrontend, own?.Backend ?? Backend ?? UsualBackend, own?.Reports ?? Reports);
    }
}

/// <summary>Rules of one project; what is missing is as for all.</summary>
public sealed record ProjectQualitySettings
{
    /// <summary>See <see cref="QualitySettings.Frontend"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Frontend { get; init; }

    /// <summary>See <see cref="QualitySettings.Backend"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Backend { get; init; }

    /// <summary>See <see cref="QualitySettings.Reports"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Reports { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>Rules of <see cref="QualitySettings"/>, for the validator of its file.</summary>
internal static class QualitySettingsRules
{
    /// <summary>Most patterns of one list.</summary>
    public const int MaxPatterns = 200;

    private const int MaxLength = 300;

    /// <summary>Checks it.</summary>
    public static void Check(QualitySettings quality, ValidationContext<SourcesConfig> context)
    {
        Check("$.quality", quality.Frontend, quality.Backend, quality.Reports, context);
        foreach ((string id, ProjectQualitySettings? own) in quality.Projects)
        {
            Check(JsonPath.Member("$.quality.projects", id), own?.Frontend, own?.Backend, own?.Reports, context);
        }

        CheckRange("$.quality.coverageThreshold", quality.CoverageThreshold, 100, context);
        CheckRange("$.quality.lighthouseThreshold", quality.LighthouseThreshold, 100, context);
        CheckRange("$.quality.openIssuesThreshold", quality.OpenIssuesThreshold, int.MaxValue, context);
    }

    private static void CheckRange(string path, decimal value, decimal most, ValidationContext<SourcesConfig> context)
    {
        if (value < 0 || value > most)
        {
            context.AddFailure(new ValidationFailure(path, $"{SettingsText.Of(value)} is not allowed: expected a number from 0 to {SettingsText.Of(most)}."));
        }
    }

    private static void Check(string path, IReadOnlyList<string>? frontend, IReadOnlyList<string>? backend, IReadOnlyList<string>? reports, ValidationContext<SourcesConfig> context)
    {
        foreach ((string name, IReadOnlyList<string>? list) in new[] { ("frontend", frontend), ("backend", backend), ("reports", reports) })
        {
            if (list?.Count > MaxPatterns)
            {
                context.AddFailure(new ValidationFailure($"{path}.{name}", $"{SettingsText.Of(list.Count)} paths are not allowed: at most {MaxPatterns}."));
                continue;
            }

            for (int i = 0; i < (list?.Count ?? 0); i++)
            {
                if (WhyNot(list![i]) is { } why)
                {
                    context.AddFailure(new ValidationFailure($"{path}.{name}[{SettingsText.Of(i)}]", $"{SettingsText.Of(list[i])} is not allowed: {why}"));
                }
            }
        }
    }

    private static string? WhyNot(string? pattern) => pattern switch
    {
        null => "name a path below the project.",
        _ when string.IsNullOrWhiteSpace(pattern) || pattern.Length > MaxLength || pattern.Contains('\0') => "name a path below the project.",
        _ when pattern[0] is '/' or '\\' or '~' || pattern.Contains(':') => "it must be relative to the project.",
        _ when pattern.TrimEnd('/', '\\').Split('/', '\\').Any(p => p is ".." or "") => "it must stay below the project.",
        _ => null,
    };
}
