using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Settings;

/// <summary>config/sync.json: when syncs run and how long history is kept.</summary>
public sealed record SyncConfig
{
    /// <summary>See <see cref="AlertsConfig.SchemaVersion"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? SchemaVersion { get; init; }

    /// <summary>Five-field cron expression; ignored where <see cref="IntervalMinutes"/> is set.</summary>
    public string Cron { get; init; } = "*/15 * * * *";

    /// <summary>Every so many minutes (1 to 1440) instead of a cron expression.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? IntervalMinutes { get; init; }

    /// <summary>IANA zone of schedule, days and months; null means the system's.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Whether a sync runs at start.</summary>
    public bool OnStart { get; init; } = true;

    /// <summary>runOnce or skip.</summary>
    public string MissedRuns { get; init; } = "runOnce";

    /// <summary>Months of history that are kept, 1 to 1,200.</summary>
    public int RetentionMonths { get; init; } = 24;

    /// <summary>Whether transcripts and configuration are watched, so that new usage and edited settings show within seconds.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>Minutes after which a step of a sync is cancelled, 1 to 120.</summary>
    public int StepTimeoutMinutes { get; init; } = 10;

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }

    /// <summary>The zone in force. Throws <see cref="TimeZoneNotFoundException"/> for an unknown name (the validator refuses it first).</summary>
    public TimeZoneInfo ResolveZone(TimeProvider time) => TimeZone is null ? time.LocalTimeZone : TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}
