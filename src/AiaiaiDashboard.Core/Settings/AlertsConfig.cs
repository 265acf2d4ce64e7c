using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>config/alerts.json: the single file for budget, thresholds, limits and channels.</summary>
public sealed record AlertsConfig
{
    /// <summary>1 to 999,999; a newer version than ours is refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SchemaVersion { get; init; }

    /// <summary>ISO 4217 code shown to people; money is stored in USD.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Units of <see cref="Currency"/> per USD; required for any currency but USD.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? UsdRate { get; init; }

    /// <summary>Monthly budget; null or 0 means none.</summary>
    public decimal? GlobalBudget { get; init; } = 200;

    /// <summary>Warning levels in percent of the budget.</summary>
    public IReadOnlyList<AlertThreshold> GlobalThresholds { get; init; } = [new() { Percent = 75, Label = "Warning" }, new() { Percent = 90, Label = "Critical" }];

    /// <summary>Monthly limit per project id.</summary>
    public IReadOnlyDictionary<string, decimal> PerProjectLimits { get; init; } = new Dictionary<string, decimal>();

    /// <summary>Alerts besides the thresholds; null for the defaults.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AlertRules? Rules { get; init; }

    /// <summary>Who is told; null for the defaults.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChannelsConfig? Channels { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>The budget that is compared with: null when there is none.</summary>
    [JsonIgnore]
    public decimal? EffectiveBudget => GlobalBudget is > 0 ? GlobalBudget : null;

    /// <summary>
    /// Whether the file that states the budget cannot be read and no earlier reading is known: there is no budget to compare with, and what was
    /// true before stays true.
    /// </summary>
    [JsonIgnore]
    public bool IsBudgetUnknown { get; init; }

    /// <summary>The rules in force.</summary>
    [JsonIgnore]
    public AlertRules EffectiveRules => Rules ?? DefaultRules;

    /// <summary>The channels in force.</summary>
    [JsonIgnore]
    public ChannelsConfig EffectiveChannels => Channels ?? DefaultChannels;

    private static readonly AlertRules DefaultRules = new();
    private static readonly ChannelsConfig DefaultChannels = new();
}

/// <summary>One threshold of the budget.</summary>
public sealed record AlertThreshold
{
    private readonly decimal? percent;

    /// <summary>Percent of the budget, above 0, at most 1,000.</summary>
    [Description("a number above 0, at most 1,000")]
    public decimal Percent
    {
        get => percent ?? 0;
        init => percent = value;
    }

    /// <summary>Name shown to people.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Label { get; init; }

    /// <summary>warning or critical; null means critical from 90 % on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Level { get; init; }

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>Whether a percent is stated.</summary>
    [JsonIgnore]
    internal bool HasPercent => percent is not null;

    /// <summary>Whether this is a critical threshold.</summary>
    [JsonIgnore]
    public bool IsCritical => Level is null ? Percent >= 90 : Level == "critical";
}
