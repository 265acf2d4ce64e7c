using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiaiaiDashboard.Core.Alerts;

/// <summary>
/// The document alert-state.json: what was true at the last look, what a person did about it, and who was told. Whether an alert is acknowledged,
/// snoozed or dismissed is derived from these facts (<see cref="AlertBook"/>); no second flag is stored.
/// </summary>
public sealed record AlertState
{
    /// <summary>Bound of <see cref="Log"/>; older entries than 90 days go first.</summary>
    public const int MaxLog = 1000;

    /// <summary>Bound of the lists of what people did.</summary>
    public const int MaxMarks = 1000;

    /// <summary>The month <see cref="FiredAlerts"/> belongs to, <c>YYYY-MM</c>.</summary>
    public string Month { get; init; } = "";

    /// <summary>Keys that came true in <see cref="Month"/>, in that order.</summary>
    public IReadOnlyList<string> FiredAlerts { get; init; } = [];

    /// <summary>What was true at the last look.</summary>
    public IReadOnlyList<AlertCondition> Conditions { get; init; } = [];

    /// <summary>What was acknowledged, and when.</summary>
    public IReadOnlyList<AlertMark> Acknowledgements { get; init; } = [];

    /// <summary>What is snoozed, and until when.</summary>
    public IReadOnlyList<AlertMark> Snoozes { get; init; } = [];

    /// <summary>What is dismissed for its month.</summary>
    public IReadOnlyList<AlertMark> Dismissals { get; init; } = [];

    /// <summary>Who was told of what: one entry per channel, key and period.</summary>
    public IReadOnlyList<AlertNotice> Notified { get; init; } = [];

    /// <summary>What happened, oldest first.</summary>
    public IReadOnlyList<AlertEvent> Log { get; init; } = [];

    /// <summary>Properties this version does not know, kept.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Extra { get; init; }
}

/// <summary>One alert that was true at the last look.</summary>
/// <param name="Period">Month, or for sources the instant the outage was first seen: what it is notified once in.</param>
/// <param name="At">When it was first seen to be true, UTC.</param>
/// <param name="Alert">The alert as it was.</param>
public sealed record AlertCondition(string Period, DateTimeOffset At, ActiveAlert Alert)
{
    /// <summary>Identity of the alert.</summary>
    [JsonIgnore]
    public string Key => Alert.Key;
}

/// <summary>What a person did about an alert.</summary>
/// <param name="Key">The alert.</param>
/// <param name="Month">Month in which it counts.</param>
/// <param name="At">When, UTC; of a snooze, until when.</param>
public sealed record AlertMark(string Key, string Month, DateTimeOffset At);

/// <summary>A channel was told of an alert.</summary>
/// <param name="Channel">desktop, mail, webhook:NAME or browser.</param>
/// <param name="Key">The alert.</param>
/// <param name="Period">See <see cref="AlertCondition.Period"/>.</param>
/// <param name="At">When, UTC.</param>
public sealed record AlertNotice(string Channel, string Key, string Period, DateTimeOffset At);

/// <summary>Something that happened to an alert: a line of the timeline.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Kind">One of <see cref="AlertEventKind"/>.</param>
/// <param name="Key">The alert.</param>
/// <param name="Period">See <see cref="AlertCondition.Period"/>.</param>
public sealed record AlertEvent(DateTimeOffset At, string Kind, string Key, string Period)
{
    /// <summary>warning or critical.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Level { get; init; }

    /// <summary>The few words of the alert.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Title { get; init; }

    /// <summary>The sentence of the alert at that time.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }

    /// <summary>Project id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Project { get; init; }

    /// <summary>The channel concerned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Channel { get; init; }

    /// <summary>End of a snooze.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why an attempt failed; never a secret.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}

/// <summary>Kinds of <see cref="AlertEvent"/>.</summary>
public static class AlertEventKind
{
    /// <summary>It came true.</summary>
    public const string Fired = "fired";

    /// <summary>It is no longer true.</summary>
    public const string Resolved = "resolved";

    /// <summary>A channel was told.</summary>
    public const string Sent = "sent";

    /// <summary>A channel could not be told; in the journal only.</summary>
    public const string Failed = "failed";

    /// <summary>Somebody has seen it.</summary>
    public const string Acknowledged = "acknowledged";

    /// <summary>It is quiet until an instant.</summary>
    public const string Snoozed = "snoozed";

    /// <summary>It is quiet for this month.</summary>
    public const string Dismissed = "dismissed";

    /// <summary>A snooze, dismissal or acknowledgement was taken back.</summary>
    public const string Woken = "woken";
}
