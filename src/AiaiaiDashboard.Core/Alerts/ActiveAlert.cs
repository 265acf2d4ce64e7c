using System.Globalization;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>An alert that is true now.</summary>
public sealed record ActiveAlert
{
    /// <summary><c>global-75</c>, <c>project-alpha-100</c>, ... (CONTRACT.md §3). The identity of the alert.</summary>
    public required string Key { get; init; }

    /// <summary>global, project, forecast, spike or source.</summary>
    public required string Type { get; init; }

    /// <summary>warning or critical.</summary>
    public required string Level { get; init; }

    /// <summary>A few words for the title of a notification.</summary>
    public string Title { get; init; } = "";

    /// <summary>One sentence with the figures.</summary>
    public required string Message { get; init; }

    /// <summary>What follows and what to do, one or two sentences.</summary>
    public string Advice { get; init; } = "";

    /// <summary>Project id; null where no single project is concerned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Project { get; init; }

    /// <summary>Month-to-date spend, of a spike the day's, USD; null for sources.</summary>
    public decimal? Spend { get; init; }

    /// <summary>Budget or limit, USD; null where none is concerned.</summary>
    public decimal? Budget { get; init; }

    /// <summary>Spend in percent of the budget, unrounded; null without a budget.</summary>
    public decimal? Percent { get; init; }

    /// <summary>Day from which it is true.</summary>
    public DateOnly Since { get; init; }

    /// <summary>active, acknowledged, snoozed or dismissed: whether it still asks for attention. It is true in all four.</summary>
    public string State { get; init; } = AlertPhase.Active;

    /// <summary>End of the snooze, UTC; null where it is not snoozed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>When it was first seen to be true, UTC; null before the first run that saw it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? FiredAt { get; init; }

    /// <summary>Whether the level is critical.</summary>
    [JsonIgnore]
    public bool IsCritical => Level == AlertLevel.Critical;

    /// <summary>Whether it still asks for attention.</summary>
    [JsonIgnore]
    public bool IsOpen => State == AlertPhase.Active;

    /// <summary>The month it belongs to, <c>YYYY-MM</c>: it is notified once in it.</summary>
    [JsonIgnore]
    public string Month => IsoDay.Month(Since);
}

/// <summary>Levels of alerts.</summary>
public static class AlertLevel
{
    /// <summary>Look at it.</summary>
    public const string Warning = "warning";

    /// <summary>Act now.</summary>
    public const string Critical = "critical";
}

/// <summary>Types of alerts.</summary>
public static class AlertType
{
    /// <summary>A threshold of the budget.</summary>
    public const string Global = "global";

    /// <summary>A threshold of a project's limit.</summary>
    public const string Project = "project";

    /// <summary>The month is expected to end over budget.</summary>
    public const string Forecast = "forecast";

    /// <summary>A day far above a project's own history.</summary>
    public const string Spike = "spike";

    /// <summary>A source that fails, or stale data.</summary>
    public const string Source = "source";
}

/// <summary>What a person did about an alert that is true.</summary>
public static class AlertPhase
{
    /// <summary>Nothing yet.</summary>
    public const string Active = "active";

    /// <summary>Somebody has seen it.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>Quiet until an instant.</summary>
    public const string Snoozed = "snoozed";

    /// <summary>Quiet for this month.</summary>
    public const string Dismissed = "dismissed";
}
