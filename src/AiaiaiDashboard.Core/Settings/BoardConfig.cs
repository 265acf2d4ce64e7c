using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using AiaiaiDashboard.Core.Projects;
using FluentValidation;
using FluentValidation.Results;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>config/board.json: how the kanban board is kept.</summary>
public sealed record BoardConfig
{
    /// <summary>See <see cref="AlertsConfig.SchemaVersion"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SchemaVersion { get; init; }

    /// <summary>Status to the most projects its column should hold. A limit warns; it stops nobody.</summary>
    public IReadOnlyDictionary<string, int> WipLimits { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>The limits with another one for a column; null takes it away.</summary>
    public BoardConfig WithLimit(string status, int? limit)
    {
        var limits = new SortedDictionary<string, int>(WipLimits.ToDictionary(), StringComparer.Ordinal);
        limits.Remove(status);
        if (limit is { } value)
        {
            limits[status] = value;
        }

        return this with { WipLimits = limits };
    }
}

/// <summary>Rules of config/board.json.</summary>
public sealed class BoardConfigValidator : AbstractValidator<BoardConfig>
{
    /// <summary>Largest limit.</summary>
    public const int MaxLimit = 1_000;

    /// <summary>Creates the rules.</summary>
    public BoardConfigValidator() => RuleFor(c => c.WipLimits).Custom((limits, context) =>
    {
        foreach ((string status, int limit) in limits ?? ReadOnlyDictionary<string, int>.Empty)
        {
            string place = Storage.JsonPath.Member("$.wipLimits", status);
            if (!ProjectStatus.All.Contains(status))
            {
                context.AddFailure(new ValidationFailure(place, "is not a column; there are active, paused and completed."));
            }
            else if (limit is < 1 or > MaxLimit)
            {
                context.AddFailure(new ValidationFailure(place, $"{limit} is outside 1 to {MaxLimit}."));
            }
        }
    });
}
